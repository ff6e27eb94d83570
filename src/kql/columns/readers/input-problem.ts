/** What can be wrong with a log file. `schema` is a note, everything else means that rows are missing or will not be seen. */
export type InputProblemCode =
  | 'unreadable'
  | 'truncated'
  | 'empty'
  | 'not-json'
  | 'not-a-row'
  | 'not-csv'
  | 'time-zone'
  | 'no-time'
  | 'partial'
  | 'type'
  | 'overlap'
  | 'schema';

/** One kind of trouble in one file: where it was met first, how often, and what to do. */
export type InputProblem = {
  readonly code: InputProblemCode;
  readonly file: string;
  /** The first line with the problem, counted from 1; absent where the whole file is meant. */
  readonly line?: number;
  readonly count: number;
  readonly message: string;
  readonly hint: string;
};

/** One occurrence; those of one code and key are one problem. */
export type ProblemDetails = {
  readonly key?: string;
  readonly line?: number | undefined;
  readonly message: string;
  readonly hint: string;
};

/** Collects the problems of one file: the same trouble on many lines becomes one problem with a count. */
export class ProblemCollector {
  private readonly file: string;
  private readonly byKey = new Map<string, InputProblem>();

  constructor(file: string) {
    this.file = file;
  }

  add(code: InputProblemCode, { key = '', line, message, hint }: ProblemDetails): void {
    const id = `${code} ${key}`;
    const known = this.byKey.get(id);
    if (known !== undefined) this.byKey.set(id, { ...known, count: known.count + 1 });
    else
      this.byKey.set(id, { code, file: this.file, ...(line === undefined ? {} : { line }), count: 1, message, hint });
  }

  /** Whether the file ends before its text does: what is wrong with its last line needs no words of its own. */
  get isCutOff(): boolean {
    return [...this.byKey.values()].some(({ code }) => code === 'truncated' || code === 'unreadable');
  }

  get problems(): readonly InputProblem[] {
    return [...this.byKey.values()];
  }
}

/** `file:line: message (n lines, the first is shown) - hint`, on one line. */
export function formatInputProblem({ file, line, count, message, hint }: InputProblem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  const times = count > 1 ? ` (${count} lines, the first is shown)` : '';
  return `${where}: ${message}${times} - ${hint}`;
}

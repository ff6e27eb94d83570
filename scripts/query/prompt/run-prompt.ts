import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from '../../usage-error.ts';
import { formatColumns, formatFunctions, formatTables } from '../format-schemas.ts';
import type { Workspace } from '../open-workspace.ts';
import type { OutputFormat } from '../query-settings.ts';
import { type Run, runOne } from '../run-one.ts';
import { commonPrefix, completeInput, type Offers } from './complete-input.ts';
import { MAX_HISTORY } from './history.ts';
import { type Input, readInput } from './read-input.ts';

export type PromptTerminal = {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
  /** Whether keys are read one by one, for editing, completion and Ctrl-C. */
  readonly isTerminal: boolean;
  readonly history: string[];
};

/** Before the first line of a query, and before its others. */
const prompts = { first: 'kql> ', next: '...> ' };
const noPrompts = { first: '', next: '' };
const MAX_ROWS = 200;

const help = `A query ends with an empty line, or with ; at the end of a line. Tab completes, Ctrl-C cancels.
.tables [NAME]      the tables, or the columns of one
.functions          the saved functions
.format FORMAT      table, json or csv
.explain            show the plan with rows and times in place of results, or results again
.help               this text
.exit               leave (also Ctrl-D)`;

/** Reads queries and commands until the end of the input; returns the lines typed, the last one first. */
export function runPrompt(
  workspace: Workspace,
  run: (signal: AbortSignal) => Omit<Run, 'format' | 'explain' | 'layout'>,
  terminal: PromptTerminal,
): Promise<readonly string[]> {
  return new Promise((resolve) => new Prompt(workspace, run, terminal).start(resolve));
}

class Prompt {
  private readonly workspace: Workspace;
  private readonly run: (signal: AbortSignal) => Omit<Run, 'format' | 'explain' | 'layout'>;
  private readonly output: PromptTerminal['output'];
  private readonly reader: Interface;
  private readonly prompts: typeof prompts;
  private history: readonly string[];
  private lines: readonly string[] = [];
  private running: AbortController | undefined;
  private format: OutputFormat = 'table';
  private explains = false;
  /** What was typed is worked off in order; a line that comes while a query runs waits. */
  private queue: Promise<void> = Promise.resolve();

  constructor(
    workspace: Workspace,
    run: (signal: AbortSignal) => Omit<Run, 'format' | 'explain' | 'layout'>,
    { input, output, isTerminal, history }: PromptTerminal,
  ) {
    this.workspace = workspace;
    this.run = run;
    this.output = output;
    this.history = history;
    this.prompts = isTerminal ? prompts : noPrompts;
    this.reader = createInterface({
      input,
      output,
      terminal: isTerminal,
      history: [...history],
      historySize: MAX_HISTORY,
      removeHistoryDuplicates: true,
      prompt: this.prompts.first,
      completer: (line: string) => this.complete(line),
    });
  }

  start(end: (history: readonly string[]) => void): void {
    this.print('Type .help for help.');
    this.reader.on('history', (history) => {
      this.history = history;
    });
    this.reader.on('line', (line) => {
      this.queue = this.queue.then(() => this.take(line));
    });
    this.reader.on('SIGINT', () => this.interrupt());
    this.reader.on('close', () => {
      this.queue = this.queue.then(() => this.finish()).then(() => end(this.history));
    });
    this.reader.prompt();
  }

  /** Piped input may end without the empty line that ends its last query; at a terminal Ctrl-D leaves. */
  private async finish(): Promise<void> {
    if (this.prompts === noPrompts && this.lines.length > 0) await this.query(this.lines.join('\n'));
  }

  private async take(line: string): Promise<void> {
    const input = readInput(this.lines, line);
    this.lines = input.kind === 'more' ? input.lines : [];
    await this.answer(input);
    this.reader.setPrompt(this.lines.length === 0 ? this.prompts.first : this.prompts.next);
    this.reader.prompt();
  }

  private async answer(input: Input): Promise<void> {
    if (input.kind === 'query') await this.query(input.text);
    else if (input.kind === 'command') this.command(input.name, input.argument);
  }

  private async query(text: string): Promise<void> {
    const running = new AbortController();
    this.running = running;
    const base = this.run(running.signal);
    const startMs = base.options.clockMs();
    const printed = await runOne(text, {
      ...base,
      format: this.format,
      explain: this.explains,
      layout: { width: this.output.columns || 120, maxRows: MAX_ROWS },
    });
    this.running = undefined;
    this.print(printed.text);
    if (printed.error === undefined) this.print(`${Math.round(base.options.clockMs() - startMs)} ms\n`);
  }

  private command(name: string, argument: string): void {
    const { catalog, rowCounts } = this.workspace;
    switch (name) {
      case 'tables':
        this.print(argument === '' ? formatTables(catalog, rowCounts) : this.columns(argument));
        break;
      case 'functions':
        this.print(formatFunctions(catalog));
        break;
      case 'format':
        this.setFormat(argument);
        break;
      case 'explain':
        this.explains = !this.explains;
        this.print(this.explains ? 'plans are shown' : 'results are shown');
        break;
      case 'exit':
      case 'quit':
        this.reader.close();
        break;
      default:
        this.print(name === 'help' ? help : `there is no command .${name}\n${help}`);
    }
  }

  private columns(name: string): string {
    try {
      return formatColumns(name, this.workspace.catalog);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return `${error.message}; ${error.hint}`;
    }
  }

  private setFormat(name: string): void {
    if (name === 'table' || name === 'json' || name === 'csv') this.format = name;
    else this.print(`the formats are table, json and csv; now it is ${this.format}`);
  }

  /** Ctrl-C: cancels the query that runs, else forgets what was typed, else says how to leave. */
  private interrupt(): void {
    if (this.running !== undefined) {
      this.running.abort();
      return;
    }
    const isEmpty = this.lines.length === 0 && this.reader.line === '';
    this.lines = [];
    this.print(isEmpty ? '\n.exit leaves' : '');
    this.reader.setPrompt(this.prompts.first);
    // Forgets the line that was being typed.
    this.reader.write(null, { ctrl: true, name: 'e' });
    this.reader.write(null, { ctrl: true, name: 'u' });
    this.reader.prompt();
  }

  private complete(line: string): [string[], string] {
    if (this.lines.length === 0 && line.trimStart().startsWith('.')) return [[], line];
    const offers = completeInput(this.lines, line, this.workspace.catalog);
    return this.insert(offers) ? [[], line] : [[...offers.texts], offers.replaced];
  }

  /** Puts in what all offers share where that is written in another case; readline would leave the case as it was typed. */
  private insert({ texts, replaced }: Offers): boolean {
    const prefix = commonPrefix(texts);
    if (texts.length === 0 || prefix.startsWith(replaced)) return false;
    for (let count = 0; count < replaced.length; count++) this.reader.write(null, { name: 'backspace' });
    this.reader.write(prefix);
    return true;
  }

  private print(text: string): void {
    this.output.write(`${text}\n`);
  }
}

import { KqlError } from '../kql-error.ts';

/**
 * RE2 knows the edges of ASCII words only, KQL those of Unicode's. A pattern that asks for them over other text runs
 * here: the program that RE2 compiled, on R. Pike's machine (swtch.com/~rsc/regexp/regexp2.html), which looks at all
 * alternatives side by side, so in linear time, and prefers them as RE2 does.
 */
export type Program = { readonly inst: readonly Instruction[]; readonly start: number };

export type Instruction = {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  matchRune(codePoint: number): boolean;
};

/** The numbers of RE2's instructions and of its conditions between characters. */
const Op = { alt: 1, altMatch: 2, capture: 3, condition: 4, fail: 5, match: 6, nothing: 7, any: 10, anyInLine: 11 };
const [LINE_START, LINE_END, TEXT_START, TEXT_END, WORD_EDGE, NO_WORD_EDGE] = [1, 2, 4, 8, 16, 32] as const;
const LINE_FEED = 10;

/** Whether a program asks for the edges of words. */
export const asksForWordEdges = ({ inst }: Program): boolean =>
  inst.some(({ op, arg }) => op === Op.condition && (arg & (WORD_EDGE | NO_WORD_EDGE)) !== 0);

/** A way through the program: the next instruction, and where its groups start and end; -1 where they have not yet. */
type Thread = { readonly at: number; readonly groups: readonly number[] };

const wordCharacter = /[\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u200c\u200d]/u;
const isWord = (codePoint: number | undefined): boolean =>
  codePoint !== undefined && wordCharacter.test(String.fromCodePoint(codePoint));

/** The character that ends before a position of UTF-16. */
function codePointBefore(text: string, position: number): number | undefined {
  if (position === 0) return undefined;
  const pair = position > 1 ? text.codePointAt(position - 2) : undefined;
  return pair !== undefined && pair > 0xffff ? pair : text.codePointAt(position - 1);
}

/** The conditions that hold at a position. */
function conditionsAt(text: string, position: number): number {
  const [before, after] = [codePointBefore(text, position), text.codePointAt(position)];
  return (
    (before === undefined ? TEXT_START : 0) |
    (after === undefined ? TEXT_END : 0) |
    (before === undefined || before === LINE_FEED ? LINE_START : 0) |
    (after === undefined || after === LINE_FEED ? LINE_END : 0) |
    (isWord(before) === isWord(after) ? NO_WORD_EDGE : WORD_EDGE)
  );
}

function takes(instruction: Instruction, codePoint: number): boolean {
  if (instruction.op === Op.any) return true;
  return instruction.op === Op.anyInLine ? codePoint !== LINE_FEED : instruction.matchRune(codePoint);
}

/** The threads at one position, the preferred ones first, each instruction once. */
class Threads {
  readonly list: Thread[] = [];
  private readonly seen = new Set<number>();
  private readonly program: Program;
  private readonly position: number;
  private readonly conditions: number;

  constructor(program: Program, text: string, position: number) {
    this.program = program;
    this.position = position;
    this.conditions = conditionsAt(text, position);
  }

  /** Follows what takes no character, down to what does. */
  add(at: number, groups: readonly number[]): void {
    const waiting: Thread[] = [{ at, groups }];
    for (let thread = waiting.pop(); thread !== undefined; thread = waiting.pop()) {
      if (this.seen.has(thread.at)) continue;
      this.seen.add(thread.at);
      const { op, out, arg } = this.program.inst[thread.at] as Instruction;
      if (op === Op.alt || op === Op.altMatch) waiting.push({ ...thread, at: arg }, { ...thread, at: out });
      else if (op === Op.nothing) waiting.push({ ...thread, at: out });
      else if (op === Op.capture) waiting.push({ at: out, groups: thread.groups.with(arg, this.position) });
      else if (op === Op.condition) {
        if ((arg & ~this.conditions) === 0) waiting.push({ ...thread, at: out });
      } else if (op > Op.anyInLine) throw new KqlError('internal', `a pattern has the unknown instruction ${op}`);
      else if (op !== Op.fail) this.list.push(thread);
    }
  }
}

/** The first match from a position on: where its groups start and end, by pairs, the whole match first. */
export function runPikeMachine(
  program: Program,
  groupCount: number,
  text: string,
  from: number,
): readonly number[] | undefined {
  const none: readonly number[] = new Array<number>(2 * (groupCount + 1)).fill(-1);
  let found: readonly number[] | undefined;
  let current = new Threads(program, text, from);
  for (let position = from; ; ) {
    if (found === undefined) current.add(program.start, none.with(0, position));
    const codePoint = text.codePointAt(position);
    const end = position + (codePoint !== undefined && codePoint > 0xffff ? 2 : 1);
    const next = codePoint === undefined ? undefined : new Threads(program, text, end);
    for (const { at, groups } of current.list) {
      const instruction = program.inst[at] as Instruction;
      if (instruction.op === Op.match) {
        found = groups.with(1, position);
        break; // what comes after is preferred less
      }
      if (codePoint !== undefined && takes(instruction, codePoint)) next?.add(instruction.out, groups);
    }
    if (next === undefined || (found !== undefined && next.list.length === 0)) return found;
    current = next;
    position = end;
  }
}

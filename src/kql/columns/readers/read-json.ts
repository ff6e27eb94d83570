import { constants } from 'node:buffer';
import type { ProblemCollector } from './input-problem.ts';
import { ObjectReader } from './object-reader.ts';
import { type Block, readBlocks } from './read-blocks.ts';
import { readLines } from './read-ndjson.ts';
import { readQueryAnswer } from './read-query-answer.ts';
import { NotAnObject } from './scan-object.ts';
import type { TableLoader } from './table-loader.ts';

/**
 * Adds the rows of a .json file: an array of objects (`az monitor log-analytics query`), the answer of the query API
 * (`{"tables": …}`), a message of Event Hubs (`{"records": …}`), or one object a line, as Data Export writes it.
 */
export async function readJson(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  const blocks = readBlocks(path, problems);
  const first = await blocks.next();
  if (first.done) return;
  if (isLines(first.value.text)) {
    await readLines(prepend(first.value, blocks), loader, problems);
    return;
  }
  const whole = await joinBlocks(prepend(first.value, blocks), problems);
  if (whole !== undefined) readWhole(whole, loader, problems);
}

/** What one JSON value begins with that is no row. */
const containerStart = /^\s*\{\s*"(?:tables|Tables|error|records)"\s*:/;

/** What stands before rows that are objects. */
const itemsStart = /^\s*(?:\{\s*"records"\s*:\s*)?\[/;

/** Whether each line is an object of its own: the first line is one, and so is the next, if there is one. */
function isLines(text: string): boolean {
  const [first = '', second] = text.split('\n', 20).filter((line) => line.trim() !== '');
  if (!/^\s*\{.*[^,{\s]\s*$/.test(first)) return false;
  return second === undefined ? !containerStart.test(first) : /^\s*\{/.test(second);
}

async function* prepend(first: Block, rest: AsyncIterable<Block>): AsyncGenerator<Block> {
  yield first;
  yield* rest;
}

async function joinBlocks(blocks: AsyncIterable<Block>, problems: ProblemCollector): Promise<Block | undefined> {
  const parts: Block[] = [];
  let length = 0;
  for await (const block of blocks) {
    length += block.text.length;
    if (length > constants.MAX_STRING_LENGTH) {
      problems.add('unreadable', {
        message: 'the file is one JSON value of more than 512 MB; it is left out',
        hint: 'export one object a line (.ndjson), or in parts',
      });
      return undefined;
    }
    parts.push(block);
  }
  const bytes = parts.flatMap((part) => part.bytes ?? []);
  if (bytes.length < parts.length) return { text: parts.map(({ text }) => text).join(''), bytes: undefined };
  const joined = Buffer.concat(bytes);
  return { text: joined.toString('latin1'), bytes: joined };
}

function readWhole(block: Block, loader: TableLoader, problems: ProblemCollector): void {
  const { text } = block;
  const lineOf = lineCounter(text);
  const isAnswer = containerStart.test(text) && !itemsStart.test(text);
  try {
    const start = itemsStart.exec(text);
    if (isAnswer) readQueryAnswer(text, loader, problems);
    else if (start === null) readOne(block, new ObjectReader(loader, problems), lineOf);
    else {
      // The Azure CLI turns every value to text, and a null to Python's None.
      if (/"TableName"\s*:\s*"/.test(text.slice(0, 65_536))) loader.nullText = 'None';
      readItems(block, start[0].length, new ObjectReader(loader, problems), lineOf);
    }
  } catch (error) {
    if (!(error instanceof NotAnObject)) throw error;
    if (problems.isCutOff) return;
    problems.add('not-json', {
      line: lineOf(error.at),
      message: `the file is no JSON from here on: ${error.message}; ${isAnswer ? 'none of its rows is' : 'the rows before it are'} used`,
      hint: 'export it again, or give a file with one object a line the ending .ndjson',
    });
  }
}

function readItems(block: Block, start: number, objects: ObjectReader, lineOf: (at: number) => number): void {
  objects.open(block);
  const after = objects.readItems(block.text, start, block.text.length, lineOf);
  const rest = /\S/.exec(block.text.slice(after).replace(/^\s*\}/, ''));
  if (rest !== null) throw new NotAnObject('nothing after the array', after);
}

function readOne(block: Block, objects: ObjectReader, lineOf: (at: number) => number): void {
  const start = block.text.search(/\S/);
  if (start < 0) return;
  objects.open(block);
  objects.readOnly(start, block.text.length, lineOf(start));
}

/** Lines of offsets that are asked for in rising order. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let lineStart = 0;
  return (at) => {
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < at; next = text.indexOf('\n', lineStart)) {
      line++;
      lineStart = next + 1;
    }
    return line;
  };
}

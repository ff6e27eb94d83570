import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Catalog, type JsonValue, type QueryOptions, writeJson } from '../../src/kql/index.ts';
import { type BatchCase, runCase } from '../../src/kql/run-batch.ts';
import { inClosedWorkspace } from '../../src/sentinel/workspace.ts';
import { UsageError } from '../usage-error.ts';

const hint =
  'a batch has one JSON object a line: {"id": "…", "query": "…", "tables": {…}, "functions": {…}, "now": "…"}; the last three are optional';

/** Runs each line of a file of cases and prints a line of results for it; the number of cases that ended in an error. */
export async function runBatchFile(path: string, catalog: Catalog, options: QueryOptions): Promise<number> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  let errors = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    const result = await runCase(readCase(line, number, path), catalog, options, inClosedWorkspace);
    if ('error' in result) errors++;
    if (!process.stdout.write(`${writeJson(result as JsonValue)}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  return errors;
}

function readCase(line: string, number: number, path: string): BatchCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`${path}:${number} is no JSON`, hint);
  }
  const given = (value ?? {}) as Partial<BatchCase>;
  if (typeof given.id !== 'string' || typeof given.query !== 'string') {
    throw new UsageError(`${path}:${number} has no id and query`, hint);
  }
  return given as BatchCase;
}

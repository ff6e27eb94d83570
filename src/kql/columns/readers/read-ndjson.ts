import type { ProblemCollector } from './input-problem.ts';
import { readLines } from './read-lines.ts';
import { NotAnObject } from './scan-object.ts';
import type { TableLoader } from './table-loader.ts';

/** Adds the rows of a file with one JSON object a line; a line that is none is reported and left out. */
export async function readNdjson(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  let number = 0;
  for await (const lines of readLines(path, problems)) {
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      try {
        loader.addJson(number === 1 ? line.replace(/^\uFEFF/, '') : line, number, problems);
      } catch (error) {
        if (!(error instanceof NotAnObject)) throw error;
        problems.add('not-json', '', {
          line: number,
          message: `the line is no JSON object: ${error.message}; it is left out`,
          hint: 'one JSON object stands on each line of an .ndjson file',
        });
      }
    }
  }
}

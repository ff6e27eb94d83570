import { loadCorpus } from './corpus.ts';
import { fuzzQuery, type Outcome, tryQuery } from './fuzz-query.ts';

/** What a worker tells: which query it begins with, and what came of it. */
export type WorkerMessage =
  | { readonly kind: 'begin'; readonly number: number }
  | { readonly kind: 'end'; readonly number: number; readonly outcome: Outcome };

const [seed, from, to] = process.argv.slice(2).map(Number) as [number, number, number];
const corpus = loadCorpus();
const tell = (message: WorkerMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });

let current = from;
process.on('unhandledRejection', (reason) => {
  void tell({ kind: 'end', number: current, outcome: { code: 'unhandled', fault: `unhandled rejection: ${reason}` } });
});

for (; current < to; current++) {
  await tell({ kind: 'begin', number: current });
  await tell({ kind: 'end', number: current, outcome: await tryQuery(fuzzQuery(seed, current, corpus)) });
}
process.disconnect?.();

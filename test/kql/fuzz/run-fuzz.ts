import { type ChildProcess, fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { loadCorpus } from './corpus.ts';
import { fuzzQuery, type Outcome, tryQuery } from './fuzz-query.ts';
import type { WorkerMessage } from './fuzz-worker.ts';

/*
 * Runs random and mutated queries, each in its turn in a process of its own that is started anew where a query ends it:
 *   tsx test/kql/fuzz/run-fuzz.ts --count 20000 --seed 1
 *   tsx test/kql/fuzz/run-fuzz.ts --only 1234        one query, with its text
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);

/** A query that says nothing for so long hangs. */
const MAX_SILENCE_MS = 30_000;

const corpus = loadCorpus();
/** Queries that ended a process. */
const crashed = new Set<number>();

/** Runs the queries from one number on; adds up what came of them, and returns the number at which the process ended. */
function runFrom(from: number, to: number, counts: Map<string, number>): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(new URL('./fuzz-worker.ts', import.meta.url), [seed, from, to].map(String), {
      execArgv: ['--import', 'tsx', '--max-old-space-size=1500'],
    });
    let current = from;
    let watchdog = watch(child);
    const add = (number: number, { code, fault }: Outcome): void => {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      if (fault !== undefined) printFault(number, fault, counts);
    };
    child.on('message', (message: WorkerMessage) => {
      clearTimeout(watchdog);
      watchdog = watch(child);
      if (message.kind === 'begin') current = message.number;
      else {
        add(message.number, message.outcome);
        current = message.number + 1;
        if (process.stderr.isTTY && current % 100 === 0) process.stderr.write(`\r${current} queries`);
      }
    });
    child.on('close', (code, signal) => {
      clearTimeout(watchdog);
      if (current >= to) return resolve(to);
      // A machine that runs out of memory ends processes at random: only a query that ends two is at fault.
      if (crashed.has(current)) add(current, { code: 'crash', fault: `the process ended (${signal ?? code})` });
      resolve(crashed.has(current) ? current + 1 : current);
      crashed.add(current);
    });
  });
}

const FAULTS = 'faults';

function printFault(number: number, fault: string, counts: Map<string, number>): void {
  counts.set(FAULTS, (counts.get(FAULTS) ?? 0) + 1);
  console.log(`query ${number}: ${fault.split('\n').slice(0, 4).join('\n')}\n${fuzzQuery(seed, number, corpus)}\n`);
}

const watch = (child: ChildProcess): NodeJS.Timeout => setTimeout(() => child.kill('SIGKILL'), MAX_SILENCE_MS);

async function runAll(): Promise<void> {
  const from = Number(values.from);
  const to = from + Number(values.count);
  const counts = new Map<string, number>([[FAULTS, 0]]);
  for (let next = from; next < to; ) next = await runFrom(next, to, counts);
  const sums = [...counts].sort().map(([code, count]) => `${code} ${count}`);
  console.log(`seed ${seed}, queries ${from} to ${to - 1}: ${sums.join(', ')}`);
  process.exitCode = counts.get(FAULTS) === 0 ? 0 : 1;
}

async function runOnly(number: number): Promise<void> {
  const text = fuzzQuery(seed, number, corpus);
  console.log(text);
  console.log(await tryQuery(text));
}

await (values.only === undefined ? runAll() : runOnly(Number(values.only)));

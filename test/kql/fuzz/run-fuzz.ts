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

type Fault = { readonly number: number; readonly text: string };

/** Runs the queries from one number on; returns the number at which the process ended, and adds up what came of them. */
function runFrom(from: number, to: number, counts: Map<string, number>, faults: Fault[]): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(new URL('./fuzz-worker.ts', import.meta.url), [seed, from, to].map(String), {
      execArgv: ['--import', 'tsx', '--max-old-space-size=1500'],
    });
    let current = from;
    let watchdog = watch(child);
    const add = (number: number, { code, fault }: Outcome): void => {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      if (fault !== undefined) faults.push({ number, text: fault });
    };
    child.on('message', (message: WorkerMessage) => {
      clearTimeout(watchdog);
      watchdog = watch(child);
      if (message.kind === 'begin') current = message.number;
      else {
        add(message.number, message.outcome);
        current = message.number + 1;
        if (current % 500 === 0) process.stderr.write(`\r${current} queries, ${faults.length} faults`);
      }
    });
    child.on('close', (code, signal) => {
      clearTimeout(watchdog);
      if (current >= to) return resolve(to);
      add(current, { code: 'crash', fault: `the process ended (${signal ?? `exit code ${code}`})` });
      resolve(current + 1);
    });
  });
}

const watch = (child: ChildProcess): NodeJS.Timeout => setTimeout(() => child.kill('SIGKILL'), MAX_SILENCE_MS);

async function runAll(): Promise<void> {
  const from = Number(values.from);
  const to = from + Number(values.count);
  const counts = new Map<string, number>();
  const faults: Fault[] = [];
  for (let next = from; next < to; ) next = await runFrom(next, to, counts, faults);
  const corpus = loadCorpus();
  for (const { number, text } of faults) {
    console.log(`\nquery ${number}: ${text.split('\n').slice(0, 4).join('\n')}\n${fuzzQuery(seed, number, corpus)}`);
  }
  console.log(`\nseed ${seed}, queries ${from} to ${to - 1}: ${faults.length} faults`);
  console.log(
    [...counts]
      .sort()
      .map(([code, count]) => `${code} ${count}`)
      .join(', '),
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function runOnly(number: number): Promise<void> {
  const text = fuzzQuery(seed, number, loadCorpus());
  console.log(text);
  console.log(await tryQuery(text));
}

await (values.only === undefined ? runAll() : runOnly(Number(values.only)));

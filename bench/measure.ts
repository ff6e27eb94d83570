import type { Engine } from './engines.ts';
import type { BenchQuery } from './read-queries.ts';

/** The two engines side by side, or what belongs to each of them. */
export type Sides<T> = { readonly ours: T; readonly theirs: T };

/** Medians in milliseconds: by the clock, and of processor time over all threads. */
export type Timing = { readonly clockMs: number; readonly cpuMs: number };

type Sample = Timing;

/** Runs both engines in turn, so that what else the machine does meets both. */
export async function measure(query: BenchQuery, engines: Sides<Engine>, repetitions: number): Promise<Sides<Timing>> {
  const ours: Sample[] = [];
  const theirs: Sample[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    ours.push(await runOnce(query, engines.ours));
    theirs.push(await runOnce(query, engines.theirs));
  }
  return { ours: mediansOf(ours), theirs: mediansOf(theirs) };
}

async function runOnce(query: BenchQuery, engine: Engine): Promise<Sample> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await engine.run(query);
  const clockMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { clockMs, cpuMs: (user + system) / 1000 };
}

const mediansOf = (samples: readonly Sample[]): Timing => ({
  clockMs: median(samples.map(({ clockMs }) => clockMs)),
  cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

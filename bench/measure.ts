import type { Engine } from './engines.ts';
import type { BenchQuery } from './read-queries.ts';

/** Medians in milliseconds: by the clock, and of processor time over all threads. */
export type Timing = { readonly clockMs: number; readonly cpuMs: number };

/** Runs both engines in turn, so that what else the machine does meets both. */
export async function measure(
  query: BenchQuery,
  engines: readonly Engine[],
  repetitions: number,
): Promise<readonly Timing[]> {
  const samples = engines.map((): { clock: number[]; cpu: number[] } => ({ clock: [], cpu: [] }));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [index, engine] of engines.entries()) {
      const cpu = process.cpuUsage();
      const start = performance.now();
      await engine.run(query);
      samples[index]?.clock.push(performance.now() - start);
      const { user, system } = process.cpuUsage(cpu);
      samples[index]?.cpu.push((user + system) / 1000);
    }
  }
  return samples.map(({ clock, cpu }) => ({ clockMs: median(clock), cpuMs: median(cpu) }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

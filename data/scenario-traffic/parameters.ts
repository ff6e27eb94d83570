import { spanMs } from '../../src/replay/scenario/span.ts';
import { benchmarkAddress, documentationAddresses } from '../generator/clients.ts';
import { GeneratorError } from '../generator/generator-error.ts';

/** Parameters as schemas/scenario.schema.json defines them; it has checked every step before it is built. */
export type Addresses = string | readonly string[] | number;
export type Counts = number | readonly number[] | { readonly mean: number; readonly deviation: number };

export const timeMs = (text: string): number => Date.parse(text);

export const durationMs = (text: string | undefined, otherwiseMs: number): number =>
  text === undefined ? otherwiseMs : spanMs(text);

/** Addresses by the list, or so many different ones: those of a documentation network, then those for benchmarks. */
export function addressList(addresses: Addresses = '203.0.113.7'): readonly string[] {
  if (typeof addresses === 'string') return [addresses];
  if (typeof addresses !== 'number') return addresses;
  const documented = documentationAddresses('198.51.100');
  return Array.from({ length: addresses }, (_, index) => documented[index] ?? benchmarkAddress(index));
}

/**
 * How much falls into each of so many windows, the latest first. A mean with a standard deviation needs an odd number:
 * one window at the mean, and pairs that are as far above it as below, so that the sample's deviation is exactly that.
 * @throws GeneratorError `bad-input`
 */
export function windowCounts(counts: Counts, windows: number): readonly number[] {
  const index = Array.from({ length: windows }, (_, window) => window);
  if (typeof counts === 'number') return index.map(() => counts);
  if (!('mean' in counts)) return index.map((window) => counts[window % counts.length] ?? 0);
  const { mean, deviation } = counts;
  if (windows % 2 === 0 || mean < deviation) {
    const hint = 'give an odd number of windows and a deviation up to the mean, or list the counts';
    throw new GeneratorError(
      'bad-input',
      `${windows} windows cannot have the mean ${mean} and the deviation ${deviation}`,
      hint,
    );
  }
  return index.map((window) => (window === 0 ? mean : window % 2 === 1 ? mean - deviation : mean + deviation));
}

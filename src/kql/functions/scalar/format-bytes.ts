import type { ScalarFunction } from '../scalar-function.ts';

const UNITS = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** The largest unit of which there is at least one. */
function unitOf(size: number): number {
  let unit = 0;
  for (let rest = Math.abs(size); rest >= 1024 && unit < UNITS.length - 1; rest /= 1024) unit++;
  return unit;
}

/** Rounded to the precision, halves away from zero, without trailing zeros. */
function formatBytes(size: number, precision = 0n, units = ''): string {
  const named = UNITS.findIndex((unit) => unit.toLowerCase() === units.toLowerCase());
  const unit = named >= 0 ? named : unitOf(size);
  const scale = 10 ** Math.min(Math.max(Number(precision), 0), 15);
  const amount = (Math.sign(size) * Math.floor((Math.abs(size) / 1024 ** unit) * scale + 0.5)) / scale;
  return `${amount} ${UNITS[unit]}`;
}

export const formatBytesFunction: ScalarFunction = {
  name: 'format_bytes',
  signature: 'format_bytes(size: number [, precision: long [, units: string]]): string',
  summary: 'A number of bytes for people, in units of 1,024.',
  page: 'format-bytes-function',
  overloads: [{ parameters: ['real', 'long', 'string'], optional: 2, returns: 'string', evaluate: formatBytes }],
};

import { formatValue } from '../../values/convert.ts';
import type { Batch } from '../batch.ts';
import { type Int64Column, valueReader } from '../column.ts';

/** The rows of one file in a table that several files fill: from ≤ row < to. */
export type FileRows = { readonly path: string; readonly from: number; readonly to: number };

/** Rows of a file that an earlier file has, too, in every column that was read. */
export type Overlap = { readonly path: string; readonly earlier: string; readonly rows: number };

/**
 * Files of one table that hold the same rows: exports whose times overlap count an event twice. Only rows of times that
 * several files cover are compared, so files that follow each other cost nothing; rows of one file may be the same.
 */
export function findOverlaps(rows: Batch, files: readonly FileRows[]): readonly Overlap[] {
  const index = rows.columns.findIndex(({ name, type }) => name === 'TimeGenerated' && type === 'datetime');
  const filled = files.filter(({ from, to }) => to > from);
  if (index < 0 || filled.length < 2) return [];
  const timeOf = timeReader(rows.column(index) as Int64Column);
  const segments = sharedSegments(filled.flatMap((file) => intervalOf(file, timeOf)));
  return segments.length === 0 ? [] : compareRows(rows, filled, (row) => isWithin(timeOf(row), segments));
}

type Interval = { readonly first: number; readonly last: number };

/** As numbers: those of a narrow column as they are; a double of ticks is good to 128 of them, enough to find rows. */
function timeReader({ data, nulls }: Int64Column): (row: number) => number {
  return (row) => (nulls?.[row] === 1 ? Number.NaN : Number(data[row]));
}

function intervalOf({ from, to }: FileRows, timeOf: (row: number) => number): readonly Interval[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = from; row < to; row++) {
    const time = timeOf(row);
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return first <= last ? [{ first, last }] : [];
}

/** The times that two or more of the intervals cover, in order, joined where they touch. */
function sharedSegments(intervals: readonly Interval[]): readonly Interval[] {
  const shared: Interval[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const { first, last } of [...intervals].sort((a, b) => a.first - b.first)) {
    if (first <= reached) {
      const segment = { first, last: Math.min(last, reached) };
      const before = shared.at(-1);
      if (before !== undefined && segment.first <= before.last) {
        shared[shared.length - 1] = { first: before.first, last: Math.max(before.last, segment.last) };
      } else shared.push(segment);
    }
    reached = Math.max(reached, last);
  }
  return shared;
}

function isWithin(time: number, segments: readonly Interval[]): boolean {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle] as Interval).last < time) low = middle + 1;
    else high = middle;
  }
  return (segments[low]?.first ?? Number.POSITIVE_INFINITY) <= time;
}

function compareRows(rows: Batch, files: readonly FileRows[], isShared: (row: number) => boolean): readonly Overlap[] {
  const keyOf = rowKeys(rows);
  const fileOfKey = new Map<string, FileRows>();
  const counts = new Map<FileRows, { readonly earlier: string; rows: number }>();
  for (const file of files) {
    for (let row = file.from; row < file.to; row++) {
      if (!isShared(row)) continue;
      const key = keyOf(row);
      const earlier = fileOfKey.get(key);
      if (earlier === undefined) fileOfKey.set(key, file);
      else if (earlier !== file) {
        const known = counts.get(file) ?? { earlier: earlier.path, rows: 0 };
        known.rows++;
        counts.set(file, known);
      }
    }
  }
  return [...counts].map(([{ path }, { earlier, rows: count }]) => ({ path, earlier, rows: count }));
}

/** Two hashes of 32 bits over all cells: by chance one pair in 10^7 of a million rows is taken for the same. */
function rowKeys(rows: Batch): (row: number) => string {
  const readers = rows.columns.map(({ type }, index) => {
    const read = valueReader(rows.column(index));
    return (row: number): string => formatValue(read(row), type);
  });
  return (row) => {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    for (const read of readers) {
      const text = read(row);
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul(b ^ code, 0x5bd1e995);
      }
      // Where one cell ends counts, too.
      a = Math.imul(a ^ 0x1f, 0x01000193);
      b = Math.imul(b ^ text.length, 0x5bd1e995);
    }
    return `${a},${b}`;
  };
}

import type { Vector } from '../../columns/column.ts';

/** Tells whether the count starts again at a row; a null restarts nothing. */
export function restartReader(restart: Vector | undefined): (row: number) => boolean {
  if (restart === undefined) return () => false;
  if (restart.kind === 'constant') return () => restart.value === true;
  if (restart.kind !== 'bool') return () => false;
  const { data, nulls } = restart;
  return (row) => data[row] === 1 && nulls?.[row] !== 1;
}

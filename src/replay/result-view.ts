import type { ColumnType, Value } from '../kql/index.ts';
import { formatValue } from './format-value.ts';
import type { RunResult } from './query-engine.ts';

/** Some rows of a result, read by column name. */
export type ResultView = {
  readonly rowCount: number;
  readonly typeOf: (columnName: string) => ColumnType | undefined;
  /** Null for a column that the result does not have. */
  readonly value: (row: number, columnName: string) => Value;
  /** '' for null and for a column that the result does not have. */
  readonly text: (row: number, columnName: string) => string;
};

/** The rows of a result, or those given by number. */
export function viewResult(result: RunResult, rows: readonly (readonly Value[])[] = result.rows): ResultView {
  const ordinals = new Map(result.columns.map(({ name }, ordinal) => [name, ordinal]));
  const value = (row: number, columnName: string): Value => {
    const ordinal = ordinals.get(columnName);
    return ordinal === undefined ? null : (rows[row]?.[ordinal] ?? null);
  };
  const typeOf = (columnName: string): ColumnType | undefined => {
    const ordinal = ordinals.get(columnName);
    return ordinal === undefined ? undefined : result.columns[ordinal]?.type;
  };
  const text = (row: number, columnName: string): string => {
    const type = typeOf(columnName);
    return type === undefined ? '' : formatValue(value(row, columnName), type);
  };
  return { rowCount: rows.length, typeOf, value, text };
}

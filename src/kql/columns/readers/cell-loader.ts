import { convertValue } from '../../values/convert.ts';
import type { DynamicValue } from '../../values/dynamic.ts';
import { parseJson } from '../../values/json.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { type Column, NARROW_EPOCH_TICKS, type PooledType, type PooledValue } from '../column.ts';
import { type ColumnBuilder, createColumnBuilder } from '../column-builder.ts';

/** A cell as a log file gives it: a JSON string's contents, or the text of any other JSON value. */
export type RawCell = { readonly text: string; readonly isString: boolean };

/** Fills one column row by row. A row is staged cell by cell and then kept or dropped as a whole. */
export type CellLoader = {
  /** Stages a cell for the current row; false where it does not fit the column's type. */
  stage(cell: RawCell): boolean;
  /** Ends the row: appends the staged cell, or a null where there was none. */
  keep(): void;
  drop(): void;
  build(): Column;
};

export function createCellLoader(type: ColumnType): CellLoader {
  if (type === 'string' || type === 'guid' || type === 'dynamic') return new PooledLoader(type);
  return new TypedLoader(type);
}

class TypedLoader implements CellLoader {
  private readonly type: ColumnType;
  private readonly builder: ColumnBuilder;
  private staged: Value = null;

  constructor(type: ColumnType) {
    this.type = type;
    this.builder = createColumnBuilder(type);
  }

  stage({ text, isString }: RawCell): boolean {
    if ((!isString && text === 'null') || text === '') {
      this.staged = null;
      return true;
    }
    this.staged = this.type === 'datetime' ? fastIsoTicks(text) : null;
    this.staged ??= convertValue(text, 'string', this.type);
    // A whole number written as 12.0 is still whole.
    if (this.staged === null && (this.type === 'int' || this.type === 'long') && /^-?\d+\.0+$/.test(text)) {
      this.staged = convertValue(text.slice(0, text.indexOf('.')), 'string', this.type);
    }
    return this.staged !== null;
  }

  keep(): void {
    this.builder.append(this.staged);
    this.staged = null;
  }

  drop(): void {
    this.staged = null;
  }

  build(): Column {
    return this.builder.build();
  }
}

/** After how many rows the loader decides whether a dictionary pays. */
const SAMPLE_ROWS = 4096;

class PooledLoader implements CellLoader {
  private readonly type: PooledType;
  private readonly values: PooledValue[] = [];
  private readonly codes: number[] = [];
  private readonly known = new Map<string, number>();
  private readonly missing: PooledValue;
  private deduplicates = true;
  private staged: number | undefined;

  constructor(type: PooledType) {
    this.type = type;
    this.missing = type === 'string' ? '' : null;
  }

  stage({ text, isString }: RawCell): boolean {
    if (!isString && text === 'null') {
      this.staged = undefined;
      return true;
    }
    const key = this.type === 'dynamic' && isString ? `"${text}` : text;
    const code = this.known.get(key);
    if (code !== undefined) {
      this.staged = code;
      return true;
    }
    const value = this.parse(text, isString);
    if (value === undefined) return false;
    this.staged = this.add(key, value);
    return true;
  }

  private parse(text: string, isString: boolean): PooledValue | undefined {
    if (this.type === 'string') return text;
    if (this.type === 'guid')
      return text === '' ? null : ((convertValue(text, 'string', 'guid') as string | null) ?? undefined);
    // Azure's exports write dynamic columns both as JSON and as text that holds JSON.
    if (isString) return text === '' ? null : (parseJson(text) ?? text);
    return parseJson(text) as DynamicValue;
  }

  private add(key: string, value: PooledValue): number {
    const code = this.values.push(value) - 1;
    if (this.deduplicates) this.known.set(key, code);
    return code;
  }

  keep(): void {
    this.codes.push(this.staged ?? this.missingCode());
    this.staged = undefined;
    if (this.codes.length === SAMPLE_ROWS && this.values.length > SAMPLE_ROWS / 2) {
      this.deduplicates = false;
      this.known.clear();
    }
  }

  private missingAt: number | undefined;
  private missingCode(): number {
    this.missingAt ??= this.values.push(this.missing) - 1;
    return this.missingAt;
  }

  drop(): void {
    this.staged = undefined;
  }

  build(): Column {
    return {
      kind: 'pooled',
      type: this.type,
      length: this.codes.length,
      codes: Int32Array.from(this.codes),
      values: this.values,
    };
  }
}

const DAY_TICKS = 864_000_000_000;

/** `YYYY-MM-DDTHH:MM:SS[.f…]Z` as ticks; null for every other form, which the general parser then reads. */
function fastIsoTicks(text: string): bigint | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?Z$/.exec(text);
  if (match === null) return null;
  const seconds = Date.UTC(
    Number(match[1]),
    Number(match[2]) - 1,
    Number(match[3]),
    Number(match[4]),
    Number(match[5]),
    Number(match[6]),
  );
  // Date.UTC rolls 31 April over to 1 May, and reads years below 100 as 19xx: the general parser decides these.
  if (
    new Date(seconds).getUTCDate() !== Number(match[3]) ||
    Number(match[4]) > 23 ||
    match[1] === undefined ||
    match[1] < '0100'
  )
    return null;
  const sinceEpoch = (seconds - 1_577_836_800_000) * 10_000 + Number((match[7] ?? '').padEnd(7, '0'));
  return Math.abs(sinceEpoch) < DAY_TICKS * 10_000 ? BigInt(sinceEpoch) + NARROW_EPOCH_TICKS : null;
}

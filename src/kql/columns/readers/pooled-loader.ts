import { convertValue } from '../../values/convert.ts';
import { parseJson } from '../../values/json.ts';
import type { Column, PooledType, PooledValue } from '../column.ts';
import type { Cell } from './cell.ts';
import type { CellLoader } from './cell-loader.ts';
import { capacityFor } from './presence.ts';

/** After how many rows the loader decides whether a dictionary pays. */
const SAMPLE_ROWS = 4096;

/** The code of a row without a value. */
const MISSING = 0;

/** A column of strings, guids, decimals or dynamics: codes into a pool that holds each distinct value once. */
export class PooledLoader implements CellLoader {
  readonly type: PooledType;
  private readonly values: PooledValue[];
  private codes = new Int32Array(0);
  private readonly known = new Map<string, number>();
  private rowCount = 0;
  private deduplicates = true;
  // Logs repeat themselves: the value of the row before is compared before anything is copied or hashed.
  private lastText = '';
  private lastCode = MISSING;

  constructor(type: PooledType) {
    this.type = type;
    this.values = [type === 'string' ? '' : null];
  }

  put(row: number, cell: Cell): boolean {
    if (cell.isNull || cell.start === cell.end) {
      this.clear(row);
      return true;
    }
    const code = this.codeOf(cell);
    if (code === undefined) return false;
    if (row >= this.codes.length) this.grow(row);
    this.codes[row] = code;
    this.rowCount++;
    if (this.rowCount === SAMPLE_ROWS && this.values.length > SAMPLE_ROWS / 2) this.stopDeduplicating();
    return true;
  }

  private codeOf(cell: Cell): number | undefined {
    if (!this.deduplicates) return this.add(cell.copy(), cell.isString);
    if (!cell.isEscaped && cell.reads(this.lastText)) return this.lastCode;
    const text = cell.value();
    let code = this.known.get(text);
    if (code === undefined) {
      const copy = cell.isEscaped ? text : cell.copy();
      code = this.add(copy, cell.isString);
      if (code === undefined) return undefined;
      this.known.set(copy, code);
    }
    if (!cell.isEscaped) {
      this.lastText = text;
      this.lastCode = code;
    }
    return code;
  }

  private add(text: string, isString: boolean): number | undefined {
    const value = this.parse(text, isString);
    return value === undefined ? undefined : this.values.push(value) - 1;
  }

  private parse(text: string, isString: boolean): PooledValue | undefined {
    if (this.type === 'string') return text;
    if (this.type !== 'dynamic') return (convertValue(text, 'string', this.type) as PooledValue) ?? undefined;
    // Azure's exports write dynamic columns both as JSON and as text that holds JSON; so the same letters are the same
    // value, whether they stood in quotes or not.
    return isString ? (parseJson(text) ?? text) : parseJson(text);
  }

  private stopDeduplicating(): void {
    this.deduplicates = false;
    this.known.clear();
  }

  private grow(row: number): void {
    const wider = new Int32Array(capacityFor(row, this.codes.length));
    wider.set(this.codes);
    this.codes = wider;
  }

  has(row: number): boolean {
    return (this.codes[row] ?? MISSING) !== MISSING;
  }

  clear(row: number): void {
    if (row < this.codes.length) this.codes[row] = MISSING;
  }

  build(length: number): Column {
    const codes = new Int32Array(length);
    codes.set(this.codes.subarray(0, length));
    return { kind: 'pooled', type: this.type, length, codes, values: this.values };
  }
}

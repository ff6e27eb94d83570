import type { Column } from '../../src/kql/columns/column.ts';
import { Int32Rows } from './int32-rows.ts';

/**
 * A column of text that holds each value once, which is what lets the engine compute a function of it once per value. The
 * engine's own builder keeps values row by row, because it does not know how often they repeat.
 */
export class DictionaryBuilder {
  readonly #codes = new Map<string, number>();
  readonly #values: string[] = [];
  readonly #rows = new Int32Rows();

  append(text: string): void {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#values.push(text) - 1;
      this.#codes.set(text, code);
    }
    this.#rows.push(code);
  }

  build(): Column {
    const codes = this.#rows.toArray();
    return { kind: 'pooled', type: 'string', length: codes.length, codes, values: this.#values };
  }
}

const initialRows = 1024;

/** Whole numbers, one a row, in an array that grows. */
export class Int32Rows {
  #rows = new Int32Array(initialRows);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#rows.length) {
      const wider = new Int32Array(this.#length * 2);
      wider.set(this.#rows);
      this.#rows = wider;
    }
    this.#rows[this.#length] = value;
    this.#length++;
  }

  toArray(): Int32Array {
    return this.#rows.slice(0, this.#length);
  }
}

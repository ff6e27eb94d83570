/** Which rows have a value: one byte a row. */
export class Presence {
  private present = new Uint8Array(0);

  reserve(capacity: number): void {
    if (capacity <= this.present.length) return;
    const wider = new Uint8Array(capacity);
    wider.set(this.present);
    this.present = wider;
  }

  set(row: number): void {
    this.present[row] = 1;
  }

  has(row: number): boolean {
    return this.present[row] === 1;
  }

  clear(row: number): void {
    if (row < this.present.length) this.present[row] = 0;
  }

  /** The null mask of the first `length` rows; absent where each has a value. */
  nulls(length: number): Uint8Array | undefined {
    const mask = new Uint8Array(length);
    let missing = 0;
    for (let row = 0; row < length; row++) {
      if (this.present[row] === 1) continue;
      mask[row] = 1;
      missing++;
    }
    return missing === 0 ? undefined : mask;
  }
}

/** The capacity that holds `row`: columns grow by doubling. */
export const capacityFor = (row: number, capacity: number): number => Math.max(row + 1, 1024, capacity * 2);

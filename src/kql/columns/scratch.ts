/**
 * Room for a number a row that each batch uses again. New room for every batch would cost more than what is written to
 * it: the system hands its pages out one by one, and the collector runs for the sake of what was given up. Whoever holds
 * on to the numbers beyond its batch must take room of its own.
 */
export class Scratch {
  private room = new Int32Array(0);

  take(length: number): Int32Array {
    if (this.room.length < length) this.room = new Int32Array(length);
    return this.room.subarray(0, length);
  }
}

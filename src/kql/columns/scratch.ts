/**
 * Room that each batch uses again. New room for every batch would cost more than what is written to it: the system hands
 * its pages out one by one, and the collector runs for the sake of what was given up. Whoever holds on to the numbers
 * beyond its batch must take new room.
 */
export class Scratch {
  private held = { ints: new Int32Array(0), bytes: new Uint8Array(0), doubles: new Float64Array(0) };

  ints(length: number): Int32Array {
    if (this.held.ints.length < length) this.held.ints = new Int32Array(length);
    return this.held.ints.subarray(0, length);
  }

  bytes(length: number): Uint8Array {
    if (this.held.bytes.length < length) this.held.bytes = new Uint8Array(length);
    return this.held.bytes.subarray(0, length);
  }

  doubles(length: number): Float64Array {
    if (this.held.doubles.length < length) this.held.doubles = new Float64Array(length);
    return this.held.doubles.subarray(0, length);
  }
}

/** Where the numbers of a result go: an array that may hold anything. */
export type Room = Pick<Scratch, 'ints' | 'bytes' | 'doubles'>;

export const newRoom: Room = {
  ints: (length) => new Int32Array(length),
  bytes: (length) => new Uint8Array(length),
  doubles: (length) => new Float64Array(length),
};

/** For how long a result is good: `always`, or until the next batch is asked for, so that its room is used again. */
export type Lifetime = 'always' | 'one batch';

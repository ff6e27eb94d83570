import type { JsonRow } from './scenario.ts';

/** Rows of a table that arrive so long after they are generated. */
export type TrafficRows = { readonly table: string; readonly rows: readonly JsonRow[]; readonly delayMs: number };

/** Where scenarios take their traffic from; the same name, parameters and place give the same rows. */
export type TrafficLibrary = {
  readonly backgrounds: ReadonlyMap<string, () => readonly TrafficRows[]>;
  /** `place` tells the steps of a scenario apart, for ids that must differ. */
  readonly steps: ReadonlyMap<
    string,
    (parameters: Readonly<Record<string, unknown>>, place: number) => readonly TrafficRows[]
  >;
};

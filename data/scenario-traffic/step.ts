import type { Row } from '../generator/row.ts';

/** The rows that a step adds to a table. */
export type StepRows = { readonly table: string; readonly rows: readonly Row[] };

/**
 * Turns the parameters of a step into rows.
 * @param place of the step in its scenario, from 1: seeds what is drawn and makes ids that differ
 * @throws GeneratorError `bad-input` for parameters that fit the schema and not each other
 */
export type Step<Parameters> = (parameters: Parameters, place: number) => readonly StepRows[];

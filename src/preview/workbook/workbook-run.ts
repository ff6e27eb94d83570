import type { DataTable } from '../data-table.ts';
import type { StepSettings } from './workbook-format.ts';

/** A workbook after its queries ran: what a page draws, in the workbook's own order. */
export type WorkbookRun = {
  readonly name: string;
  readonly items: readonly RunItem[];
};

export type RunItem =
  | { readonly kind: 'text'; readonly name: string; readonly markdown: string }
  | {
      readonly kind: 'parameters';
      readonly name: string;
      readonly values: readonly { readonly label: string; readonly text: string }[];
    }
  | { readonly kind: 'group'; readonly name: string; readonly title: string; readonly items: readonly RunItem[] }
  | WorkbookStep;

/** One query step with its result, or with the reason why there is none. */
export type WorkbookStep = {
  readonly kind: 'step';
  readonly name: string;
  readonly title: string;
  readonly settings: StepSettings;
  /** The time that the step shows, for the time axis. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly result:
    | { readonly kind: 'table'; readonly table: DataTable }
    | { readonly kind: 'failure'; readonly message: string; readonly hint: string };
};

export type WorkbookErrorCode =
  | 'parameter-undefined' // used before, or without, an item that defines it
  | 'parameter-format' // used in a form that its kind does not have, or where the form could change the query
  | 'parameter-name' // not a name that Azure Workbooks substitutes, or defined twice
  | 'parameter-label' // without the label that people read
  | 'step-name' // a step without a name of its own
  | 'query-time' // a Logs query without a filter on the workbook's time range
  | 'query-length' // longer than the workbook gallery accepts
  | 'query-output' // a query that only prints constants
  | 'resource-id' // a resource of one subscription in a text for all
  | 'workbook-size'; // more steps or queries than the workbook gallery accepts

/** A workbook that cannot be emitted: what is wrong at which step, and what to do about it. */
export class WorkbookError extends Error {
  readonly code: WorkbookErrorCode;
  readonly at: string;
  readonly hint: string;

  constructor(code: WorkbookErrorCode, at: string, message: string, hint: string) {
    super(`${at}: ${message}`);
    this.name = 'WorkbookError';
    this.code = code;
    this.at = at;
    this.hint = hint;
  }
}

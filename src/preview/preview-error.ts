export type PreviewErrorCode =
  | 'workbook-syntax' // the text is no JSON
  | 'workbook-shape' // JSON, but not a workbook of the form Notebook/1.0
  | 'parameter-undefined' // a step uses a parameter that no item before it defines
  | 'parameter-format' // a parameter is used in a form that its kind does not have
  | 'parameter-value' // a value was given that the parameter cannot take
  | 'unsupported-step' // valid in Azure, not drawn here
  | 'result-shape' // a query's result does not have the columns that its chart needs
  | 'result-value'; // a cell does not fit its column's type

/** What stops a page or a part of it from being drawn: a code, where, and what to do about it. */
export class PreviewError extends Error {
  readonly code: PreviewErrorCode;
  /** The step, parameter or column that it is about, where there is one. */
  readonly at: string | undefined;
  readonly hint: string;

  constructor(code: PreviewErrorCode, message: string, details: { readonly at?: string; readonly hint: string }) {
    super(details.at === undefined ? message : `${details.at}: ${message}`);
    this.name = 'PreviewError';
    this.code = code;
    this.at = details.at;
    this.hint = details.hint;
  }
}

/** What went wrong, as a closed set; each code has one meaning for programs that read it. */
export type CalibrateErrorCode =
  | 'sweep-parameter' // a parameter that the rule does not have
  | 'sweep-values' // values that cannot be read, or that the parameter cannot take
  | 'sweep-size' // more settings than can be measured
  | 'no-parameters' // a rule that declares none
  | 'labels-shape' // a file of labels that cannot be read
  | 'no-labels' // logs without a labelled attack that the rule must detect
  | 'rule-failed' // the rule could not be replayed
  | 'config-shape'; // a pack.config.yaml that cannot take the values

/** The one error class of calibration: a code, and what to do about it. */
export class CalibrateError extends Error {
  override readonly name = 'CalibrateError';
  readonly code: CalibrateErrorCode;
  readonly hint: string;

  constructor(code: CalibrateErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** What went wrong, as a closed set; each code has one meaning for programs that read it. */
export type GeneratorErrorCode =
  | 'bad-seed' // the seed is no whole number from 0 to 4294967295
  | 'bad-input' // a pool, a span or a list of weights that nothing can be drawn from
  | 'moments-impossible' // no list of counts has the mean and the standard deviation that were asked for
  | 'figures-missed' // an attack does not have the figures that it is labelled with
  | 'unwritable' // a file or folder cannot be written
  | 'cancelled'; // the caller gave up

/** The one error class of the generator: a code, what happened, and what to do about it. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
  readonly code: GeneratorErrorCode;
  readonly hint: string;

  constructor(code: GeneratorErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}

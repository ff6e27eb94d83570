import type { ColumnType } from '../values/value.ts';
import type { ParameterType, ScalarFunction, ScalarOverload } from './scalar-function.ts';

/** What a registry row says about itself. */
export type Description = Pick<ScalarFunction, 'name' | 'aliases' | 'signature' | 'summary'> & {
  /** Where the page is not named after the function. */
  readonly page?: string;
};

type Code = Pick<ScalarOverload, 'evaluate' | 'prepare' | 'kernel' | 'nulls' | 'volatile' | 'optional' | 'rest'>;

/** A registry row with one overload, whose page is named after the function. */
export function singleOverload(
  { page, ...description }: Description,
  parameters: readonly ParameterType[],
  returns: ColumnType,
  code: Code,
): ScalarFunction {
  return {
    ...description,
    page: page ?? `${description.name.replaceAll('_', '-')}-function`,
    overloads: [{ parameters, returns, ...code }],
  };
}

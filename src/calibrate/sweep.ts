import type { RuleParameter } from '../content/define-rule.ts';
import { CalibrateError } from './calibrate-error.ts';

/** A value for every parameter of a rule. */
export type Setting = Readonly<Record<string, number>>;

/** One parameter and the values that it takes, ascending; a parameter that is not swept has one. */
export type Axis = { readonly parameter: string; readonly values: readonly number[] };

/** What is tried: every combination of the axes' values. */
export type Sweep = { readonly axes: readonly Axis[]; readonly settings: readonly Setting[] };

type Parameters = Readonly<Record<string, RuleParameter>>;

/** What a parameter is multiplied by where no values are asked for. */
const FACTORS = [0.5, 0.75, 1, 1.5, 2];

/** More would take longer than anybody waits, even where all share one replay. */
const MAX_SETTINGS = 10_000;

/**
 * The settings to try around the current one.
 * @param asked values by parameter, as `3,4,5` or `3..12` or `3..12/0.5`; parameters that are not asked for keep their
 *   current value. Where nothing is asked for, every parameter goes from half of its current value to twice.
 * @throws CalibrateError
 */
export function planSweep(parameters: Parameters, current: Setting, asked: ReadonlyMap<string, string>): Sweep {
  const names = Object.keys(parameters);
  if (names.length === 0) {
    throw new CalibrateError('no-parameters', 'the rule declares no parameters', 'there is nothing to calibrate');
  }
  const unknown = [...asked.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const hint = `the parameters are ${names.join(', ')}`;
    throw new CalibrateError('sweep-parameter', `the rule has no parameter '${unknown}'`, hint);
  }
  const axes = names.map((name): Axis => {
    const parameter = parameters[name] as RuleParameter;
    const text = asked.get(name);
    if (text !== undefined) return { parameter: name, values: readValues(name, text, parameter) };
    const value = current[name] ?? parameter.default;
    return { parameter: name, values: asked.size > 0 ? [value] : valuesAround(value, parameter) };
  });
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MAX_SETTINGS) {
    const hint = `name fewer values; at most ${MAX_SETTINGS} combinations are tried`;
    throw new CalibrateError('sweep-size', `${count} combinations are too many`, hint);
  }
  return { axes, settings: combine(axes) };
}

const ascending = (values: Iterable<number>): readonly number[] => [...new Set(values)].sort((a, b) => a - b);

function valuesAround(value: number, { minimum, whole }: RuleParameter): readonly number[] {
  const values = FACTORS.map((factor) => (whole ? Math.round(value * factor) : tidy(value * factor)));
  return ascending([...values.filter((candidate) => candidate >= minimum), value]);
}

function readValues(name: string, text: string, { minimum, whole, meaning }: RuleParameter): readonly number[] {
  const values = text.split(',').flatMap((part) => readRange(part.trim()) ?? Number.NaN);
  const wrong = values.find((value) => !(value >= minimum) || (whole && !Number.isInteger(value)));
  if (wrong === undefined) return ascending(values);
  const kind = whole ? 'whole numbers' : 'numbers';
  const hint = `write ${kind} of at least ${minimum} (${meaning}), as in ${name}=3,4,5 or ${name}=3..12/3`;
  const what = Number.isNaN(wrong) ? `'${text}' are no values` : `${wrong} cannot be used`;
  throw new CalibrateError('sweep-values', `${name}: ${what}`, hint);
}

const rangeText = /^(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?)?$/;

/** `5`, `3..12` in steps of one, `3..12/0.5`; undefined for anything else. */
function readRange(text: string): readonly number[] | undefined {
  const [match, from, to = from, step = '1'] = rangeText.exec(text) ?? [];
  if (match === undefined || Number(step) === 0 || Number(to) < Number(from)) return undefined;
  const steps = Math.floor((Number(to) - Number(from)) / Number(step) + 1e-9);
  if (steps >= MAX_SETTINGS) return undefined;
  return Array.from({ length: steps + 1 }, (_, index) => tidy(Number(from) + index * Number(step)));
}

/** Without what binary fractions add: 0.30000000000000004. */
const tidy = (value: number): number => Number(value.toPrecision(12));

function combine(axes: readonly Axis[]): readonly Setting[] {
  return axes.reduce<readonly Setting[]>(
    (settings, { parameter, values }) =>
      settings.flatMap((setting) => values.map((value) => ({ ...setting, [parameter]: value }))),
    [{}],
  );
}

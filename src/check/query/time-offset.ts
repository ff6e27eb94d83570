import type { Call, Expression } from './plan.ts';

const ticksPerUnit: Readonly<Record<string, bigint>> = {
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
  week: 6_048_000_000_000n,
};

/**
 * A time as ticks after now(); undefined where it does not hang on now() alone. Times that are rounded down count as they
 * are before that: nothing is said to lie further back than it does.
 */
export function offsetOf(expression: Expression): bigint | undefined {
  if (expression.kind !== 'call') return undefined;
  const offset = Object.hasOwn(offsets, expression.function.name) ? offsets[expression.function.name] : undefined;
  return offset?.(expression.arguments);
}

type Arguments = Call['arguments'];

const offsets: Readonly<Record<string, (args: Arguments) => bigint | undefined>> = {
  now: ([shift]) => (shift === undefined ? 0n : durationOf(shift)),
  ago: ([shift]) => negated(durationOf(shift)),
  '+': ([left, right]) => sum(timeOf(left), durationOf(right)) ?? sum(durationOf(left), timeOf(right)),
  '-': ([left, right]) => sum(timeOf(left), negated(durationOf(right))),
  bin: ([time]) => timeOf(time),
  startofday: ([time]) => timeOf(time),
  startofweek: ([time]) => timeOf(time),
  datetime_add: ([unit, count, time]) => sum(timeOf(time), spanOf(unit, count)),
};

const timeOf = (expression: Expression | undefined): bigint | undefined =>
  expression === undefined ? undefined : offsetOf(expression);

function spanOf(unit: Expression | undefined, count: Expression | undefined): bigint | undefined {
  const ticks = unit?.kind === 'literal' ? ticksPerUnit[String(unit.value).toLowerCase()] : undefined;
  const times = wholeOf(count);
  return ticks === undefined || times === undefined ? undefined : ticks * times;
}

/** A timespan that is known without running the query. */
function durationOf(expression: Expression | undefined): bigint | undefined {
  if (expression?.kind === 'literal') {
    return expression.type === 'timespan' && typeof expression.value === 'bigint' ? expression.value : undefined;
  }
  if (expression?.kind !== 'call') return undefined;
  const [left, right] = expression.arguments;
  switch (expression.function.name) {
    case 'unary-minus':
      return negated(durationOf(left));
    case '+':
      return sum(durationOf(left), durationOf(right));
    case '-':
      return sum(durationOf(left), negated(durationOf(right)));
    case '*':
      return product(durationOf(left), wholeOf(right)) ?? product(wholeOf(left), durationOf(right));
    default:
      return undefined;
  }
}

function wholeOf(expression: Expression | undefined): bigint | undefined {
  if (expression?.kind === 'call' && expression.function.name === 'unary-minus') {
    return negated(wholeOf(expression.arguments[0]));
  }
  if (expression?.kind !== 'literal') return undefined;
  const { value } = expression;
  return typeof value === 'bigint' && expression.type === 'long' ? value : undefined;
}

const negated = (value: bigint | undefined): bigint | undefined => (value === undefined ? undefined : -value);
const sum = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : a + b;
const product = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : a * b;

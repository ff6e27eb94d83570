import type { IntColumn, PooledValue } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import { parameterAt } from '../functions/resolve-overload.ts';
import type { Evaluate } from '../functions/scalar-function.ts';
import { splitPart } from '../functions/split-part.ts';
import type { ColumnReference, Expression, FunctionCall } from '../plan/expression.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue } from '../values/convert.ts';
import { type ColumnType, columnTypes, type Value } from '../values/value.ts';
import { bindConstants } from './bind-constants.ts';
import { constantValue, type Evaluator, isConstant } from './compile.ts';
import { isConditional } from './compile-conditional.ts';
import { createPoolFunction } from './lift.ts';

/** A nest of calls that reads one column alone, as a function of that column's single values. */
export type FusedCall = { readonly column: ColumnReference; readonly compute: (value: Value) => Value };

/**
 * Fuses calls inside calls over one column of text, dynamics or whole numbers, such as
 * `tostring(split(Url, "?")[1])` or `Url has "a" or Url has "b"`: the nest runs once per distinct value, without a column
 * for each step. Undefined where the nest reads more, or where one call alone has nothing to gain: what compares numbers
 * is faster than looking up what it gave.
 */
export function fuseCall(call: FunctionCall, context: QueryContext): FusedCall | undefined {
  const column = onlyColumn(call);
  if (column === undefined || !fusedTypes.has(column.type)) return undefined;
  const isConverted = call.overload.takesAnyNumber !== true && call.arguments.some((_, index) => targetOf(call, index));
  if (!isConverted && !call.arguments.some(isNested)) return undefined;
  return { column, compute: compileValue(call, context) };
}

const fusedTypes: ReadonlySet<ColumnType> = new Set(['string', 'guid', 'decimal', 'dynamic', 'int']);

const isNested = (argument: Expression): boolean => argument.kind === 'call' && !isConstant(argument);

/** The one column that the call reads; undefined where it reads several, or anything else that varies. */
function onlyColumn(call: FunctionCall): ColumnReference | undefined {
  let found: ColumnReference | undefined;
  const visit = (expression: Expression): boolean => {
    switch (expression.kind) {
      case 'literal':
        return true;
      case 'column':
        found ??= expression;
        return found.index === expression.index;
      case 'call': {
        const { evaluate, prepare, volatile } = expression.overload;
        return volatile !== true && (evaluate ?? prepare) !== undefined && expression.arguments.every(visit);
      }
      default:
        return false;
    }
  };
  return visit(call) ? found : undefined;
}

type ValueFunction = (value: Value) => Value;

function compileValue(expression: Expression, context: QueryContext): ValueFunction {
  if (expression.kind === 'column') return (value) => value;
  const known = constantValue(expression, context);
  if (known !== undefined) return () => known;
  const call = expression as FunctionCall;
  if (call.function.name === 'and') return shortCircuit(call, false, context);
  if (call.function.name === 'or') return shortCircuit(call, true, context);
  return isConditional(call) ? compileBranches(call, context) : compileApplication(call, context);
}

/** The right side is left out where the left one decides. */
function shortCircuit(call: FunctionCall, decisive: boolean, context: QueryContext): ValueFunction {
  const [left, right] = call.arguments.map((argument) => compileValue(argument, context)) as [
    ValueFunction,
    ValueFunction,
  ];
  const evaluate = call.overload.evaluate as unknown as (a: Value, b: Value) => Value;
  return (value) => {
    const first = left(value);
    return first === decisive ? decisive : evaluate(first, right(value));
  };
}

/** iff and case: only the branch that is taken is computed. */
function compileBranches(call: FunctionCall, context: QueryContext): ValueFunction {
  const { type } = call;
  const parts = call.arguments.map((argument) => compileValue(argument, context));
  const last = parts.length - 1;
  return (value) => {
    let at = 0;
    while (at < last && parts[at]?.(value) !== true) at += 2;
    const taken = Math.min(at + 1, last);
    return convertValue((parts[taken] as ValueFunction)(value), (call.arguments[taken] as Expression).type, type);
  };
}

function compileApplication(call: FunctionCall, context: QueryContext): ValueFunction {
  const part = splitPartOf(call, context);
  if (part !== undefined) return part;
  const { overload, type } = call;
  const args = call.arguments.map((argument, index) => compileArgument(argument, targetOf(call, index), context));
  const constants = call.arguments.map((argument, index) =>
    constantValue(argument, context) === undefined ? undefined : (args[index] as ValueFunction)(null),
  );
  const types = call.arguments.map((argument) => argument.type);
  const evaluate: Evaluate = overload.evaluate ?? (overload.prepare?.(context, constants, types) as Evaluate);
  const apply = evaluate as unknown as (...values: Value[]) => Value;
  const missing: Value = type === 'string' ? '' : null;
  const passNulls = overload.nulls === 'pass';
  const only = onlyVarying(constants);
  if (only !== undefined && (passNulls || !constants.includes(null))) {
    const read = args[only] as ValueFunction;
    const bound = bindConstants(
      apply,
      constants.map((known) => known ?? null),
      only,
    );
    return (value) => {
      const own = read(value);
      return own === null && !passNulls ? missing : (bound(own) ?? missing);
    };
  }
  const values: Value[] = [];
  return (value) => {
    for (let index = 0; index < args.length; index++) {
      values[index] = (args[index] as ValueFunction)(value);
      if (!passNulls && values[index] === null) return missing;
    }
    return apply(...values) ?? missing;
  };
}

/** The place of the one argument that is no constant; undefined where there are several. */
function onlyVarying(constants: readonly (Value | undefined)[]): number | undefined {
  const at = constants.indexOf(undefined);
  return at >= 0 && constants.lastIndexOf(undefined) === at ? at : undefined;
}

/** `split(text, delimiter)[index]`: the one part, without the array of all. */
function splitPartOf(call: FunctionCall, context: QueryContext): ValueFunction | undefined {
  const [parts, index] = call.arguments;
  if (call.function.name !== 'dynamic-member' || parts?.kind !== 'call' || parts.function.name !== 'split')
    return undefined;
  const [text, delimiter, requested] = parts.arguments;
  const at = index === undefined ? undefined : constantValue(index, context);
  const cut = delimiter === undefined ? undefined : constantValue(delimiter, context);
  const isPlain = text?.type === 'string' && requested === undefined && typeof cut === 'string';
  if (!isPlain || (typeof at !== 'bigint' && typeof at !== 'number') || at < 0) return undefined;
  const read = compileValue(text, context);
  return (value) => splitPart(read(value) as string, cut, Number(at));
}

function compileArgument(argument: Expression, target: ColumnType | undefined, context: QueryContext): ValueFunction {
  const compute = compileValue(argument, context);
  if (target === undefined) return compute;
  const { type } = argument;
  if (!isConstant(argument)) return (value) => convertValue(compute(value), type, target);
  const converted = convertValue(compute(null), type, target);
  return () => converted;
}

/** The type that an argument has to be converted to first. */
function targetOf(call: FunctionCall, index: number): ColumnType | undefined {
  const parameter = parameterAt(call.overload, index) as ColumnType | undefined;
  const argument = call.arguments[index] as Expression;
  return parameter !== undefined && columnTypes.includes(parameter) && parameter !== argument.type
    ? parameter
    : undefined;
}

/** Below this whole numbers count as codes of themselves: status codes, hours, ports of services. */
const SMALL_INTEGERS = 4096;

const smallIntegers: readonly PooledValue[] = Array.from({ length: SMALL_INTEGERS }, (_, number) => number);

/** The fused call over a batch, distinct values once; `unfused` computes it where the column has none to speak of. */
export function evaluateFused({ column, compute }: FusedCall, type: ColumnType, unfused: Evaluator): Evaluator {
  const overPool = createPoolFunction(type);
  return (batch) => {
    const vector = batch.column(column.index);
    if (vector.kind === 'pooled') {
      return vector.codes === undefined
        ? columnOf(type, vector.values.map(compute))
        : overPool(vector.values, vector.codes, compute);
    }
    return vector.kind === 'int' && isSmall(vector) ? overPool(smallIntegers, vector.data, compute) : unfused(batch);
  };
}

function isSmall({ data, nulls }: IntColumn): boolean {
  let bits = 0;
  for (let row = 0; row < data.length; row++) bits |= data[row] as number;
  return nulls === undefined && bits >= 0 && bits < SMALL_INTEGERS;
}

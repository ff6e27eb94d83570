import type { Batch } from '../columns/batch.ts';
import { type Column, constant, type Vector, valueAt } from '../columns/column.ts';
import { expand } from '../columns/column-builder.ts';
import { type Lifetime, newRoom, Scratch } from '../columns/scratch.ts';
import { parameterAt } from '../functions/resolve-overload.ts';
import { KqlError } from '../kql-error.ts';
import { type Expression, type FunctionCall, usesWindow } from '../plan/expression.ts';
import type { QueryContext } from '../query-context.ts';
import { type ColumnType, columnTypes, type Value } from '../values/value.ts';
import { compileConditional, isConditional } from './compile-conditional.ts';
import { convertVector } from './convert-vector.ts';
import { evaluateFused, fuseCall } from './fuse-column.ts';
import { liftFunction } from './lift.ts';

/** Computes an expression for all rows of a batch; a constant stays one value. */
export type Evaluator = (batch: Batch) => Vector;

/**
 * Compiles an expression whose subqueries have been replaced by their values (see resolve-subqueries.ts).
 * Constant parts are computed here, once.
 */
export function compileExpression(
  expression: Expression,
  context: QueryContext,
  lifetime: Lifetime = 'always',
): Evaluator {
  switch (expression.kind) {
    case 'literal': {
      const vector = constant(expression.type, expression.value);
      return () => vector;
    }
    case 'column': {
      const { index } = expression;
      return (batch) => batch.column(index);
    }
    case 'call':
      return compileCall(expression, context, lifetime);
    case 'window': {
      const args = expression.arguments.map((argument) => compileExpression(argument, context));
      return (batch) =>
        expression.function.evaluate(
          args.map((arg) => arg(batch)),
          batch.rowCount,
          context,
        );
    }
    case 'toscalar':
    case 'column-values':
      throw new KqlError(
        'internal',
        `a ${expression.kind} subquery was not resolved before its expression was compiled`,
      );
    default:
      return expression satisfies never;
  }
}

function compileCall(call: FunctionCall, context: QueryContext, lifetime: Lifetime): Evaluator {
  const fused = fuseCall(call, context);
  const evaluate = compileAlone(call, context, lifetime);
  return fused === undefined ? evaluate : evaluateFused(fused, call.type, evaluate);
}

/** A call over the columns that its arguments give. */
function compileAlone(call: FunctionCall, context: QueryContext, lifetime: Lifetime): Evaluator {
  const { overload, type } = call;
  const room = lifetime === 'always' ? newRoom : new Scratch();
  const args = call.arguments.map((argument) => compileExpression(argument, context, lifetime));
  // prev(), row_number() and their like see all rows, also those that take another branch.
  if (isConditional(call) && !call.arguments.every(isConstant) && !usesWindow(call)) {
    return compileConditional(args, type);
  }
  const constants = call.arguments.map((argument, index) => constantOf(argument, args[index] as Evaluator));
  const converted = constants.map((value, index) =>
    convertConstant(value, call.arguments[index] as Expression, targetType(call, index)),
  );
  const evaluate =
    overload.evaluate ??
    overload.prepare?.(
      context,
      converted,
      call.arguments.map((argument) => argument.type),
    );
  const lifted = evaluate === undefined ? undefined : liftFunction(overload, evaluate, type);
  const apply = (batch: Batch): Vector => {
    const given = args.map((arg) => arg(batch));
    const direct = takesAsGiven(call) ? overload.kernel?.(given, batch.rowCount, context, room) : undefined;
    if (direct !== undefined) return direct;
    const vectors = given.map((vector, index) => {
      const target = targetType(call, index);
      return target === undefined ? vector : convertVector(vector, target, batch.rowCount);
    });
    const fast = overload.kernel?.(vectors, batch.rowCount, context, room);
    if (fast !== undefined) return fast;
    if (lifted === undefined)
      throw new KqlError('internal', `${call.function.name} has no code for these arguments`, { span: call.span });
    return lifted(vectors, batch.rowCount);
  };
  if (overload.volatile === true || !constants.every((value) => value !== undefined)) return apply;
  const folded = apply(oneRow);
  const vector = folded.kind === 'constant' ? folded : constant(type, valueAt(folded, 0));
  return () => vector;
}

/** Whether the kernel reads the arguments as they are: those of another type are whole numbers that doubles hold as well. */
const takesAsGiven = (call: FunctionCall): boolean =>
  call.overload.takesAnyNumber === true &&
  call.arguments.every(({ type }, index) => {
    const target = targetType(call, index) ?? type;
    return (
      type === target ||
      (type === 'int' ? target === 'long' || target === 'real' : type === 'long' && target === 'real')
    );
  });

const oneRow = { columns: [], rowCount: 1 } as unknown as Batch;

/** The column type an argument is converted to; undefined for `any` and `number`, which take it as it is. */
function targetType(call: FunctionCall, index: number): ColumnType | undefined {
  const parameter = parameterAt(call.overload, index);
  return (columnTypes as readonly string[]).includes(parameter ?? '') ? (parameter as ColumnType) : undefined;
}

function constantOf(argument: Expression, evaluator: Evaluator): Value | undefined {
  if (!isConstant(argument)) return undefined;
  const vector = evaluator(oneRow);
  return vector.kind === 'constant' ? vector.value : undefined;
}

function convertConstant(
  value: Value | undefined,
  argument: Expression,
  target: ColumnType | undefined,
): Value | undefined {
  if (value === undefined || target === undefined) return value;
  const vector = convertVector(constant(argument.type, value), target, 1);
  return vector.kind === 'constant' ? vector.value : undefined;
}

/** Whether the expression reads no column, so that one value stands for all rows. */
export function isConstant(expression: Expression): boolean {
  if (expression.kind === 'literal') return true;
  return expression.kind === 'call' && expression.overload.volatile !== true && expression.arguments.every(isConstant);
}

/** The value of an expression that reads no column; undefined where it reads one. */
export function constantValue(expression: Expression, context: QueryContext): Value | undefined {
  return isConstant(expression) ? constantOf(expression, compileExpression(expression, context)) : undefined;
}

/** The vector as a column of the batch's length. */
export const toColumn = (vector: Vector, batch: Batch): Column => expand(vector, batch.rowCount);

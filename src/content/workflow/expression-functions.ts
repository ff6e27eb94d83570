import type {
  AnyInput,
  ArrayInput,
  BooleanInput,
  Expression,
  IntegerInput,
  ObjectInput,
  StringInput,
} from './expression.ts';
import { call, property } from './expression.ts';

/*
 * The functions of the Workflow Definition Language that playbooks use, typed. Signatures follow Microsoft's
 * "Reference guide to workflow expression functions in Azure Logic Apps and Power Automate".
 * Left out on purpose: `first` and `last` of a list that may be empty, `int` of unchecked text, `guid`, `rand`: their
 * failure or chance would decide what is blocked.
 */

type Text = Expression<'string'>;
type Integer = Expression<'integer'>;
type Truth = Expression<'boolean'>;
type List = Expression<'array'>;

// String
export const concat = (...parts: StringInput[]): Text => call('string', 'concat', ...parts);
export const toLower = (text: StringInput): Text => call('string', 'toLower', text);
export const trim = (text: StringInput): Text => call('string', 'trim', text);
export const replace = (text: StringInput, old: StringInput, by: StringInput): Text =>
  call('string', 'replace', text, old, by);
export const split = (text: StringInput, delimiter: StringInput): List => call('array', 'split', text, delimiter);
export const startsWith = (text: StringInput, start: StringInput): Truth => call('boolean', 'startsWith', text, start);
export const endsWith = (text: StringInput, end: StringInput): Truth => call('boolean', 'endsWith', text, end);
export const indexOf = (text: StringInput, part: StringInput): Integer => call('integer', 'indexOf', text, part);
/** Fails the run where start + length passes the end: callers make the text long enough first. */
export const substring = (text: StringInput, start: IntegerInput, length: IntegerInput): Text =>
  call('string', 'substring', text, start, length);

// Collection
export const length = (list: ArrayInput | StringInput): Integer => call('integer', 'length', list);
export const contains = (list: ArrayInput | StringInput, value: AnyInput): Truth =>
  call('boolean', 'contains', list, value);
export const empty = (list: ArrayInput | StringInput): Truth => call('boolean', 'empty', list);
export const join = (list: ArrayInput, delimiter: StringInput): Text => call('string', 'join', list, delimiter);
/** As many as there are, where there are fewer than `count`. */
export const take = (list: ArrayInput, count: number): List => call('array', 'take', list, count);
export const range = (start: number, count: number): List => call('array', 'range', start, count);
/** Without duplicates, in order of first appearance. */
export const union = (first: ArrayInput, ...further: ArrayInput[]): List => call('array', 'union', first, ...further);
export const intersection = (first: ArrayInput, second: ArrayInput): List =>
  call('array', 'intersection', first, second);
/** `split` always yields at least one element, so its first and last exist. */
export const firstOfSplit = (text: StringInput, delimiter: StringInput): Text =>
  call('string', 'first', split(text, delimiter));
export const lastOfSplit = (text: StringInput, delimiter: StringInput): Text =>
  call('string', 'last', split(text, delimiter));

// Logical
export const and = (...conditions: BooleanInput[]): Truth => call('boolean', 'and', ...conditions);
export const or = (...conditions: BooleanInput[]): Truth => call('boolean', 'or', ...conditions);
export const not = (condition: BooleanInput): Truth => call('boolean', 'not', condition);
export const equals = (left: AnyInput, right: AnyInput): Truth => call('boolean', 'equals', left, right);
export const greater = (left: IntegerInput, right: IntegerInput): Truth => call('boolean', 'greater', left, right);
export const greaterOrEquals = (left: IntegerInput, right: IntegerInput): Truth =>
  call('boolean', 'greaterOrEquals', left, right);
export const lessOrEquals = (left: IntegerInput, right: IntegerInput): Truth =>
  call('boolean', 'lessOrEquals', left, right);
/** Both results have to be computable: playbooks do not lean on the host evaluating only one of them. */
export const ifText = (condition: BooleanInput, yes: StringInput, no: StringInput): Text =>
  call('string', 'if', condition, yes, no);
export const ifInteger = (condition: BooleanInput, yes: IntegerInput, no: IntegerInput): Integer =>
  call('integer', 'if', condition, yes, no);
export const ifTruth = (condition: BooleanInput, yes: BooleanInput, no: BooleanInput): Truth =>
  call('boolean', 'if', condition, yes, no);
export const ifAny = (condition: BooleanInput, yes: AnyInput, no: AnyInput): Expression<'any'> =>
  call('any', 'if', condition, yes, no);

// Conversion
export const string = (value: AnyInput): Text => call('string', 'string', value);
export const int = (digits: StringInput): Integer => call('integer', 'int', digits);
export const createArray = (first: AnyInput, ...further: AnyInput[]): List =>
  call('array', 'createArray', first, ...further);
export const json = (text: string): Expression<'any'> => call('any', 'json', text);
export const uriComponent = (text: StringInput): Text => call('string', 'uriComponent', text);
export const coalesce = (...values: AnyInput[]): Expression<'any'> => call('any', 'coalesce', ...values);

// Math
export const add = (left: IntegerInput, right: IntegerInput): Integer => call('integer', 'add', left, right);
export const sub = (left: IntegerInput, right: IntegerInput): Integer => call('integer', 'sub', left, right);
export const mul = (left: IntegerInput, right: IntegerInput): Integer => call('integer', 'mul', left, right);
export const div = (left: IntegerInput, right: number): Integer => call('integer', 'div', left, right);
export const mod = (left: IntegerInput, right: number): Integer => call('integer', 'mod', left, right);
export const min = (...values: IntegerInput[]): Integer => call('integer', 'min', ...values);
export const max = (...values: IntegerInput[]): Integer => call('integer', 'max', ...values);

// Date and time
export const utcNow = (): Text => call('string', 'utcNow', 'yyyy-MM-ddTHH:mm:ssZ');
export const addHours = (timestamp: StringInput, hours: IntegerInput): Text =>
  call('string', 'addHours', timestamp, hours, 'yyyy-MM-ddTHH:mm:ssZ');

// Objects. setProperty returns a changed copy: everything else of the object stays as it is.
export const setProperty = (object: ObjectInput, name: string, value: AnyInput): Expression<'object'> =>
  call('object', 'setProperty', object, name, value);

// What the run holds. The names are checked by `defineWorkflow`.
export const body = (action: string): Expression<'any'> => call('any', 'body', action);
export const outputs = (action: string): Expression<'any'> => call('any', 'outputs', action);
export const variables = (variable: string): Expression<'any'> => call('any', 'variables', variable);
export const parameters = (parameter: string): Expression<'any'> => call('any', 'parameters', parameter);
export const triggerBody = (): Expression<'any'> => call('any', 'triggerBody');
/** The element at hand in a Select or Query. */
export const item = (): Expression<'any'> => call('any', 'item');
/** The element at hand in the Foreach of that name, from anywhere inside it. */
export const items = (foreach: string): Expression<'any'> => call('any', 'items', foreach);
export const workflowRunName = (): Expression<'any'> => property(call('any', 'workflow'), 'run', 'name');

/** A list read from outside; a missing one is empty. */
export const listOf = (value: Expression): Expression<'any'> => coalesce(value, json('[]'));
/** Text read from outside; a missing one is empty. */
export const textOf = (value: Expression): Text => string(coalesce(value, ''));

import { isDeepStrictEqual } from 'node:util';
import { ExpressionFailure, type Json, type Node, Parser } from './parse-expression.ts';

/*
 * A small, strict evaluator of Workflow Definition Language expressions: the functions that the generated playbooks use,
 * as Microsoft's function reference describes them. What it does not know, or what the reference does not define (an
 * index outside of a string, first of an empty list), is an error and never a guess.
 */

/** What surrounds an expression. `lookUp` answers body, outputs, variables, parameters, items, triggerBody, workflow. */
export type ExpressionContext = {
  readonly lookUp: (functionName: string, argument: string | undefined) => Json;
  readonly item?: Json;
  readonly now: string;
  /** `eager` evaluates every argument of and, or, if and coalesce, as a host might. */
  readonly evaluation: 'lazy' | 'eager';
};

/** Evaluates a value of a definition: `@expression`, text with `@{expression}`, or JSON with such strings in it. */
export function evaluateValue(value: Json, context: ExpressionContext): Json {
  if (typeof value === 'string') {
    return evaluateString(value, context);
  }
  if (Array.isArray(value)) {
    return value.map((part) => evaluateValue(part, context));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, evaluateValue(part, context)]));
  }
  return value;
}

function evaluateString(text: string, context: ExpressionContext): Json {
  if (text.startsWith('@') && !text.startsWith('@@') && !text.startsWith('@{')) {
    return evaluateExpression(text.slice(1), context);
  }
  const unescaped = text.startsWith('@@') && !text.startsWith('@@{') ? text.slice(1) : text;
  let result = '';
  let position = 0;
  while (position < unescaped.length) {
    const start = unescaped.indexOf('@{', position);
    if (start < 0) {
      return result + unescaped.slice(position);
    }
    if (unescaped[start - 1] === '@') {
      result += `${unescaped.slice(position, start - 1)}@{`;
      position = start + 2;
      continue;
    }
    const { node, end } = new Parser(unescaped, start + 2).parsePrefix();
    if (unescaped[end] !== '}') {
      throw new ExpressionFailure(`expected } at ${end} in ${unescaped}`);
    }
    result += unescaped.slice(position, start) + textOf(evaluate(node, context));
    position = end + 1;
  }
  return result;
}

const parsed = new Map<string, Node>();

/** Evaluates an expression without its leading `@`. */
export function evaluateExpression(text: string, context: ExpressionContext): Json {
  let node = parsed.get(text);
  if (node === undefined) {
    if (text.length > 8192) {
      throw new ExpressionFailure(`expression of ${text.length} characters`);
    }
    const result = new Parser(text, 0).parsePrefix();
    if (result.end !== text.length) {
      throw new ExpressionFailure(`unexpected text at ${result.end} in ${text}`);
    }
    node = result.node;
    parsed.set(text, node);
  }
  return evaluate(node, context);
}

function evaluate(node: Node, context: ExpressionContext): Json {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'index':
      return elementOf(evaluate(node.of, context), evaluate(node.key, context));
    case 'call':
      return evaluateCall(node.name, node.parameters, context);
    default:
      return node satisfies never;
  }
}

function elementOf(parent: Json, key: Json): Json {
  if (parent === null) {
    return null;
  }
  if (Array.isArray(parent) && typeof key === 'number') {
    return parent[key] ?? null;
  }
  if (typeof parent === 'object' && !Array.isArray(parent) && typeof key === 'string') {
    const own = Object.keys(parent).find((name) => name.toLowerCase() === key.toLowerCase());
    return own === undefined ? null : (parent[own] ?? null);
  }
  throw new ExpressionFailure(`${JSON.stringify(key)} cannot be selected from ${JSON.stringify(parent)?.slice(0, 80)}`);
}

const contextFunctions = ['body', 'outputs', 'variables', 'parameters', 'items', 'triggerBody', 'workflow'];

function evaluateCall(name: string, parameters: readonly Node[], context: ExpressionContext): Json {
  if (contextFunctions.includes(name)) {
    const [first] = parameters.map((parameter) => text(evaluate(parameter, context)));
    return context.lookUp(name, first);
  }
  if (name === 'item') {
    if (context.item === undefined) {
      throw new ExpressionFailure('item() outside of a list');
    }
    return context.item;
  }
  const thunks = parameters.map((parameter) => () => evaluate(parameter, context));
  const lazy = lazyFunctions[name];
  if (lazy !== undefined) {
    if (context.evaluation === 'eager') {
      const values = thunks.map((thunk) => thunk());
      return lazy(values.map((value) => () => value));
    }
    return lazy(thunks);
  }
  const strict = strictFunctions[name];
  if (strict === undefined) {
    throw new ExpressionFailure(`unknown function ${name}`);
  }
  return strict(
    thunks.map((thunk) => thunk()),
    context,
  );
}

type Thunk = () => Json;

const lazyFunctions: { readonly [name: string]: ((parameters: readonly Thunk[]) => Json) | undefined } = {
  and: (parameters) => parameters.every((parameter) => truth(parameter())),
  or: (parameters) => parameters.some((parameter) => truth(parameter())),
  if: ([condition, yes, no]) => (truth(call(condition)) ? call(yes) : call(no)),
  coalesce: (parameters) => {
    for (const parameter of parameters) {
      const value = parameter();
      if (value !== null) {
        return value;
      }
    }
    return null;
  },
};

function call(thunk: Thunk | undefined): Json {
  if (thunk === undefined) {
    throw new ExpressionFailure('a parameter is missing');
  }
  return thunk();
}

type StrictFunction = (parameters: readonly Json[], context: ExpressionContext) => Json;

const strictFunctions: { readonly [name: string]: StrictFunction | undefined } = {
  concat: (parameters) => parameters.map((parameter) => text(parameter)).join(''),
  toLower: ([value]) => text(value).toLowerCase(),
  trim: ([value]) => text(value).trim(),
  replace: ([value, old, by]) => {
    if (old === '') {
      throw new ExpressionFailure('replace: the text to replace is empty');
    }
    return text(value).replaceAll(text(old), () => text(by));
  },
  split: ([value, delimiter]) => text(value).split(text(delimiter)),
  startsWith: ([value, start]) => text(value).toLowerCase().startsWith(text(start).toLowerCase()),
  endsWith: ([value, end]) => text(value).toLowerCase().endsWith(text(end).toLowerCase()),
  indexOf: ([value, part]) => text(value).toLowerCase().indexOf(text(part).toLowerCase()),
  substring: ([value, start, count]) => {
    const [from, size, whole] = [integer(start), integer(count), text(value)];
    if (from < 0 || size < 0 || from + size > whole.length) {
      throw new ExpressionFailure(`substring(${JSON.stringify(whole)}, ${from}, ${size}) is out of range`);
    }
    return whole.slice(from, from + size);
  },
  length: ([value]) => (typeof value === 'string' ? value.length : list(value).length),
  empty: ([value]) => (typeof value === 'string' ? value.length : list(value).length) === 0,
  contains: ([value, sought]) =>
    typeof value === 'string'
      ? value.includes(text(sought))
      : list(value).some((element) => isDeepStrictEqual(element, sought)),
  join: ([value, delimiter]) => list(value).map(text).join(text(delimiter)),
  take: ([value, count]) => list(value).slice(0, integer(count)),
  first: ([value]) => end(value, 0),
  last: ([value]) => end(value, -1),
  range: ([start, count]) => {
    if (integer(count) < 1 || integer(count) > 100_000) {
      throw new ExpressionFailure('range: the count is 1 to 100,000');
    }
    return Array.from({ length: integer(count) }, (_, index) => integer(start) + index);
  },
  union: (parameters) => distinct(parameters.flatMap(list)),
  intersection: ([left, right]) => {
    const others = new Set(list(right).map((value) => JSON.stringify(value)));
    return distinct(list(left).filter((value) => others.has(JSON.stringify(value))));
  },
  createArray: (parameters) => [...parameters],
  not: ([value]) => !truth(value),
  equals: ([left, right]) => isDeepStrictEqual(left, right),
  greater: ([left, right]) => integer(left) > integer(right),
  greaterOrEquals: ([left, right]) => integer(left) >= integer(right),
  lessOrEquals: ([left, right]) => integer(left) <= integer(right),
  string: ([value]) => textOf(value ?? null),
  int: ([value]) => {
    if (!/^-?\d+$/.test(text(value))) {
      throw new ExpressionFailure(`int(${JSON.stringify(value)})`);
    }
    return Number(value);
  },
  json: ([value]) => JSON.parse(text(value)) as Json,
  uriComponent: ([value]) => encodeURIComponent(text(value)),
  add: ([left, right]) => integer(left) + integer(right),
  sub: ([left, right]) => integer(left) - integer(right),
  mul: ([left, right]) => integer(left) * integer(right),
  div: ([left, right]) => Math.trunc(integer(left) / integer(right)),
  mod: ([left, right]) => integer(left) % integer(right),
  min: (parameters) => Math.min(...parameters.map(integer)),
  max: (parameters) => Math.max(...parameters.map(integer)),
  utcNow: ([format], { now }) => formatted(new Date(now), format),
  addHours: ([timestamp, hours, format]) =>
    formatted(new Date(Date.parse(text(timestamp)) + integer(hours) * 3_600_000), format),
  setProperty: ([object, name, value]) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      throw new ExpressionFailure('setProperty: not an object');
    }
    return { ...object, [text(name)]: value ?? null };
  },
};

function formatted(date: Date, format: Json | undefined): string {
  if (format !== 'yyyy-MM-ddTHH:mm:ssZ') {
    throw new ExpressionFailure(`unknown date format ${JSON.stringify(format)}`);
  }
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function end(value: Json | undefined, index: 0 | -1): Json {
  const element = list(value).at(index);
  if (element === undefined) {
    throw new ExpressionFailure('first or last of an empty list');
  }
  return element;
}

function distinct(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

export function text(value: Json | undefined): string {
  if (typeof value !== 'string') {
    throw new ExpressionFailure(`${JSON.stringify(value)} is not a string`);
  }
  return value;
}

/** How a value becomes text inside of `@{…}` and in string(). */
function textOf(value: Json): string {
  if (typeof value === 'string') {
    return value;
  }
  return value === null ? '' : typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);
}

function integer(value: Json | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new ExpressionFailure(`${JSON.stringify(value)} is not an integer`);
  }
  return value;
}

function truth(value: Json | undefined): boolean {
  if (typeof value !== 'boolean') {
    throw new ExpressionFailure(`${JSON.stringify(value)} is not a boolean`);
  }
  return value;
}

export function list(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) {
    throw new ExpressionFailure(`${JSON.stringify(value)?.slice(0, 80)} is not a list`);
  }
  return value;
}

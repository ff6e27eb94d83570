import { type DynamicValue, isArray, isBag } from '../values/dynamic.ts';

/**
 * The keys and indices of a JSONPath such as `$.a['b c'][0]`; undefined where the text is no path of the subset that
 * KQL knows (no wildcards, recursion, unions or slices).
 */
export function parseJsonPath(path: string): readonly (string | number)[] | undefined {
  const step = /\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(-?\d+)\]/y;
  const steps: (string | number)[] = [];
  let at = path.startsWith('$') ? 1 : undefined;
  while (at !== undefined && at < path.length) {
    step.lastIndex = at;
    const match = step.exec(path);
    if (match === null) return undefined;
    const [, member, single, double, index] = match;
    const quoted = single ?? double;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(member ?? (quoted as string).replace(/\\(.)/g, '$1'));
    at = step.lastIndex;
  }
  return at === undefined ? undefined : steps;
}

/** A key of bag_has_key() and its like: a JSONPath where it starts with `$`, else the key itself. */
export const keyPath = (key: string): readonly (string | number)[] =>
  (key.startsWith('$') ? parseJsonPath(key) : undefined) ?? [key];

/** The value at a path; undefined where it leads nowhere. */
export function followPath(value: DynamicValue, steps: readonly (string | number)[]): DynamicValue | undefined {
  let current: DynamicValue | undefined = value;
  for (const step of steps) {
    if (typeof step === 'number') current = isArray(current) ? current.at(step) : undefined;
    else current = isBag(current) ? current.get(step) : undefined;
    if (current === undefined) return undefined;
  }
  return current;
}

import type { Plan } from './plan.ts';
import { expressionsOf, inputsOf, subqueriesOf } from './walk-plan.ts';

const known = new WeakMap<Plan, ReadonlySet<object>>();
const none: ReadonlySet<object> = new Set();

/** The rows of mv-apply and partition around a plan that it reads; a plan that reads none is the same for each of them. */
export function boundKeysOf(plan: Plan): ReadonlySet<object> {
  const found = known.get(plan);
  if (found !== undefined) return found;
  const keys = readKeys(plan);
  known.set(plan, keys);
  return keys;
}

function readKeys(plan: Plan): ReadonlySet<object> {
  if (plan.operator === 'bound-input') return new Set([plan.key]);
  const parts = [...inputsOf(plan), ...expressionsOf(plan).flatMap(subqueriesOf)].map(boundKeysOf);
  const read = parts.filter(({ size }) => size > 0);
  if (read.length === 0) return none;
  const own: ReadonlySet<object> = new Set(
    plan.operator === 'mv-apply'
      ? [plan.inputKey, plan.expandKey]
      : plan.operator === 'partition'
        ? [plan.inputKey]
        : [],
  );
  return new Set(read.flatMap((keys) => [...keys].filter((key) => !own.has(key))));
}

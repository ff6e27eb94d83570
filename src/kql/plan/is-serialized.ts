import type { Plan } from './plan.ts';

/**
 * Whether a plan's rows have an order that window functions may read: those of sort, top, range, print and serialize
 * have, and the operators that handle rows one by one keep it (window-functions page, "Serialized row set").
 */
export function isSerialized(plan: Plan): boolean {
  switch (plan.operator) {
    case 'sort':
    case 'top':
    case 'range':
    case 'print':
    case 'scan':
      return true;
    case 'extend':
      return plan.serializes || isSerialized(plan.input);
    case 'project':
    case 'where':
    case 'take':
    case 'mv-expand':
    case 'parse':
    case 'parse-kv':
    case 'materialize':
    case 'render':
      return isSerialized(plan.input);
    default:
      return false;
  }
}

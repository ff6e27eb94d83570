import type { Plan } from './plan.ts';

/**
 * Whether a plan gives no rows where none of the catalog's tables has any: then a run over an empty window need not be
 * computed to be known. False where the plan would have to be run to tell.
 */
export function yieldsNothingFromEmptyTables(plan: Plan): boolean {
  switch (plan.operator) {
    case 'table':
      return true;
    case 'rows':
      return plan.batch.rowCount === 0;
    case 'summarize':
      return plan.keys.length > 0 && yieldsNothingFromEmptyTables(plan.input);
    case 'make-series':
      return plan.keys.length > 0 && !plan.nonEmpty && yieldsNothingFromEmptyTables(plan.input);
    case 'where':
    case 'extend':
    case 'project':
    case 'take':
    case 'sort':
    case 'top':
    case 'mv-expand':
    case 'mv-apply':
    case 'materialize':
    case 'parse':
    case 'parse-kv':
    case 'partition':
    case 'sample':
    case 'render':
    case 'scan':
    case 'top-nested':
      return yieldsNothingFromEmptyTables(plan.input);
    case 'join':
      return joinYieldsNothing(plan);
    case 'union':
      return plan.inputs.every((input) => yieldsNothingFromEmptyTables(input.plan));
    default:
      return false;
  }
}

function joinYieldsNothing({ kind, left, right }: Extract<Plan, { operator: 'join' }>): boolean {
  const leftIsEmpty = yieldsNothingFromEmptyTables(left);
  const rightIsEmpty = yieldsNothingFromEmptyTables(right);
  switch (kind) {
    case 'inner':
    case 'innerunique':
    case 'leftsemi':
    case 'rightsemi':
      return leftIsEmpty || rightIsEmpty;
    case 'leftouter':
    case 'leftanti':
      return leftIsEmpty;
    case 'rightouter':
    case 'rightanti':
      return rightIsEmpty;
    case 'fullouter':
      return leftIsEmpty && rightIsEmpty;
    default:
      return kind satisfies never;
  }
}

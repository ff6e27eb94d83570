import { type BridgeColumn, type BridgeType, type KustoLanguage, listItems } from './language-service.ts';

/** The operators that write their columns over those of the same names, and that the binder only appends columns for. */
const operators = ['VisitParseOperator', 'VisitParseWhereOperator', 'VisitParseKvOperator'] as const;

/**
 * Makes `parse … with * "Status=" Status` write over a column Status, as in the service. The binder has two columns of that
 * name then: it takes the older one's type for the name, and calls the other Status1 later. There is no other way into it
 * than its methods.
 */
export function replaceParsedColumns({ Binding }: KustoLanguage): void {
  const binders = Binding.Binder.NodeBinder.prototype;
  for (const operator of operators) {
    const bind = binders[operator];
    binders[operator] = function replacing(node) {
      const info = bind.call(this, node);
      if (info?.ResultType != null) info.ResultType = lastOfEachName(info.ResultType);
      return info;
    };
  }
}

/** The columns in the places of the first of each name, as the last of each name. */
function lastOfEachName(type: BridgeType): BridgeType {
  const columns = listItems(type.Columns);
  const byName = new Map<string, BridgeColumn>();
  for (const column of columns) byName.set(column.Name, column);
  if (byName.size === columns.length || type.WithColumns === undefined) return type;
  return type.WithColumns([...byName.values()]);
}

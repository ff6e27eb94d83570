import type { ColumnDefinition, ColumnType } from '../../kql/index.ts';
import type { Check, DynamicProperty, RuleFile } from '../check.ts';
import type { KeyPath } from '../content-file.ts';
import { type Issue, issue } from '../issue.ts';

/** Every column that a rule names is in its query's result, and of a type that serves the purpose. */
export const ruleColumns: Check = {
  name: 'rule columns',
  run: ({ rules }) => rules.flatMap((file) => columnIssues(file, file.query.columns)),
};

type Use = {
  readonly column: string;
  readonly keys: KeyPath;
  /** What the column is used for, and the types that it may have; absent where every type will do. */
  readonly purpose: string;
  readonly types?: readonly ColumnType[];
};

/** Sentinel compares identifiers as text; whole numbers have one form only, other values do not. */
const identifierTypes: readonly ColumnType[] = ['string', 'guid', 'int', 'long'];

/** A value that is no number is left out of the alert. */
const scoreTypes: readonly ColumnType[] = ['int', 'long', 'real', 'decimal'];

function columnIssues(file: RuleFile, columns: readonly ColumnDefinition[] | undefined): readonly Issue[] {
  if (columns === undefined) return [];
  return usesOf(file).flatMap((use) => {
    const found = columns.find(({ name }) => name === use.column);
    if (found === undefined) return [missing(file, use, columns)];
    return use.types === undefined || use.types.includes(found.type) ? [] : [misfit(file, use, found.type)];
  });
}

function usesOf({ rule }: RuleFile): readonly Use[] {
  const entities = rule.entityMappings.flatMap(({ entityType, fieldMappings }, mapping) =>
    fieldMappings.map(({ identifier, columnName }, field) => ({
      column: columnName,
      keys: ['entityMappings', mapping, 'fieldMappings', field, 'columnName'],
      purpose: `${identifier} of an entity of type ${entityType}`,
      types: identifierTypes,
    })),
  );
  const details = Object.entries(rule.customDetails ?? {}).map(([detail, column]) => ({
    column,
    keys: ['customDetails', detail],
    purpose: `the custom detail ${detail}`,
  }));
  const overrides = Object.entries(rule.alertDetailsOverride ?? {}).flatMap(([key, value]) => overrideUses(key, value));
  return [...entities, ...details, ...overrides];
}

function overrideUses(key: string, value: string | readonly DynamicProperty[]): readonly Use[] {
  const keys = ['alertDetailsOverride', key];
  if (typeof value !== 'string') {
    return value.map(({ alertProperty, value: column }, index) => ({
      column,
      keys: [...keys, index, 'value'],
      purpose: `the alert's ${alertProperty}`,
      ...(alertProperty === 'ConfidenceScore' ? { types: scoreTypes } : {}),
    }));
  }
  if (key.endsWith('ColumnName')) return [{ column: value, keys, purpose: `the alert's ${key}`, types: ['string'] }];
  return [...value.matchAll(/\{\{(\w+)\}\}/g)].map(([, column = '']) => ({
    column,
    keys,
    purpose: `a placeholder of ${key}`,
  }));
}

function missing(file: RuleFile, { column, keys, purpose }: Use, columns: readonly ColumnDefinition[]): Issue {
  const similar = columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())?.name;
  const hint =
    similar === undefined
      ? `The query yields ${columns.map(({ name }) => name).join(', ')}.`
      : `Names are told apart by case: the query yields ${similar}.`;
  return issue('rule-column', file.placeOf(keys), `the query does not yield ${column}, ${purpose}`, hint);
}

function misfit(file: RuleFile, { column, keys, purpose, types = [] }: Use, type: ColumnType): Issue {
  const hint =
    type === 'dynamic'
      ? 'An array or bag is no single value: expand it with mv-expand, or take one value of it with tostring().'
      : `Make it ${types.join(' or ')}.`;
  return issue('rule-column-type', file.placeOf(keys), `${column} is ${purpose}, but of type ${type}`, hint);
}

import { batchOf, type Catalog, type ColumnDefinition, createMemoryTable } from '../../src/kql/index.ts';
import type { JudgedMutant, MutantFate } from '../../src/mutate/mutant.ts';

const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Address', type: 'string' },
  { name: 'Host', type: 'string' },
  { name: 'Bytes', type: 'long' },
  { name: 'Rate', type: 'real' },
];

/** Two tables, Requests and Denials, of the same columns and without rows. */
export const catalog: Catalog = {
  tables: new Map(['Requests', 'Denials'].map((name) => [name, createMemoryTable(batchOf(columns, []))])),
};

/** The YAML of a small rule around a query. */
export const ruleAround = (query: string, more = ''): string => `id: 11111111-2222-4333-8444-555555555555
name: Many requests of one address
description: Counts.
severity: Medium
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
query: |
${query
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
${more}version: 1.0.0
kind: Scheduled
`;

/** A mutant of line 3 with a fate. */
export const mutantWith = (fate: MutantFate, more: Partial<JudgedMutant> = {}): JudgedMutant => ({
  mutation: 'comparison-flipped',
  line: 3,
  column: 9,
  original: 'Calls >= 3',
  replacement: 'Calls > 3',
  occurrence: 1,
  ruleText: 'not shown',
  fate,
  ...more,
});

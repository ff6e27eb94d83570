import { printable } from '../replay/printable.ts';
import { formatTextTable, type TextColumn } from '../replay/text-table.ts';
import type { JudgedMutant, Mutant } from './mutant.ts';
import type { MutateError } from './mutate-error.ts';
import {
  countAll,
  countMutants,
  type Mutated,
  type MutationCounts,
  type RuleMutations,
  rulesBelow,
} from './mutation-report.ts';

const columns: readonly TextColumn[] = [
  { title: 'rule', align: 'left' },
  { title: 'mutants', align: 'right' },
  { title: 'killed', align: 'right' },
  { title: 'survived', align: 'right' },
  { title: 'equivalent', align: 'right' },
  { title: 'invalid', align: 'right' },
  { title: 'score', align: 'right' },
];

/** The outcome for a terminal: a line for each rule, each survivor with its place in the rule's file, what went wrong. */
export function formatMutations({ rules, problems }: Mutated, minimum: number): string {
  const rows = rules.map(({ slug, mutants }) => countCells(slug, countMutants(mutants)));
  const total = rules.length > 1 ? [countCells('total', countAll(rules))] : [];
  const survivors = rules.flatMap((rule) =>
    rule.mutants.filter(({ fate }) => fate.status === 'survived').map((mutant) => formatSurvivor(rule, mutant)),
  );
  const below = rulesBelow(rules, minimum).map(({ slug }) => slug);
  return [
    ...(rows.length === 0 ? [] : [formatTextTable(columns, [...rows, ...total])]),
    ...(survivors.length === 0 ? [] : ['No scenario tells these mutants from their rule:', ...survivors]),
    ...(below.length === 0 ? [] : [`Below ${formatScore(minimum)}: ${below.join(', ')}. ${whatToDo}`]),
    ...(problems.length === 0 ? [] : [problems.map(formatProblem).join('\n')]),
  ]
    .join('\n\n')
    .concat('\n');
}

function formatProblem({ file, line, message, hint }: MutateError): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return `${place === '' ? '' : `${place}: `}error: ${printable(message)}\n    ${hint}`;
}

const whatToDo =
  'Write a scenario that fails on the mutant, or declare it in equivalent-mutants.yaml beside the scenarios and say why.';

const countCells = (name: string, counts: MutationCounts): readonly string[] => [
  name,
  ...[counts.mutants, counts.killed, counts.survived, counts.equivalent, counts.invalid].map(String),
  formatScore(counts.score),
];

/** Rounded down, so that 94.96 does not read as the 95.0 that it has not reached. */
const formatScore = (score: number): string => `${(Math.floor(score * 10 + 1e-9) / 10).toFixed(1)} %`;

/** `rule.yaml:58:15: threshold-plus-one`, the line with a mark under what changes, and the change. */
function formatSurvivor({ file, text }: RuleMutations, mutant: JudgedMutant): string {
  const { line, column, mutation, original, fate } = mutant;
  const source = printable((text.split('\n')[line - 1] ?? '').trimEnd());
  const width = Math.max(1, Math.min(original.length, source.length - column + 1));
  const gutter = `  ${line} | `;
  return [
    `${file}:${line}:${column}: ${mutation}`,
    gutter + source,
    `${' '.repeat(gutter.length + column - 1)}${'^'.repeat(width)}`,
    `  ${describeChange(mutant)}`,
    ...(fate.status === 'survived' && fate.reason !== undefined ? [`  ${printable(fate.reason)}`] : []),
  ].join('\n');
}

/** `Calls >= 200  →  Calls > 200`, with the number of the place where the text is changed in several. */
function describeChange({ original, replacement, occurrence }: Mutant): string {
  const place = occurrence === 1 ? '' : `  (occurrence ${occurrence})`;
  return `${printable(original)}  →  ${replacement === '' ? '(left out)' : printable(replacement)}${place}`;
}

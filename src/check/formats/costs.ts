import type { RuleCost } from '../rule-costs.ts';

/** For people: what each rule reads, the most first. */
export function formatCosts(costs: readonly RuleCost[], basis: string): string {
  const header = ['rule', 'runs a day', 'rows a run', 'values a run', 'values a day'];
  const rows = costs
    .toSorted((first, second) => second.valuesADay - first.valuesADay || (first.path < second.path ? -1 : 1))
    .map(({ path, runsADay, rowsARun, valuesARun, valuesADay }) => [
      path,
      ...[runsADay, rowsARun, valuesARun, valuesADay].map(groupDigits),
    ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return `\nWhat the rules read, ${basis}:\n\n${lines.map((line) => `${line.trimEnd()}\n`).join('')}`;
}

/** `14,048,611`, whatever the language of the machine. */
const groupDigits = (count: number): string => String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');

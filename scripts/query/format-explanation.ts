import type { ExplainedOperator, Explanation } from '../../src/kql/index.ts';
import { cutToWidth, displayWidth } from './display-width.ts';
import { printable } from './printable.ts';

type Line = { readonly text: string; readonly figures: readonly string[] };

const FIGURE_WIDTH = 12;

/** The plan as a tree, an operator a line: what it does, the rows that it handed on, and its own time. */
export function formatExplanation({ plans }: Pick<Explanation, 'plans'>, width: number): string {
  const lines = plans.flatMap((plan) => treeLines(plan, '', ''));
  const head: Line = { text: 'operator', figures: ['rows', 'time'] };
  const totalMs = plans.reduce((sum, plan) => sum + timeOf(plan), 0);
  const foot: Line = { text: 'all', figures: ['', formatMs(totalMs)] };
  const textWidth = Math.max(20, width - 2 * (FIGURE_WIDTH + 1));
  const widest = [head, ...lines, foot].reduce((most, { text }) => Math.max(most, displayWidth(text)), 0);
  return [head, ...lines, foot].map((line) => formatLine(line, Math.min(widest, textWidth))).join('\n');
}

function formatLine({ text, figures }: Line, textWidth: number): string {
  const cut = cutToWidth(text, textWidth);
  const padded = cut + ' '.repeat(Math.max(0, textWidth - displayWidth(cut)));
  return [padded, ...figures.map((figure) => figure.padStart(FIGURE_WIDTH))].join(' ').trimEnd();
}

function treeLines(plan: ExplainedOperator, first: string, rest: string): readonly Line[] {
  const times = plan.runs > 1 && !plan.isShared ? `  ×${plan.runs.toLocaleString('en-US')}` : '';
  const parts = [
    ...plan.inputs.map((operator) => ({ operator, mark: '' })),
    ...plan.subqueries.map((operator) => ({ operator, mark: 'subquery: ' })),
  ];
  const inner = parts.flatMap(({ operator, mark }, index) => {
    const isLast = index === parts.length - 1;
    return treeLines(operator, `${rest}${isLast ? '└─ ' : '├─ '}${mark}`, `${rest}${isLast ? '   ' : '│  '}`);
  });
  return [
    { text: `${first}${plan.operator} ${printable(plan.detail)}`.trimEnd() + times, figures: figuresOf(plan) },
    ...inner,
  ];
}

function figuresOf(plan: ExplainedOperator): readonly string[] {
  if (plan.isShared) return ['', 'as above'];
  if (plan.runs === 0) return ['', 'not run'];
  return [plan.rowCount.toLocaleString('en-US'), formatMs(plan.ownMs)];
}

const formatMs = (ms: number): string => `${ms < 100 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en-US')} ms`;

const timeOf = (plan: ExplainedOperator): number =>
  plan.isShared ? 0 : [...plan.inputs, ...plan.subqueries].reduce((sum, inner) => sum + timeOf(inner), plan.ownMs);

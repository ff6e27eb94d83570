import type { Issue } from '../issue.ts';
import type { CheckReport } from '../run-checks.ts';

/** For people: a block per file, then what it comes to. */
export function formatText({ issues, fileCount, ruleCount }: CheckReport): string {
  const paths = [...new Set(issues.map(({ path }) => path))];
  const blocks = paths.map((path) => {
    const lines = issues.filter((issue) => issue.path === path).map(describe);
    return `${path}\n${lines.join('\n')}\n`;
  });
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const checked = `${fileCount} files checked, ${ruleCount} rules among them`;
  return `${[...blocks, `${checked}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`].join('\n')}\n`;
}

function describe({ line, column, severity, code, message, hint }: Issue): string {
  const where = line === undefined ? '' : column === undefined ? `${line}` : `${line}:${column}`;
  return `  ${where.padStart(6)}  ${severity.padEnd(7)}  ${code.padEnd(21)}  ${message}\n          ${hint}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import type { CheckReport } from '../run-checks.ts';

/** For programs: the report as it is. */
export function formatJson(report: CheckReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

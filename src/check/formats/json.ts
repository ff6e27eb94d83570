import type { CheckReport } from '../run-checks.ts';

/** For programs: the report as it is, without the record of releases, which is a file of its own. */
export function formatJson({ releasedVersions: _record, ...report }: CheckReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

import { type Issue, type IssueCode, issueKinds } from '../issue.ts';
import type { CheckReport } from '../run-checks.ts';

/** JUnit XML: each code is a test case, and each issue of it a failure, so that a pipeline counts what passed too. */
export function formatJunit({ issues }: CheckReport): string {
  const codes = Object.keys(issueKinds) as IssueCode[];
  const failed = codes.filter((code) => issues.some((issue) => issue.code === code)).length;
  const cases = codes.map((code) =>
    testCase(
      code,
      issues.filter((issue) => issue.code === code),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${codes.length}" failures="${failed}">`,
    `  <testsuite name="pack check" tests="${codes.length}" failures="${failed}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(code: IssueCode, issues: readonly Issue[]): string {
  const name = `name="${escapeXml(issueKinds[code].title)}" classname="${code}"`;
  if (issues.length === 0) {
    return `    <testcase ${name}/>`;
  }
  const text = issues.map(({ path, line, message, hint }) => `${path}:${line ?? 1}: ${message}. ${hint}`).join('\n');
  const summary = `${issues.length} found`;
  return [
    `    <testcase ${name}>`,
    `      <failure message="${summary}" type="${code}">${escapeXml(text)}</failure>`,
    '    </testcase>',
  ].join('\n');
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // XML has no way to write most control characters and no half surrogates, not even escaped.
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => ('\t\n\r'.includes(character) ? character : '\ufffd'))
    .replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

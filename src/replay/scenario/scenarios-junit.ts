import { printable } from '../printable.ts';
import { formatFailure } from './format-scenarios.ts';
import type { ScenarioResult } from './scenario-result.ts';

/** The results as JUnit XML: a suite for each rule, a test case for each scenario; broken scenarios are errors. */
export function formatScenariosJunit(results: readonly ScenarioResult[]): string {
  const rules = [...new Set(results.map(({ rule }) => rule))];
  const suites = rules.map((rule) =>
    formatSuite(
      rule,
      results.filter((result) => result.rule === rule),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pack test" ${counts(results)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(results: readonly ScenarioResult[]): string {
  const count = (status: ScenarioResult['status']): number =>
    results.filter((result) => result.status === status).length;
  return `tests="${results.length}" failures="${count('failed')}" errors="${count('broken')}"`;
}

function formatSuite(rule: string, results: readonly ScenarioResult[]): string {
  const cases = results.map((result) => {
    const open = `    <testcase classname="${escapeXml(rule)}" name="${escapeXml(result.name)}" file="${escapeXml(result.file)}"`;
    if (result.status === 'passed') return `${open}/>`;
    const tag = result.status === 'failed' ? 'failure' : 'error';
    const text = escapeXml(formatFailure(result));
    return `${open}>\n      <${tag} message="${escapeXml(messageOf(result))}">${text}</${tag}>\n    </testcase>`;
  });
  return [`  <testsuite name="${escapeXml(rule)}" ${counts(results)}>`, ...cases, '  </testsuite>'].join('\n');
}

function messageOf(result: ScenarioResult): string {
  if (result.status === 'broken') return result.problem.message;
  if (result.problems[0] !== undefined) return result.problems[0].message;
  const differences = [...result.alertDifferences, ...result.incidentDifferences];
  return differences.map(({ kind }) => kind).join(', ');
}

/** Control characters have no place in XML 1.0, and logs may hold them; line breaks stay. */
const escapeXml = (text: string): string =>
  text
    .split('\n')
    .map(printable)
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

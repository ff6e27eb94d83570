import { type Issue, issueKinds } from '../issue.ts';
import type { CheckReport } from '../run-checks.ts';

/** SARIF 2.1.0 (docs.oasis-open.org/sarif), which code scanning shows beside the changed lines. */
export function formatSarif({ issues }: CheckReport): string {
  const rules = Object.entries(issueKinds).map(([id, { severity, title }]) => ({
    id,
    shortDescription: { text: title },
    defaultConfiguration: { level: severity },
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sentinel-api-pack', rules } },
        results: issues.map((issue) =>
          sarifResult(
            issue,
            rules.findIndex(({ id }) => id === issue.code),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function sarifResult({ code, severity, path, line, column, message, hint }: Issue, ruleIndex: number): object {
  const start = { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  const region = line === undefined ? {} : { region: start };
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: `${message}. ${hint}` },
    // A path is a URI reference here; only unusual names need escaping.
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(path) }, ...region } }],
  };
}

import { strict as assert } from 'node:assert';
import { parse, stringify } from 'yaml';
import type { SourceText } from '../../src/check/content-file.ts';
import type { Issue, IssueCode } from '../../src/check/issue.ts';
import { runChecks } from '../../src/check/run-checks.ts';
import { definitions } from '../../src/content/index.ts';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { generatePack } from '../../src/emit/generate-pack.ts';

export type Json = Record<string, unknown>;

/** The pack as it is generated: what every test changes one thing of. */
export const pack: readonly SourceText[] = generatePack(definitions, defaultPackConfig);

const rulePath = 'analytics-rules/api-traffic-population-spike.yaml';

function textAt(path: string): string {
  const found = pack.find((file) => file.path === path);
  if (found === undefined) {
    throw new Error(`${path} is not generated`);
  }
  return found.text;
}

/** What is reported about a rule after a change of its fields; the other rules of the pack are not there. */
export async function issuesOfRule(change: (rule: Json) => void): Promise<readonly Issue[]> {
  const rule = parse(textAt(rulePath)) as Json;
  change(rule);
  return issuesOf({ path: rulePath, text: stringify(rule) });
}

/**
 * The messages of one code about a scheduled rule (hourly, over the last 80 minutes) with the query; what its mappings
 * miss in the query's result is reported under other codes.
 */
export async function messagesOfQuery(code: IssueCode, query: string, fields: Json = {}): Promise<readonly string[]> {
  const issues = await issuesOfRule((rule) => {
    Object.assign(rule, { queryFrequency: '1h', queryPeriod: '80m', query, ...fields });
  });
  assert.deepEqual(
    issues.filter((found) => found.code === 'schema-shape' || found.code === 'file-syntax'),
    [],
  );
  return issues.filter((found) => found.code === code).map(({ message }) => message);
}

/** What is reported about a generated JSON file after a change. */
export async function issuesOfJson(path: string, change: (value: Json) => void): Promise<readonly Issue[]> {
  const value = JSON.parse(textAt(path)) as Json;
  change(value);
  return issuesOf({ path, text: JSON.stringify(value, null, 2) });
}

export async function issuesOf(...sources: readonly SourceText[]): Promise<readonly Issue[]> {
  return (await runChecks(sources)).issues;
}

/** Codes and messages, for assertions that a person can read. */
export const brief = (issues: readonly Issue[]): readonly string[] =>
  issues.map(({ code, message }) => `${code}: ${message}`);

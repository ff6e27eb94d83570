import { KqlError } from '../../kql-error.ts';
import { formatDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { browserPatterns, devicePatterns, type NamePattern, SPIDER, systemPatterns } from '../user-agent-patterns.ts';

const OTHER = 'Other';
const VERSION_NAMES = ['MajorVersion', 'MinorVersion', 'Patch', 'PatchMinor'] as const;

/** The family and its versions; browsers have three of them, operating systems four. */
function identify(agent: string, patterns: readonly NamePattern[], versionCount: number): DynamicValue {
  for (const { pattern, family, versions } of patterns) {
    const match = pattern.exec(agent);
    if (match === null) continue;
    const found = versions ?? match.slice(2);
    return described(family ?? match[1] ?? OTHER, found, versionCount);
  }
  return described(OTHER, [], versionCount);
}

const described = (family: string, versions: readonly (string | undefined)[], count: number): DynamicValue =>
  new Map([
    ['Family', family],
    ...VERSION_NAMES.slice(0, count).map((name, index) => [name, versions[index] ?? ''] as const),
  ]);

const device = (family: string, brand: string, model: string): DynamicValue =>
  new Map([
    ['Family', family],
    ['Brand', brand],
    ['Model', model],
  ]);

function identifyDevice(agent: string): DynamicValue {
  if (SPIDER.test(agent)) return device('Spider', 'Spider', 'Desktop');
  for (const { pattern, brand, model } of devicePatterns) {
    const match = pattern.exec(agent);
    if (match === null) continue;
    if (model !== undefined) return device(brand === 'Generic' ? `Generic ${model}` : model, brand, model);
    const named = match[1] as string;
    return device(brand === 'Google' ? named : `${brand} ${named}`, brand, named);
  }
  return device(OTHER, '', '');
}

const targets: Readonly<Record<string, { readonly key: string; readonly read: (agent: string) => DynamicValue }>> = {
  browser: { key: 'Browser', read: (agent) => identify(agent, browserPatterns, 3) },
  os: { key: 'OperatingSystem', read: (agent) => identify(agent, systemPatterns, 4) },
  device: { key: 'Device', read: identifyDevice },
};

/** A user agent is cut here: the patterns look for a `.*` tail, and the text is an attacker's. */
const MAX_AGENT_LENGTH = 1024;

function parseUserAgent(agent: string, lookFor: DynamicValue = ['browser', 'os', 'device']): DynamicValue {
  const names = (isArray(lookFor) ? lookFor : [lookFor]).map(formatDynamic);
  const text = agent.slice(0, MAX_AGENT_LENGTH);
  const result = new Map<string, DynamicValue>();
  for (const name of names) {
    const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
    if (target === undefined) {
      throw new KqlError('evaluation', `parse_user_agent() cannot look for '${name}'`, {
        hint: 'it looks for "browser", "os" and "device"',
      });
    }
    result.set(target.key, target.read(text));
  }
  return result;
}

export const userAgents: readonly ScalarFunction[] = [
  {
    name: 'parse_user_agent',
    signature: 'parse_user_agent(user_agent: string [, look_for: string | dynamic]): dynamic',
    summary: 'The browser, operating system and device that a user agent names; rare ones are `Other`.',
    page: 'parse-user-agent-function',
    overloads: [
      { parameters: ['string', 'dynamic'], optional: 1, returns: 'dynamic', evaluate: parseUserAgent },
      {
        parameters: ['string', 'string'],
        returns: 'dynamic',
        evaluate: (agent: string, lookFor: string) => parseUserAgent(agent, lookFor),
      },
    ],
  },
];

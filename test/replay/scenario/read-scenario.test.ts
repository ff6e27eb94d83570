import assert from 'node:assert/strict';
import { defaultAssumptions } from '../../../src/replay/assumptions.ts';
import { ReplayError } from '../../../src/replay/replay-error.ts';
import { readScenario } from '../../../src/replay/scenario/read-scenario.ts';
import { at, MINUTE_MS } from '../fixtures.ts';
import { callsStep, scenarioFile, scenarioOf, scenarioYaml } from './fixtures.ts';

const file = scenarioFile('fires-on-three-calls');

/** `code line:column message | hint` */
function errorOf(text: string, path = file): string {
  try {
    readScenario(text, path);
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    assert.equal(error.file, path);
    return `${error.code} ${error.line}:${error.column} ${error.message} | ${error.hint}`;
  }
  return 'no error';
}

describe('a scenario', () => {
  it('is read whole: logs, clock, rules beside it, assumptions and expectations', () => {
    const text = `rule: busy
description: Everything there is.
given:
  background: [contoso-day, contoso-fortnight]
  steps:
    - calls: { at: 2026-03-24T10:10:00Z, endpoint: GET /x, count: 3, arrives: 12m }
  rows:
    - table: Calls
      arrives: 90s
      rows: [{ TimeGenerated: 2026-03-24T10:00:00Z, Client: a }]
clock: { from: 2026-03-24T11:00:00Z, to: 2026-03-24T12:00:00.5Z, start: 2026-03-24T10:17:00Z }
alongside: [other-rule]
closeIncidentsAfter: 30m
assume: { suppressionEnd: suppressed }
expect:
  alerts:
    - between: [2026-03-24T11:00:00Z, 2026-03-24T11:30:00Z]
      count: 2
      severity: High
      title: a is busy
      description: |
        Of two
        lines.
      tactics: [Impact]
      entities: [{ IP: { Address: 192.0.2.1 } }, { FileHash: { Algorithm: MD5, Value: 12 } }]
      details: { Observed: 3, Clients: [a, b], IsNew: true }
    - at: 2026-03-24T12:05:00Z
  incidents: [{ at: 2026-03-24T11:05:00Z, title: t, severity: Low, status: Closed, alerts: 2, count: 3 }, {}]
`;
    const { positions, ...scenario } = readScenario(text, file);
    const nothing = {
      atMs: undefined,
      betweenMs: undefined,
      severity: undefined,
      title: undefined,
      description: undefined,
      tactics: undefined,
      entities: undefined,
      details: undefined,
    };
    assert.deepEqual(scenario, {
      name: 'fires-on-three-calls',
      file,
      rule: 'busy',
      description: 'Everything there is.',
      given: {
        backgrounds: ['contoso-day', 'contoso-fortnight'],
        steps: [
          {
            name: 'calls',
            parameters: { at: '2026-03-24T10:10:00Z', endpoint: 'GET /x', count: 3, arrives: '12m' },
            position: { line: 6, column: 7 },
          },
        ],
        rows: [
          {
            table: 'Calls',
            rows: [{ TimeGenerated: '2026-03-24T10:00:00Z', Client: 'a' }],
            delayMs: 1.5 * MINUTE_MS,
            position: { line: 8, column: 7 },
          },
        ],
      },
      clock: {
        fromMs: at('2026-03-24 11:00'),
        toMs: at('2026-03-24 12:00') + 500,
        startMs: at('2026-03-24 10:17'),
        furtherRuns: 0,
      },
      alongside: ['other-rule'],
      assumptions: { ...defaultAssumptions, suppressionEnd: 'suppressed' },
      closeAfterMs: 30 * MINUTE_MS,
      expect: {
        alerts: [
          {
            ...nothing,
            betweenMs: [at('2026-03-24 11:00'), at('2026-03-24 11:30')],
            count: 2,
            severity: 'High',
            title: 'a is busy',
            description: 'Of two\nlines.',
            tactics: ['Impact'],
            entities: [
              { type: 'IP', identifiers: { Address: '192.0.2.1' } },
              { type: 'FileHash', identifiers: { Algorithm: 'MD5', Value: 12 } },
            ],
            details: { Observed: [3], Clients: ['a', 'b'], IsNew: [true] },
          },
          { ...nothing, atMs: at('2026-03-24 12:05'), count: 1 },
        ],
        incidents: [
          { atMs: at('2026-03-24 11:05'), title: 't', severity: 'Low', status: 'Closed', alerts: 2, count: 3 },
          { atMs: undefined, title: undefined, severity: undefined, status: undefined, alerts: undefined, count: 1 },
        ],
      },
    });
    assert.deepEqual(positions.alerts, [
      { line: 17, column: 7 },
      { line: 27, column: 7 },
    ]);
  });

  it('has no rows, no incidents to compare and no further rules by default', () => {
    const { given, alongside, closeAfterMs, expect } = scenarioOf({ given: { background: 'contoso-day' } });
    assert.deepEqual(given, { backgrounds: ['contoso-day'], steps: [], rows: [] });
    assert.deepEqual([alongside, closeAfterMs, expect.incidents], [[], undefined, undefined]);
  });

  const broken: readonly (readonly [what: string, text: string, error: RegExp])[] = [
    [
      'an unknown key',
      scenarioYaml({ expects: {} }),
      /^scenario-unknown-key \d+:1 unknown key 'expects' \| did you mean expect\? known here: rule, description, given,/,
    ],
    [
      'an unknown key of a step',
      scenarioYaml({ given: { steps: [callsStep('10:10', 3, { adresses: 4 })] } }),
      /^scenario-unknown-key \d+:\d+ unknown key 'adresses' \| did you mean addresses\? known here: at, for, count, endpoint/,
    ],
    [
      'an unknown step',
      scenarioYaml({ given: { steps: [{ call: {} }] } }),
      /^scenario-unknown-key \d+:\d+ unknown key 'call' \| did you mean calls\? known here: calls, usual-calls,/,
    ],
    [
      'an unknown background',
      scenarioYaml({ given: { background: 'contoso-week' } }),
      /^scenario-bad-value \d+:\d+ background: "contoso-week" is none of what can stand here \| Usual traffic/,
    ],
    [
      'a missing key',
      scenarioYaml({ clock: { from: '2026-03-24T11:00:00Z' } }),
      /^scenario-missing-key \d+:\d+ 'to' is missing \| add to: …/,
    ],
    ['nothing given', scenarioYaml({ given: {} }), /^scenario-bad-value .* must NOT have fewer than 1 properties/],
    [
      'a time without a zone',
      scenarioYaml({ clock: { from: '2026-03-24T11:00:00', to: '2026-03-24T12:00:00Z' } }),
      /^scenario-bad-value \d+:\d+ from: "2026-03-24T11:00:00" is no time in UTC \| write it as 2026-03-24T11:05:00Z/,
    ],
    [
      'a time that does not exist',
      scenarioYaml({ clock: { from: '2026-02-30T25:00:00Z', to: '2026-03-24T12:00:00Z' } }),
      /is no time in UTC/,
    ],
    [
      'a duration without a unit',
      scenarioYaml({ closeIncidentsAfter: '30' }),
      /^scenario-bad-value .* closeIncidentsAfter: "30" must match pattern/,
    ],
    [
      'a severity that does not exist',
      scenarioYaml({ expect: { alerts: [{ severity: 'Critical' }] } }),
      /severity: "Critical" is not one of the values \| write Informational, Low, Medium, High/,
    ],
    [
      'two entities in one entry',
      scenarioYaml({ expect: { alerts: [{ entities: [{ IP: {}, URL: {} }] }] } }),
      /must NOT have more than 1 properties/,
    ],
    [
      'an assumption that does not exist',
      scenarioYaml({ assume: { x: 'y' } }),
      /^scenario-bad-value \d+:1 there is no assumption named 'x' \| the assumptions are/,
    ],
    [
      'a choice that does not exist',
      scenarioYaml({ assume: { firstRun: 'y' } }),
      /'y' is no choice of the assumption firstRun/,
    ],
    [
      'the rule of another folder',
      scenarioYaml({ rule: 'other' }),
      /^scenario-contradiction 1:7 rule: other in the folder busy \| move the scenario to other\//,
    ],
    ['no YAML', 'rule: [', /^scenario-syntax 1:\d+ no YAML/],
    ['nothing', '', /^scenario-syntax .* the file is empty \| write rule, description, given, clock and expect/],
    [
      'two documents',
      `${scenarioYaml()}---\n${scenarioYaml()}`,
      /^scenario-syntax \d+:1 a second YAML document begins here \| give every scenario a file of its own/,
    ],
  ];
  for (const [what, text, error] of broken) it(`is refused with ${what}`, () => assert.match(errorOf(text), error));

  it('tells the first of several problems and counts the others', () => {
    const text = scenarioYaml({ unknown: 1, other: 2 });
    assert.match(errorOf(text), /unknown key 'unknown' \| .* \(1 more in this file\)$/);
  });
});

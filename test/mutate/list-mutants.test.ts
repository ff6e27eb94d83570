import { strict as assert } from 'node:assert';
import { parse } from 'yaml';
import { KqlError } from '../../src/kql/index.ts';
import { listMutants } from '../../src/mutate/list-mutants.ts';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { catalog, ruleAround } from './fixtures.ts';

const query = `// Busy addresses.
Requests
| where Bytes > 5
| summarize Calls = count() by Address
| where Calls >= 3`;

const text = ruleAround(query);
const list = (rule = text) => listMutants(rule, 'rules/busy.yaml', catalog);

describe('the mutants of a rule', () => {
  it('are these, in the order of the file; what the rule does not say stands at its beginning', () => {
    const described = list().map(({ line, column, mutation, original, replacement }) =>
      [`${line}:${column}`, mutation, original, '→', replacement].join(' ').trim(),
    );
    assert.deepEqual(described, [
      '1:1 event-grouping-changed aggregationKind: SingleAlert → aggregationKind: AlertPerResult',
      '1:1 incident-changed createIncident: true → createIncident: false',
      '4:1 severity-changed severity: Medium → severity: High',
      '5:1 frequency-changed queryFrequency: 1h → queryFrequency: 2h',
      '5:1 frequency-changed queryFrequency: 1h → queryFrequency: 30m',
      '6:1 period-changed queryPeriod: 1h → queryPeriod: 2h',
      '6:1 period-changed queryPeriod: 1h → queryPeriod: 30m',
      '7:1 trigger-operator-changed triggerOperator: gt → triggerOperator: lt',
      '7:1 trigger-operator-changed triggerOperator: gt → triggerOperator: eq',
      '8:1 trigger-threshold-changed triggerThreshold: 0 → triggerThreshold: 1',
      '12:5 where-dropped where Bytes > 5 →',
      '12:11 comparison-flipped Bytes > 5 → Bytes >= 5',
      '12:11 comparison-reversed Bytes > 5 → Bytes < 5',
      '12:11 threshold-plus-one Bytes > 5 → Bytes > 6',
      '12:11 threshold-minus-one Bytes > 5 → Bytes > 4',
      '12:11 threshold-half-more Bytes > 5 → Bytes > 8',
      '13:23 aggregate-swapped count() → dcount(Address)',
      '13:34 group-key-dropped Address →',
      '14:5 where-dropped where Calls >= 3 →',
      '14:11 comparison-flipped Calls >= 3 → Calls > 3',
      '14:11 comparison-reversed Calls >= 3 → Calls <= 3',
      '14:11 threshold-plus-one Calls >= 3 → Calls >= 4',
      '14:11 threshold-minus-one Calls >= 3 → Calls >= 2',
      '14:11 threshold-half-more Calls >= 3 → Calls >= 5',
    ]);
  });

  it('are whole rules that differ from the original in the one change', () => {
    const original: Record<string, unknown> = parse(text);
    const dropped = list().find(({ line, mutation }) => line === 12 && mutation === 'where-dropped');
    assert.deepEqual(parse(dropped?.ruleText ?? ''), {
      ...original,
      query: `${query.replace('| where Bytes > 5', '')}\n`,
    });
    const trigger = list().find(({ mutation }) => mutation === 'trigger-threshold-changed');
    assert.deepEqual(parse(trigger?.ruleText ?? ''), { ...original, triggerThreshold: 1 });
  });

  it('change the query alike, whatever style the query has in the YAML', () => {
    const quoted = text.replace(/query: \|\n(?: {2}.*\n)+/, `query: ${JSON.stringify(query)}\n`);
    assert.deepEqual(
      list(quoted).map(({ ruleText }) => parse(ruleText).query.trim()),
      list().map(({ ruleText }) => parse(ruleText).query.trim()),
    );
  });

  it('are listed once where two mutations make the same rule: 2 and a half more is 3, one more is 3', () => {
    const thresholds = list(ruleAround('Requests | where Bytes > 2')).filter(
      ({ original }) => original === 'Bytes > 2',
    );
    assert.deepEqual(
      thresholds.map(({ mutation, replacement }) => [mutation, replacement]),
      [
        ['comparison-flipped', 'Bytes >= 2'],
        ['comparison-reversed', 'Bytes < 2'],
        ['threshold-plus-one', 'Bytes > 3'],
        ['threshold-minus-one', 'Bytes > 1'],
      ],
    );
  });

  it('number the places where the same text is changed in the same way', () => {
    const twice = list(ruleAround('Requests\n| where isempty(Host)\n| union (Denials | where isempty(Host))'));
    assert.deepEqual(
      twice
        .filter(({ mutation }) => mutation === 'predicate-negated')
        .map(({ line, original, occurrence }) => [line, original, occurrence]),
      [
        [11, 'isempty(Host)', 1],
        [12, 'isempty(Host)', 2],
      ],
    );
  });

  it('are none of a rule that cannot be read or does not bind', () => {
    assert.throws(() => list('id: 5'), ReplayError);
    assert.throws(() => list(ruleAround('Nothing | count')), KqlError);
  });
});

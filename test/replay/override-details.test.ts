import assert from 'node:assert/strict';
import type { Value } from '../../src/kql/index.ts';
import { defaultAssumptions } from '../../src/replay/assumptions.ts';
import { type AlertDetails, overrideDetails } from '../../src/replay/override-details.ts';
import { viewResult } from '../../src/replay/result-view.ts';
import { resultOf, scheduledRule } from './fixtures.ts';

const override = {
  alertDisplayNameFormat: 'Spike in traffic to {{Endpoint}}',
  alertDescriptionFormat: '{{Calls}} calls in 20 minutes; usual are {{Mean}}.',
  alertSeverityColumnName: 'Severity',
  alertTacticsColumnName: 'Tactics',
  alertDynamicProperties: [{ alertProperty: 'RemediationSteps', value: 'Steps' }],
};
const columns = ['Endpoint', 'Calls:long', 'Mean:real', 'Severity', 'Tactics:dynamic', 'Steps'];

const details = (row: readonly Value[] | undefined, alertDetailsOverride: object = override): AlertDetails =>
  overrideDetails(
    viewResult(resultOf(columns, row === undefined ? [] : [row])),
    row === undefined ? undefined : 0,
    scheduledRule({ alertDetailsOverride }),
    defaultAssumptions,
  );

const fromRule = {
  name: 'Many calls',
  description: 'Identifies many calls.',
  severity: 'Medium',
  tactics: ['Impact'],
  properties: {},
};

describe('the details of an alert', () => {
  it('come from the result', () => {
    assert.deepEqual(details(['PUT /orders/{id}', 865n, 71.17, 'High', ['Discovery', 'Impact'], 'Limit the rate']), {
      name: 'Spike in traffic to PUT /orders/{id}',
      description: '865 calls in 20 minutes; usual are 71.17.',
      severity: 'High',
      tactics: ['Discovery', 'Impact'],
      properties: { RemediationSteps: 'Limit the rate' },
    });
  });

  it('are the own text of the rule where it overrides nothing, and where there is no result', () => {
    assert.deepEqual(details(['a', 1n, 1, 'High', ['Discovery'], 'x'], {}), fromRule);
    assert.deepEqual(details(undefined), fromRule);
  });

  it('fall back one by one: an empty value leaves the other details filled', () => {
    assert.deepEqual(details(['', 865n, 71.17, 'High', ['Discovery'], '']), {
      ...fromRule,
      description: '865 calls in 20 minutes; usual are 71.17.',
      severity: 'High',
      tactics: ['Discovery'],
    });
    assert.deepEqual(
      details(['PUT /orders', 865n, null, 'High', ['Discovery'], 'x']).description,
      fromRule.description,
    );
  });

  it('fall back where the column is not in the result', () => {
    const absent = {
      alertDisplayNameFormat: 'to {{Absent}}',
      alertSeverityColumnName: 'Absent',
      alertTacticsColumnName: 'Absent',
    };
    assert.deepEqual(details(['a', 1n, 1, 'High', ['Discovery'], 'x'], absent), fromRule);
  });

  for (const [severity, expected] of [
    ['High', 'High'],
    ['Informational', 'Informational'],
    ['high', 'Medium'],
    ['Critical', 'Medium'],
    ['', 'Medium'],
  ] as const) {
    it(`a severity column with '${severity}' gives ${expected}`, () => {
      assert.equal(details(['a', 1n, 1, severity, null, '']).severity, expected);
    });
  }

  for (const [tactics, expected] of [
    [['Discovery'], ['Discovery']],
    ['Discovery, Impact', ['Discovery', 'Impact']],
    [['Discovery', 'Nonsense'], ['Impact']],
    [[], ['Impact']],
    [null, ['Impact']],
  ] as const) {
    it(`a tactics column with ${JSON.stringify(tactics)} gives ${expected.join(' and ')}`, () => {
      assert.deepEqual(details(['a', 1n, 1, '', tactics, '']).tactics, expected);
    });
  }

  it('cut a name at 256 characters, or use the text of the rule', () => {
    const view = (length: number) => viewResult(resultOf(['Endpoint'], [['x'.repeat(length)]]));
    const rule = scheduledRule({ alertDetailsOverride: { alertDisplayNameFormat: 'to {{Endpoint}}' } });
    const name = (length: number, overlongText: 'cut' | 'rule-text') =>
      overrideDetails(view(length), 0, rule, { overlongText }).name;
    assert.equal(name(253, 'rule-text'), `to ${'x'.repeat(253)}`);
    assert.equal(name(254, 'cut'), `to ${'x'.repeat(253)}`);
    assert.equal(name(254, 'rule-text'), 'Many calls');
  });
});

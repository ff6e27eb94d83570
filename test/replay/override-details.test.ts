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

  it('drop a name beyond 256 bytes and a description beyond 5 KB, or cut them there', () => {
    const rule = scheduledRule({
      alertDetailsOverride: { alertDisplayNameFormat: 'to {{Endpoint}}', alertDescriptionFormat: '{{Endpoint}}' },
    });
    const filled = (endpoint: string, overlongText: 'cut' | 'rule-text') => {
      const view = viewResult(resultOf(['Endpoint'], [[endpoint]]));
      return overrideDetails(view, 0, rule, { overlongText });
    };
    const x = (length: number): string => 'x'.repeat(length);
    assert.equal(filled(x(253), 'rule-text').name, `to ${x(253)}`);
    assert.equal(filled(x(254), 'rule-text').name, 'Many calls');
    assert.equal(filled(x(254), 'cut').name, `to ${x(253)}`);
    // An é has two bytes: 126 of them and `to ` have 255, so that the next one does not fit.
    assert.equal(filled('é'.repeat(127), 'cut').name, `to ${'é'.repeat(126)}`);
    assert.equal(filled(x(5120), 'rule-text').description, x(5120));
    assert.equal(filled(x(5121), 'rule-text').description, 'Identifies many calls.');
    assert.equal(filled(x(5121), 'cut').description, x(5120));
  });

  it('leave out a confidence score that is no number', () => {
    const rule = scheduledRule({
      alertDetailsOverride: {
        alertDynamicProperties: [
          { alertProperty: 'ConfidenceScore', value: 'Score' },
          { alertProperty: 'ConfidenceLevel', value: 'Level' },
        ],
      },
    });
    const properties = (score: string) =>
      overrideDetails(viewResult(resultOf(['Score', 'Level'], [[score, 'High']])), 0, rule, defaultAssumptions)
        .properties;
    assert.deepEqual(properties('0.7'), { ConfidenceScore: '0.7', ConfidenceLevel: 'High' });
    assert.deepEqual(properties('high'), { ConfidenceLevel: 'High' });
  });
});

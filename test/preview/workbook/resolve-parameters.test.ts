import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  chooseGrain,
  type ParameterValue,
  resolveLabel,
  resolveQuery,
} from '../../../src/preview/workbook/resolve-parameters.ts';
import { hostileStrings } from '../hostile-strings.ts';

const DAY_MS = 86_400_000;
const values = new Map<string, ParameterValue>([
  ['TimeRange', { kind: 'time-range', fromMs: Date.UTC(2026, 2, 20), toMs: Date.UTC(2026, 2, 27) }],
  ['Apis', { kind: 'list', values: ['orders', 'loyalty'], all: false }],
  ['Traffic', { kind: 'choice', value: '2XX PUT /orders/(id)', label: '2XX PUT /orders/{id}' }],
  ['Workspace', { kind: 'workspace' }],
]);
const resolve = (text: string): string => resolveQuery(text, values, 'some-step');

describe('resolveQuery', () => {
  it('writes a time range with both ends, as a filter, a start, an end and a grain', () => {
    const text =
      'T | where TimeGenerated {TimeRange} | extend A = {TimeRange:start}, B = {TimeRange:end}, C = {TimeRange:grain}';
    assert.equal(
      resolve(text),
      [
        'T | where TimeGenerated between (datetime(2026-03-20T00:00:00.0000000Z) .. datetime(2026-03-27T00:00:00.0000000Z))',
        ' | extend A = datetime(2026-03-20T00:00:00.0000000Z), B = datetime(2026-03-27T00:00:00.0000000Z), C = 3h',
      ].join(''),
    );
  });

  it('writes a list as string literals and a choice inside the quotes of the query', () => {
    assert.equal(
      resolve("A in ({Apis}) and B == '{Traffic:escape}'"),
      "A in ('orders','loyalty') and B == '2XX PUT /orders/(id)'",
    );
  });

  it('replaces once: a value that looks like a parameter stays text', () => {
    const tricky = new Map([...values, ['Traffic', { kind: 'choice', value: '{Apis}', label: '' }] as const]);
    assert.equal(resolveQuery("A == '{Traffic:escape}'", tricky, 'some-step'), "A == '{Apis}'");
  });

  it('leaves braces alone that name no parameter: quantifiers of regular expressions', () => {
    assert.equal(resolve('A matches regex @"^[0-9]{1,3}$"'), 'A matches regex @"^[0-9]{1,3}$"');
  });

  it('refuses a parameter without a value and a form that its kind does not have', () => {
    assert.throws(() => resolve('{Other}'), { code: 'parameter-undefined', at: 'some-step' });
    assert.throws(() => resolve('{Apis:escape}'), { code: 'parameter-format' });
    assert.throws(() => resolve('{Traffic}'), { code: 'parameter-format' });
    assert.throws(() => resolve('{TimeRange:first}'), { code: 'parameter-format' });
    assert.throws(() => resolve('{Workspace}'), { code: 'parameter-format' });
  });

  it('says why a parameter has no value where its query failed', () => {
    const failed = new Map<string, ParameterValue>([
      ['Traffic', { kind: 'failed', message: 'no table T', hint: 'load it' }],
    ]);
    assert.throws(() => resolveQuery("'{Traffic:escape}'", failed, 'some-step'), {
      code: 'parameter-value',
      message: 'Traffic: could not be filled: no table T',
      hint: 'load it',
    });
  });

  it('keeps every value inside its literal', () => {
    fc.assert(
      fc.property(hostileStrings, (value) => {
        const one = new Map<string, ParameterValue>([
          ['Apis', { kind: 'list', values: [value], all: false }],
          ['Traffic', { kind: 'choice', value, label: '' }],
        ]);
        const literal = /^'(?:[ !#-&(-[\]-~]|\\['"\\]|\\u[0-9a-f]{4})*'$/;
        assert.match(resolveQuery('{Apis}', one, 'some-step'), literal);
        assert.match(resolveQuery("'{Traffic:escape}'", one, 'some-step'), literal);
      }),
    );
  });
});

describe('resolveLabel', () => {
  it('writes what a person reads', () => {
    assert.equal(
      resolveLabel('{TimeRange:label}, {Apis:label}, {Traffic:label}', values, 'some-text'),
      '2026-03-20 00:00 – 2026-03-27 00:00 UTC, orders, loyalty, 2XX PUT /orders/{id}',
    );
  });

  it('says All where all are chosen', () => {
    const all = new Map<string, ParameterValue>([['Apis', { kind: 'list', values: ['*'], all: true }]]);
    assert.equal(resolveLabel('{Apis:label}', all, 'some-text'), 'All');
  });
});

describe('chooseGrain', () => {
  for (const [days, grain] of [
    [1 / 24, '1m'],
    [1, '30m'],
    [7, '3h'],
    [14, '6h'],
    [30, '12h'],
    [60, '1d'],
    [365, '7d'],
  ] as const) {
    it(`cuts ${days} days into bins of ${grain}`, () => assert.equal(chooseGrain(days * DAY_MS).text, grain));
  }
});

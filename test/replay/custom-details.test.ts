import assert from 'node:assert/strict';
import type { Value } from '../../src/kql/index.ts';
import { defaultAssumptions, type ReplayAssumptions } from '../../src/replay/assumptions.ts';
import { formatCustomDetails, type ReadCustomDetails, readCustomDetails } from '../../src/replay/custom-details.ts';
import { viewResult } from '../../src/replay/result-view.ts';
import { resultOf, scheduledRule } from './fixtures.ts';

type Case = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly customDetails: Record<string, string>;
  readonly assumptions?: Partial<ReplayAssumptions>;
  readonly limitBytes?: number;
};
const read = ({ columns, rows, customDetails, assumptions, limitBytes = 65_536 }: Case): ReadCustomDetails =>
  readCustomDetails(
    viewResult(resultOf(columns, rows)),
    scheduledRule({ customDetails }),
    { ...defaultAssumptions, ...assumptions },
    limitBytes,
  );

describe('the custom details of an alert', () => {
  it('are texts in arrays by key, in the order of the rule', () => {
    const { details, dropped } = read({
      columns: ['Mean:real', 'Calls:long', 'StandardDeviation:real'],
      rows: [[71.17, 865n, 57.8]],
      customDetails: { Observed: 'Calls', Mean: 'Mean', StandardDeviation: 'StandardDeviation' },
    });
    assert.equal(formatCustomDetails(details), '{"Observed":["865"],"Mean":["71.17"],"StandardDeviation":["57.8"]}');
    assert.equal(dropped, 0);
  });

  const several = {
    columns: ['Status'],
    rows: [['204'], ['200'], [''], [null], ['204']],
    customDetails: { Status: 'Status' },
  };

  it('of several results list each value once, or once per result', () => {
    assert.deepEqual(read(several).details, { Status: ['204', '200'] });
    assert.deepEqual(read({ ...several, assumptions: { customDetailValues: 'all' } }).details, {
      Status: ['204', '200', '204'],
    });
  });

  it('leave out empty values, or show them', () => {
    assert.deepEqual(read({ ...several, assumptions: { emptyCustomDetail: 'empty-text' } }).details, {
      Status: ['204', '200', ''],
    });
  });

  it('keep the key of a column that is empty or absent', () => {
    assert.deepEqual(read({ ...several, customDetails: { Status: 'Absent' } }).details, { Status: [] });
  });

  const sized = {
    columns: ['A', 'B'],
    rows: [
      ['12345', 'b'],
      ['67890', 'c'],
    ],
    customDetails: { A: 'A', B: 'B' },
  };

  it('stop exactly at the limit: {"A":["12345","67890"],"B":["b","c"]} has 37 bytes', () => {
    assert.deepEqual(read({ ...sized, limitBytes: 37 }), {
      details: { A: ['12345', '67890'], B: ['b', 'c'] },
      dropped: 0,
    });
    assert.deepEqual(read({ ...sized, limitBytes: 36 }), { details: { A: ['12345', '67890'], B: ['b'] }, dropped: 1 });
    assert.deepEqual(read({ ...sized, limitBytes: 33 }), { details: { A: ['12345', '67890'], B: ['b'] }, dropped: 1 });
    assert.deepEqual(read({ ...sized, limitBytes: 32 }), { details: { A: ['12345', '67890'], B: [] }, dropped: 2 });
    assert.deepEqual(read({ ...sized, limitBytes: 28 }), { details: { A: ['12345'], B: [] }, dropped: 3 });
  });

  it('hold 50 values each at most', () => {
    const many = (count: number) => ({
      columns: ['A', 'B'],
      rows: Array.from({ length: count }, (_, index) => [`a${index}`, 'b']),
      customDetails: { A: 'A', B: 'B' },
    });
    const fifty = Array.from({ length: 50 }, (_, index) => `a${index}`);
    assert.deepEqual(read(many(50)), { details: { A: fifty, B: ['b'] }, dropped: 0 });
    assert.deepEqual(read(many(53)), { details: { A: fifty, B: ['b'] }, dropped: 3 });
  });

  it('or are dropped as a whole, if the assumption says so', () => {
    const assumptions = { oversizedDetails: 'all-dropped' } as const;
    assert.deepEqual(read({ ...sized, limitBytes: 36, assumptions }), { details: { A: [], B: [] }, dropped: 4 });
    assert.equal(read({ ...sized, limitBytes: 37, assumptions }).dropped, 0);
  });
});

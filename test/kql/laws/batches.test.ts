import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prepare, rowsOf, showRow } from './random-table.ts';

/** One query for each operator that holds state or looks at more than a row. */
const queries = [
  'T | where Text has "get" or Whole / 100 == 4 | project Text, Whole',
  'T | extend Kind = case(Whole >= 400, "error", Flag, "flagged", tostring(Long)), Part = tostring(split(Text, " ")[1])',
  'T | summarize count(), sum(Long), sum(Whole), avg(Real), min(Time), max(Text), dcount(Whole) by Text, bin(Time, 1h)',
  'T | summarize arg_max(Time, *), make_list(Long), make_set(Text), take_any(Real), countif(Flag) by Whole',
  'T | summarize percentiles(Real, 10, 50, 90), stdev(Whole), variance(Long), percentile(Time, 50) by Flag',
  'T | summarize minif(Long, Flag), maxif(Real, Whole > 1), sumif(Whole, Flag), dcountif(Text, isnotnull(Long))',
  'T | distinct Text, Flag',
  'T | sort by Real desc, Text asc | extend Before = prev(Long), Number = row_number()',
  'T | top 3 by Long asc',
  'T | take 5',
  'T | join kind=inner (T | summarize Count = count() by Text) on Text',
  'T | join kind=leftouter (U) on Whole, Flag',
  'T | where Text in (U | where Flag | project Text)',
  'union T, U | summarize count() by Text, Flag',
  'T | mv-expand Bag | project Text, Bag',
  'T | make-series Total = sum(Whole) default=0 on Time from datetime(2022-09-30) to datetime(2022-10-02) step 12h by Text',
  'let Known = materialize(T | summarize Count = count() by Text); Known | join Known on Text | where Count > 1',
  'T | serialize Sum = row_cumsum(Whole)',
  'T | partition by Flag (top 2 by Whole desc)',
];

describe('Batches', () => {
  for (const query of queries) {
    it(`of 1, 7 and 65,536 rows give the same answer to ${query}`, async () => {
      const run = prepare(query, ['T', 'U']);
      await fc.assert(
        fc.asyncProperty(rowsOf(), rowsOf(10), async (T, U) => {
          const whole = (await run({ T, U }, 65_536)).map(showRow);
          assert.deepEqual((await run({ T, U }, 7)).map(showRow), whole);
          assert.deepEqual((await run({ T, U }, 1)).map(showRow), whole);
        }),
        { numRuns: 15 },
      );
    });
  }
});

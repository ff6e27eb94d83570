import { strict as assert } from 'node:assert';
import { prepareQuery, symbolsOf } from '../../src/kql/index.ts';
import { parseQuery } from '../../src/kql/parse/parse-query.ts';
import { queryMutations } from '../../src/mutate/query/index.ts';
import { applyEdits, changesOf } from '../../src/mutate/query-mutation.ts';
import { catalog } from './fixtures.ts';

/** The texts that a mutation makes of a query, each in place of the part that is marked with « and ». */
type Case = { readonly query: string; readonly becomes: readonly string[] };

const cases: Readonly<Record<string, readonly Case[]>> = {
  'comparison-flipped': [
    { query: 'Requests | where «Bytes > 5»', becomes: ['Bytes >= 5'] },
    { query: 'Requests | where «Bytes>=5»', becomes: ['Bytes>5'] },
    { query: 'Requests | where «Bytes < 5»', becomes: ['Bytes <= 5'] },
    { query: 'Requests | where «Host == "a"»', becomes: ['Host != "a"'] },
    { query: 'Requests | where «Host <> "a"»', becomes: ['Host == "a"'] },
    { query: 'Requests | where «Host !~ "a"»', becomes: ['Host =~ "a"'] },
    { query: 'Requests | where «Host in~ ("a", "b")»', becomes: ['Host !in~ ("a", "b")'] },
    { query: 'Requests | where «Host !in (Denials | project Host)»', becomes: ['Host in (Denials | project Host)'] },
    { query: 'Requests | where «Host startswith "a"»', becomes: ['Host !startswith "a"'] },
    { query: 'Requests | where «Host !has_cs "a"»', becomes: ['Host has_cs "a"'] },
    { query: 'Requests | where «Bytes between (1 .. 2)»', becomes: ['Bytes !between (1 .. 2)'] },
    { query: 'Requests | join «Denials on $left.Host == $right.Host»', becomes: [] },
  ],
  'comparison-reversed': [
    { query: 'Requests | where «Bytes > 5»', becomes: ['Bytes < 5'] },
    { query: 'Requests | where «Bytes<=5»', becomes: ['Bytes>=5'] },
    { query: 'Requests | where «Host == "a"»', becomes: [] },
  ],
  'case-folding-dropped': [
    { query: 'Requests | where «Host =~ "a"»', becomes: ['Host == "a"'] },
    { query: 'Requests | where «Host !in~ ("a", "b")»', becomes: ['Host !in ("a", "b")'] },
    { query: 'Requests | where «Host startswith "API_"»', becomes: ['Host startswith_cs "API_"'] },
    { query: 'Requests | where «Host !contains Address»', becomes: ['Host !contains_cs Address'] },
    { query: 'Requests | where Host == «tolower(Address)»', becomes: ['Address'] },
    { query: 'Requests | where «Host has_cs "a"»', becomes: [] },
    { query: 'Requests | where «Host contains "?"»', becomes: [] },
    { query: 'Requests | where «Host in~ ("1", "2")»', becomes: [] },
  ],
  'predicate-negated': [
    { query: 'Requests | where «isempty(Host)»', becomes: ['isnotempty(Host)'] },
    { query: 'Requests | where «isnotnull(Bytes)»', becomes: ['isnull(Bytes)'] },
    { query: 'Requests | where «not(Host has "a")»', becomes: ['(Host has "a")'] },
    { query: 'Requests | where «Host matches regex "^a"»', becomes: ['not(Host matches regex "^a")'] },
    { query: 'Requests | where «Host has_any ("a", "b")»', becomes: ['not(Host has_any ("a", "b"))'] },
  ],
  'threshold-plus-one': [
    { query: 'Requests | where «Bytes >= 36»', becomes: ['Bytes >= 37'] },
    { query: 'Requests | where «Bytes > -3»', becomes: ['Bytes > -4'] },
    { query: 'Requests | where «Rate > 0.1»', becomes: ['Rate > 1.1'] },
    { query: '«let limit = 5»; Requests | where Bytes > limit', becomes: ['let limit = 6'] },
    { query: 'Requests | «take 10»', becomes: ['take 11'] },
    { query: 'Requests | «top 3 by Bytes»', becomes: ['top 4 by Bytes'] },
    { query: 'Requests | where «round(Rate, 2) > Bytes + 1»', becomes: [] },
  ],
  'threshold-minus-one': [
    { query: 'Requests | where «0 < Bytes»', becomes: ['-1 < Bytes'] },
    { query: 'Requests | where «Rate > 0.5»', becomes: ['Rate > -0.5'] },
  ],
  'threshold-half-more': [
    { query: 'Requests | where «Bytes >= 3»', becomes: ['Bytes >= 5'] },
    { query: 'Requests | where «Rate >= 0.3»', becomes: ['Rate >= 0.45'] },
    { query: 'Requests | where «Bytes > 0»', becomes: [] },
  ],
  'timespan-doubled': [
    { query: 'Requests | where TimeGenerated > «ago(90m)»', becomes: ['ago(180m)'] },
    { query: 'print «now() - 1.5h»', becomes: ['now() - 3h'] },
    { query: 'print «bin(5, 2)»', becomes: ['bin(5, 4)'] },
    { query: 'print «bin(now(), time(00:10:00))»', becomes: ['bin(now(), (time(00:10:00) * 2))'] },
    { query: 'print «round(5.5, 2)»', becomes: [] },
  ],
  'timespan-halved': [
    { query: 'let Window = «15m»; print bin(now(), Window)', becomes: ['7.5m'] },
    { query: 'print «bin(now(), 20m)»', becomes: ['bin(now(), 10m)'] },
  ],
  'arithmetic-swapped': [
    { query: 'Requests | where «Bytes + 1» > 5', becomes: ['Bytes - 1'] },
    { query: 'Requests | where «Bytes % 2» == 1', becomes: ['Bytes * 2'] },
    { query: 'Requests | where «Bytes / Rate» > 5', becomes: ['Bytes * Rate'] },
  ],
  'where-dropped': [
    { query: 'Requests «| where Bytes > 5» | project Host', becomes: [''] },
    { query: 'Requests | extend A = «toscalar(Denials | summarize count())»', becomes: [] },
  ],
  'conjunct-dropped': [
    {
      query: 'Requests | where «Bytes > 5 and Host == "a" and Rate > 1»',
      becomes: ['Host == "a" and Rate > 1', 'Bytes > 5 and Rate > 1', 'Bytes > 5 and Host == "a"'],
    },
    { query: 'Requests | where Rate > 1 or («Bytes > 5 and Host == "a"»)', becomes: ['Host == "a"', 'Bytes > 5'] },
  ],
  'disjunct-dropped': [{ query: 'Requests | where «Bytes > 5 or Rate > 1»', becomes: ['Rate > 1', 'Bytes > 5'] }],
  'and-or-swapped': [
    { query: 'Requests | where «Bytes > 5 and Rate > 1»', becomes: ['Bytes > 5 or Rate > 1'] },
    { query: 'Requests | summarize countif(«Bytes > 5 or Rate > 1»)', becomes: ['Bytes > 5 and Rate > 1'] },
    {
      query: 'Requests | where «Bytes > 5 and Rate > 1 and Host == "a"»',
      becomes: ['(Bytes > 5 or Rate > 1) and Host == "a"', 'Bytes > 5 and Rate > 1 or Host == "a"'],
    },
  ],
  'list-item-dropped': [
    { query: 'Requests | where Host in («"a", "b"»)', becomes: ['"b"', '"a"'] },
    { query: 'Requests | where Host in («"a"»)', becomes: [] },
    { query: 'Requests | where Host in («Denials | project Host»)', becomes: [] },
  ],
  'alternative-dropped': [
    {
      query: 'print «coalesce("a", "b", "c")»',
      becomes: ['coalesce("b", "c")', 'coalesce("a", "c")', 'coalesce("a", "b")'],
    },
    { query: 'print «coalesce("a", "b")»', becomes: ['"b"', '"a"'] },
    {
      query: 'Requests | extend A = «case(Bytes > 5, "a", Bytes > 3, "b", "c")»',
      becomes: ['case(Bytes > 3, "b", "c")', 'case(Bytes > 5, "a", "c")'],
    },
    { query: 'Requests | extend A = «case(Bytes > 5, "a", "c")»', becomes: [] },
  ],
  'join-kind-changed': [
    { query: 'Requests | «join» (Denials) on Host', becomes: ['join kind=inner', 'join kind=leftouter'] },
    { query: 'Requests | join «kind=inner» Denials on Host', becomes: ['kind=innerunique', 'kind=leftouter'] },
    { query: 'Requests | join kind = «leftanti» Denials on Host', becomes: ['leftsemi'] },
    { query: 'Requests | «lookup» Denials on Host', becomes: ['lookup kind=inner'] },
  ],
  'join-key-dropped': [
    { query: 'Requests | join Denials on «Host, Address»', becomes: ['Address', 'Host'] },
    { query: 'Requests | join Denials on «Host»', becomes: [] },
  ],
  'input-dropped': [
    {
      query: '«union Requests, (Denials | where Bytes > 5)»',
      becomes: ['union (Denials | where Bytes > 5)', 'union Requests'],
    },
    { query: 'Requests «| union Denials» | count', becomes: [''] },
  ],
  'group-key-dropped': [
    {
      query: 'Requests | summarize «count() by Hour = bin(TimeGenerated, 1h), Host»',
      becomes: [
        'count(), Hour = take_any(bin(TimeGenerated, 1h)) by Host',
        'count(), Host = take_any(Host) by Hour = bin(TimeGenerated, 1h)',
      ],
    },
    { query: 'Requests | summarize «count() by Host»', becomes: ['count(), Host = take_any(Host) '] },
    {
      query: 'Requests | summarize «arg_max(TimeGenerated, *) by Host, Address»',
      becomes: ['arg_max(TimeGenerated, *) by Address', 'arg_max(TimeGenerated, *) by Host'],
    },
  ],
  'aggregate-swapped': [
    { query: 'Requests | summarize N = «count()» by bin(TimeGenerated, 1h), Host', becomes: ['dcount(TimeGenerated)'] },
    { query: 'Requests | summarize N = «count()»', becomes: ['dcount(TimeGenerated)'] },
    { query: 'Requests | summarize «countif(Bytes > 5)»', becomes: ['countif_ = count()'] },
    { query: 'Requests | summarize N = «dcount(Host)»', becomes: ['count()'] },
    { query: 'Requests | summarize N = «count_distinctif(Host, Bytes > 5)»', becomes: ['countif(Bytes > 5)'] },
    { query: 'Requests | summarize «max(Bytes)»', becomes: ['max_Bytes = min(Bytes)', 'max_Bytes = avg(Bytes)'] },
    { query: 'Requests | summarize N = «max(TimeGenerated)»', becomes: ['min(TimeGenerated)'] },
    { query: 'Requests | summarize N = «avg(Bytes)»', becomes: ['max(Bytes)', 'stdev(Bytes)'] },
    { query: 'Requests | summarize N = round(«stdev(Bytes)», 2)', becomes: ['avg(Bytes)', 'stdevp(Bytes)'] },
    { query: 'Requests | summarize «arg_min(TimeGenerated, Host)»', becomes: ['arg_max(TimeGenerated, Host)'] },
    { query: 'Requests | summarize N = «make_set(Host, 20)»', becomes: ['make_list(Host, 20)'] },
    { query: 'Requests | extend N = «max_of(Bytes, 5)»', becomes: [] },
  ],
};

const mutate = (name: string, query: string): readonly string[] => {
  const mutation = queryMutations.find((row) => row.name === name);
  assert.ok(mutation, `there is no mutation ${name}`);
  const root = parseQuery(query, symbolsOf(catalog));
  return changesOf(mutation, root, query).map(({ edits }) => applyEdits(query, edits));
};

describe('mutations of a query', () => {
  it('are specified here one by one', () => {
    assert.deepEqual(Object.keys(cases).sort(), queryMutations.map(({ name }) => name).sort());
  });

  for (const [name, rows] of Object.entries(cases)) {
    describe(name, () => {
      for (const { query: marked, becomes } of rows) {
        const [before = '', part = '', after = ''] = marked.split(/[«»]/);
        it(`${marked}  →  ${becomes.length === 0 ? '(none)' : becomes.join('  |  ')}`, () => {
          const texts = mutate(name, before + part + after);
          assert.deepEqual(
            texts,
            becomes.map((text) => before + text + after),
          );
          for (const text of texts) assert.doesNotThrow(() => prepareQuery(text, catalog), text);
        });
      }
    });
  }
});

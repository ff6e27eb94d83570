import assert from 'node:assert/strict';
import { trafficLibrary } from '../../../data/scenario-traffic/traffic-library.ts';
import { knownSchemas } from '../../../scripts/load-logs.ts';
import { batchOfRows } from '../../../src/replay/scenario/json-cells.ts';
import { scenarioNames } from '../../../src/replay/scenario/scenario-shape.ts';
import type { TrafficRows } from '../../../src/replay/scenario/traffic-library.ts';

type Parameters = Readonly<Record<string, unknown>>;
const made = (step: string, parameters: Parameters, place = 1): readonly TrafficRows[] =>
  trafficLibrary.steps.get(step)?.(parameters, place) ?? [];
const rowsOf = (step: string, parameters: Parameters, place = 1): readonly Readonly<Record<string, unknown>>[] =>
  made(step, parameters, place).flatMap(({ rows }) => rows);
const at = '2026-03-24T10:20:00Z';
const minute = (time: unknown): string => String(time).slice(11, 16);
const countBy = (values: readonly unknown[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(values)].map((value) => [String(value), values.filter((one) => one === value).length]),
  );

describe('the traffic that scenarios are made of', () => {
  it('has exactly the steps and backgrounds that the schema completes', () => {
    assert.deepEqual([...trafficLibrary.steps.keys()].sort(), [...scenarioNames.steps].sort());
    assert.deepEqual([...trafficLibrary.backgrounds.keys()].sort(), [...scenarioNames.backgrounds].sort());
  });

  for (const name of trafficLibrary.backgrounds.keys()) {
    it(`${name} fits the tables' schemas, is the same every time, and has a few thousand rows`, () => {
      const build = trafficLibrary.backgrounds.get(name) as () => readonly TrafficRows[];
      const parts = build();
      for (const { table, rows } of parts) {
        const batch = batchOfRows(rows, knownSchemas.get(table) ?? []);
        assert.ok(!('hint' in batch), JSON.stringify(batch));
      }
      assert.deepEqual(build(), parts);
      const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
      assert.ok(rows > 1000 && rows < 8000, String(rows));
    });

    it(`${name} leaves alone the endpoints that scenarios measure`, () => {
      const measured = ['PUT /orders/{id}', 'GET /loyalty/cards/{number}', 'GET /settlement/transactions'];
      const operations = (trafficLibrary.backgrounds.get(name)?.() ?? []).flatMap(({ rows }) =>
        rows.map((row) => row.OperationId),
      );
      assert.deepEqual(
        measured.filter((operation) => operations.includes(operation)),
        [],
      );
    });
  }

  it('says how late rows arrive', () => {
    const [part] = made('calls', { at, count: 1, endpoint: 'GET /x', arrives: '90s' });
    assert.equal(part?.delayMs, 90_000);
  });
});

describe('the step calls', () => {
  it('spreads calls evenly over the time, from its beginning and to before its end, addresses in turn', () => {
    const rows = rowsOf('calls', {
      at,
      for: '4m',
      count: 4,
      endpoint: 'PUT /orders/{id}',
      status: 204,
      addresses: ['192.0.2.1', '192.0.2.2'],
    });
    assert.deepEqual(
      rows.map(({ TimeGenerated, Url, Method, OperationId, ApiId, ResponseCode }) => [
        minute(TimeGenerated),
        Url,
        Method,
        OperationId,
        ApiId,
        ResponseCode,
      ]),
      [0, 1, 2, 3].map((index) => [
        `10:2${index}`,
        `https://api.contoso.com/orders/${1001 + index}`,
        'PUT',
        'PUT /orders/{id}',
        'orders',
        204,
      ]),
    );
    assert.deepEqual(
      rows.map(({ RequestHeaders }) =>
        String((RequestHeaders as Record<string, string>)['X-Forwarded-For']).replace(/:\d+$/, ''),
      ),
      ['192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.2'],
    );
  });

  it('makes as many different addresses as it is asked for', () => {
    const rows = rowsOf('calls', { at, count: 300, endpoint: 'GET /x', addresses: 300 });
    const addresses = new Set(
      rows.map(({ RequestHeaders }) =>
        (RequestHeaders as Record<string, string>)['X-Forwarded-For']?.replace(/:\d+$/, ''),
      ),
    );
    assert.equal(addresses.size, 300);
  });

  it('takes another operation, API, query and header', () => {
    const [row] = rowsOf('calls', {
      at,
      count: 1,
      endpoint: 'GET /x/{y}',
      operation: '',
      api: 'other',
      query: 'a=1',
      forwarded: 'unknown, 192.0.2.1',
    });
    assert.deepEqual(
      [row?.OperationId, row?.ApiId, row?.Url, (row?.RequestHeaders as Record<string, string>)['X-Forwarded-For']],
      ['', 'other', 'https://api.contoso.com/x/1001?a=1', 'unknown, 192.0.2.1'],
    );
  });
});

describe('the step usual-calls', () => {
  const windows = (parameters: Parameters) =>
    countBy(
      rowsOf('usual-calls', { until: '2026-03-24T08:00:00Z', endpoint: 'GET /x', ...parameters }).map(
        ({ TimeGenerated }) => {
          const time = Date.parse(String(TimeGenerated).replace(/0000Z$/, 'Z'));
          return new Date(Math.floor(time / 1_200_000) * 1_200_000).toISOString().slice(5, 16);
        },
      ),
    );

  it('fills windows of 20 minutes that end before a time, the latest first', () => {
    assert.deepEqual(windows({ windows: 3, calls: [5, 7] }), { '03-24T07:40': 5, '03-24T07:20': 7, '03-24T07:00': 5 });
    assert.deepEqual(windows({ windows: 2, calls: 4, every: '1d' }), { '03-24T07:40': 4, '03-23T07:40': 4 });
  });

  it('has exactly the mean and the sample deviation that it is asked for', () => {
    const counts = Object.values(windows({ windows: 37, calls: { mean: 15, deviation: 10 } }));
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const deviation = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1));
    assert.deepEqual([counts.length, mean, deviation], [37, 15, 10]);
  });

  it('refuses an even number of windows, and a deviation beyond the mean', () => {
    for (const parameters of [
      { windows: 36, calls: { mean: 15, deviation: 10 } },
      { windows: 37, calls: { mean: 5, deviation: 10 } },
    ]) {
      assert.throws(() => windows(parameters), { name: 'GeneratorError', code: 'bad-input', hint: /odd number/ });
    }
  });
});

describe('the steps with parameter values', () => {
  it('try each value once, several in a call', () => {
    const rows = rowsOf('parameter-values', {
      at,
      endpoint: 'GET /x',
      parameter: 'id',
      values: 5,
      perCall: 2,
      first: 10,
    });
    assert.deepEqual(
      rows.map(({ Url }) => String(Url).split('?')[1]),
      ['id=10&id=11', 'id=12&id=13', 'id=14'],
    );
  });

  it('fill windows with so many values', () => {
    const rows = rowsOf('usual-parameter-values', {
      until: at,
      windows: 2,
      endpoint: 'GET /x',
      parameter: 'id',
      values: [1, 3],
    });
    assert.deepEqual(countBy(rows.map(({ TimeGenerated }) => minute(TimeGenerated).slice(0, 4))), {
      '10:0': 1,
      '09:4': 2,
      '09:5': 1,
    });
  });
});

describe('the step firewall-transactions', () => {
  const shown = (parameters: Parameters, columns: readonly string[]) =>
    rowsOf('firewall-transactions', { at, ...parameters }).map((row) => columns.map((column) => row[column]));

  it('logs what matched and the verdict of each transaction', () => {
    const id = (number: number) => String(number).padStart(32, '0');
    assert.deepEqual(shown({ count: 2, rules: ['942100', '942130'] }, ['TransactionId', 'RuleId', 'Action']), [
      [id(1), '942100', 'Matched'],
      [id(1), '942130', 'Matched'],
      [id(1), '949110', 'Blocked'],
      [id(2), '942100', 'Matched'],
      [id(2), '942130', 'Matched'],
      [id(2), '949110', 'Blocked'],
    ]);
  });

  it('knows firewalls that detect, that decide nothing and that do not score', () => {
    const actions = (verdict: string) => shown({ count: 1, verdict }, ['Action']).flat();
    assert.deepEqual(['Detected', 'none', 'on-match'].map(actions), [
      ['Matched', 'Detected'],
      ['Matched'],
      ['Blocked'],
    ]);
  });

  it('writes the other table in its own spelling', () => {
    assert.deepEqual(
      shown({ count: 1, table: 'AzureDiagnostics', first: 255 }, ['Category', 'transactionId_g', 'action_s'])[0],
      ['ApplicationGatewayFirewallLog', '00000000-0000-0000-0000-0000000000ff', 'Matched'],
    );
  });
});

describe('the step policy-write', () => {
  it('logs the request when it starts and the outcome when it ends, with one correlation', () => {
    const rows = rowsOf('policy-write', { at, settings: { mode: 'Detection' }, outcome: 'Failure' }, 3);
    assert.deepEqual(
      rows.map(({ TimeGenerated, ActivityStatusValue, Properties_d }) => [
        String(TimeGenerated).slice(11, 19),
        ActivityStatusValue,
        (Properties_d as Record<string, string>).requestbody,
      ]),
      [
        ['10:19:56', 'Start', '{"location":"westeurope","properties":{"policySettings":{"mode":"Detection"}}}'],
        ['10:20:00', 'Failure', undefined],
      ],
    );
    assert.equal(new Set(rows.map(({ CorrelationId }) => CorrelationId)).size, 1);
  });

  it('leaves out the end of what has not ended, and the bag where only text is logged', () => {
    assert.equal(rowsOf('policy-write', { at, outcome: 'none' }).length, 1);
    const [row] = rowsOf('policy-write', { at, form: 'text', settings: { mode: 'Detection' } });
    assert.deepEqual([row?.Properties_d, String(row?.Properties).includes('Detection')], [undefined, true]);
  });
});

describe('the step defender-alert', () => {
  it('has an id of its own in each place, and takes what it is given', () => {
    const ids = [1, 2].map((place) => rowsOf('defender-alert', { at }, place)[0]?.SystemAlertId);
    assert.equal(new Set(ids).size, 2);
    const given = {
      id: 'a1',
      type: 'API_X',
      severity: 'High',
      status: 'Dismissed',
      tactics: 'Discovery',
      properties: { Actor: 'x' },
    };
    const [row] = rowsOf('defender-alert', { at, ...given });
    assert.deepEqual(
      [row?.SystemAlertId, row?.AlertType, row?.AlertSeverity, row?.Status, row?.Tactics, row?.ExtendedProperties],
      ['a1', 'API_X', 'High', 'Dismissed', 'Discovery', '{"Actor":"x"}'],
    );
  });
});

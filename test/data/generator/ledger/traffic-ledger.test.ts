import assert from 'node:assert/strict';
import { answers } from '../../../../data/generator/answers.ts';
import { TrafficLedger } from '../../../../data/generator/ledger/traffic-ledger.ts';
import { countWindow, parametersOf, seriesKey } from '../../../../data/generator/ledger/window-facts.ts';
import { seededRandom } from '../../../../data/generator/random.ts';
import { type ApiRequest, newRequest } from '../../../../data/generator/request.ts';
import { windowMs } from '../../../../data/generator/time-window.ts';

const random = seededRandom(1);

function call(address: string, target = '/stores?city=Oslo', answer = answers.ok): ApiRequest {
  return newRequest(random, { atMs: 0, method: 'GET', target, client: { address, userAgent: 'test/1.0' }, answer });
}

const key = seriesKey('GET /stores', '2XX');

describe('the ledger of a month', () => {
  it('compares with active windows only: 2, 4, 4, 6 calls have mean 4 and sample deviation sqrt(8/3)', () => {
    const ledger = new TrafficLedger();
    // Windows 0, 1, 3 and 4; nobody calls in window 2, and window 5 lies after the baseline.
    for (const [window, calls] of [
      [0, 2],
      [1, 4],
      [3, 4],
      [4, 6],
      [5, 90],
    ] as const) {
      ledger.record(
        window * windowMs,
        Array.from({ length: calls }, (_, index) => call(index % 2 === 0 ? 'a' : 'b')),
      );
    }
    assert.deepEqual(ledger.callsBefore(key, { fromMs: 0, untilMs: 5 * windowMs }), {
      mean: 4,
      standardDeviation: Math.sqrt(8 / 3),
      windows: 4,
      // 16 calls of two addresses in each of four windows.
      perAddress: 2,
    });
  });

  it('leaves out what lies before the look-back', () => {
    const ledger = new TrafficLedger();
    ledger.record(0, [call('a'), call('a'), call('a')]);
    ledger.record(windowMs, [call('a')]);
    ledger.record(2 * windowMs, [call('a')]);
    const { windows, mean } = ledger.callsBefore(key, { fromMs: windowMs, untilMs: 3 * windowMs });
    assert.deepEqual({ windows, mean }, { windows: 2, mean: 1 });
  });

  it('knows no baseline of what was never called', () => {
    const { windows, mean } = new TrafficLedger().callsBefore(key, { fromMs: 0, untilMs: windowMs });
    assert.equal(windows, 0);
    assert.ok(Number.isNaN(mean));
  });

  it('counts distinct values of each parameter, and distinct addresses', () => {
    const facts = countWindow([
      call('a', '/stores?city=Oslo&open=1'),
      call('b', '/stores?city=Oslo'),
      call('b', '/stores?city=Bergen', answers.notFound),
    ]);
    const city = facts.parameters.get(seriesKey('GET /stores', 'city'));
    assert.deepEqual([...(city?.values ?? [])], ['Oslo', 'Bergen']);
    assert.deepEqual([...(city?.addresses ?? [])], ['a', 'b']);
    assert.deepEqual([...(facts.parameters.get(seriesKey('GET /stores', 'open'))?.values ?? [])], ['1']);
    assert.deepEqual([...facts.calls.keys()], [key, seriesKey('GET /stores', '4XX')]);
    assert.deepEqual(
      [...(facts.calls.get(key)?.byAddress ?? [])],
      [
        ['a', 1],
        ['b', 1],
      ],
    );
  });

  it('reads a query as it was sent: repeated, empty and valueless parameters, values with an equals sign', () => {
    assert.deepEqual(parametersOf('/x?id=1&id=2&=3&flag&q=a=b&'), [
      ['id', '1'],
      ['id', '2'],
      ['flag', ''],
      ['q', 'a=b'],
    ]);
    assert.deepEqual(parametersOf('/x'), []);
  });
});

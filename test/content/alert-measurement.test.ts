import { strict as assert } from 'node:assert';
import { alertMeasurement } from '../../src/content/alert-measurement.ts';
import { defaultPackConfig } from '../../src/content/pack-config.ts';
import { rules } from '../../src/content/rules/index.ts';
import { diagnose } from '../../src/kql/index.ts';
import { tableSchemas } from '../../src/tables/table-schemas.ts';

const symbols = {
  tables: new Map(
    [...tableSchemas].map(([name, { columns }]) => [
      name,
      Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    ]),
  ),
  functions: new Map<string, string>(),
};

const scheduledMs = Date.UTC(2026, 2, 24, 11);
const details = {
  Mean: '71.17',
  StandardDeviation: '57.8',
  WindowStart: '2026-03-24T10:20:00.0000000Z',
  Endpoint: 'PUT /orders/{id}',
  StatusClass: '2XX',
  ApiId: 'orders',
  Parameter: 'card',
  ClientAddress: '203.0.113.77',
  Host: 'api.contoso.com',
};

describe('alertMeasurement', () => {
  it('takes the window, the baseline and the threshold from the rule that fired', () => {
    const measurement = alertMeasurement(
      { ruleSlug: 'api-traffic-population-spike', scheduledMs, details },
      defaultPackConfig,
    );
    assert.deepEqual(
      { ...measurement, query: undefined },
      {
        measure: 'calls in 20 minutes',
        windowMs: 1_200_000,
        fromMs: Date.UTC(2026, 2, 10, 11),
        windowAtMs: Date.UTC(2026, 2, 24, 10, 20),
        // 11:00 less 70 minutes is 9:50, whose window starts at 9:40.
        baseline: { fromMs: Date.UTC(2026, 2, 10, 11), toMs: Date.UTC(2026, 2, 24, 9, 40) },
        threshold: 71.17 + 6 * 57.8,
        query: undefined,
      },
    );
  });

  it('shows the smallest number of calls where that is what kept the rule quiet', () => {
    const quiet = { ...details, Mean: '2.59', StandardDeviation: '1' };
    const threshold = (ruleSlug: string): number | undefined =>
      alertMeasurement({ ruleSlug, scheduledMs, details: quiet }, defaultPackConfig)?.threshold;
    assert.equal(threshold('api-traffic-population-spike'), 200);
    assert.equal(threshold('api-traffic-single-address-spike'), 129.5);
    assert.equal(threshold('api-distributed-parameter-enumeration'), 1_000);
    assert.equal(threshold('waf-sql-injection'), 3);
  });

  it('follows the thresholds of pack.config.yaml', () => {
    const config = { ...defaultPackConfig, rules: { 'waf-sql-injection': { parameters: { minimumTransactions: 7 } } } };
    assert.equal(alertMeasurement({ ruleSlug: 'waf-sql-injection', scheduledMs, details }, config)?.threshold, 7);
  });

  it('binds for every rule, whatever an attacker put into the details', () => {
    const hostile = {
      ...details,
      Endpoint: '") or true // \\" \n| take 1',
      Parameter: '"',
      ClientAddress: '\\',
      Host: "'",
    };
    const measured = rules.flatMap(({ slug }) => {
      const measurement = alertMeasurement({ ruleSlug: slug, scheduledMs, details: hostile }, defaultPackConfig);
      if (measurement === undefined) return [];
      const query = `${measurement.query.text}\n| project Window, Value`;
      assert.deepEqual(
        diagnose(query, symbols).map(({ message }) => message),
        [],
        slug,
      );
      return [slug];
    });
    assert.deepEqual(measured, [
      'api-traffic-population-spike',
      'api-traffic-single-address-spike',
      'api-distributed-parameter-enumeration',
      'waf-sql-injection',
    ]);
  });

  it('puts what logs say into the query as a literal', () => {
    const hostile = { ...details, Endpoint: 'GET /a" or 1 == 1' };
    const measurement = alertMeasurement(
      { ruleSlug: 'api-traffic-population-spike', scheduledMs, details: hostile },
      defaultPackConfig,
    );
    assert.match(measurement?.query.text ?? '', /Endpoint == "GET \/a\\" or 1 == 1"/);
  });
});

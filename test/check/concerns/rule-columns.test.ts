import { strict as assert } from 'node:assert';
import { brief, issuesOfRule, type Json } from '../fixtures.ts';

const types = {
  Text: '"a"',
  Whole: '1',
  Small: 'int(1)',
  Fraction: '1.5',
  Flag: 'true',
  Time: 'now()',
  Span: '1h',
  Bag: 'dynamic({"a":1})',
  Guid: 'guid(74be27de-1e4e-49d9-b579-fe0b331d3642)',
};
const columns = Object.entries(types).map(([name, value]) => `${name} = ${value}`);

/** What is said of a rule whose query yields the columns above. */
async function issuesOf(change: Json): Promise<readonly string[]> {
  const issues = await issuesOfRule((rule) => {
    rule.query = `ApiManagementGatewayLogs | project ${columns.join(', ')}`;
    rule.customDetails = { Detail: 'Text' };
    rule.entityMappings = [{ entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName: 'Text' }] }];
    delete rule.alertDetailsOverride;
    delete rule.incidentConfiguration;
    Object.assign(rule, change);
  });
  return brief(issues.filter(({ code }) => code.startsWith('rule-column')));
}

const entity = (columnName: string) => ({
  entityMappings: [{ entityType: 'Host', fieldMappings: [{ identifier: 'HostName', columnName }] }],
});

describe('the columns of a rule', () => {
  it('that the query yields are fine', async () => {
    assert.deepEqual(await issuesOf({}), []);
  });

  for (const [name, fits] of [
    ['Text', true],
    ['Guid', true],
    ['Whole', true],
    ['Small', true],
    ['Fraction', false],
    ['Flag', false],
    ['Time', false],
    ['Span', false],
    ['Bag', false],
  ] as const) {
    it(`identify an entity by ${name.toLowerCase()}: ${fits ? 'yes' : 'no'}`, async () => {
      const found = await issuesOf(entity(name));
      assert.equal(found.length, fits ? 0 : 1);
      assert.ok(
        found.every((text) =>
          text.startsWith(`rule-column-type: ${name} is HostName of an entity of type Host, but of`),
        ),
      );
    });
  }

  it('may be of any type in a custom detail or a placeholder', async () => {
    for (const name of Object.keys(types)) {
      const alertDetailsOverride = { alertDisplayNameFormat: `a {{${name}}}` };
      assert.deepEqual(await issuesOf({ customDetails: { Detail: name }, alertDetailsOverride }), [], name);
    }
  });

  it('are text where severity and tactics are taken from them', async () => {
    assert.deepEqual(
      await issuesOf({ alertDetailsOverride: { alertSeverityColumnName: 'Text', alertTacticsColumnName: 'Bag' } }),
      ["rule-column-type: Bag is the alert's alertTacticsColumnName, but of type dynamic"],
    );
  });

  it('that the query does not yield are named with what they are for', async () => {
    assert.deepEqual(
      await issuesOf({
        ...entity('Missing'),
        customDetails: { Detail: 'Missing' },
        alertDetailsOverride: {
          alertDisplayNameFormat: '{{Text}} {{Missing}}',
          alertDescriptionFormat: '{{Gone}}',
          alertSeverityColumnName: 'Missing',
        },
      }),
      [
        'rule-column: the query does not yield Missing, the custom detail Detail',
        'rule-column: the query does not yield Missing, HostName of an entity of type Host',
        'rule-column: the query does not yield Missing, a placeholder of alertDisplayNameFormat',
        'rule-column: the query does not yield Gone, a placeholder of alertDescriptionFormat',
        "rule-column: the query does not yield Missing, the alert's alertSeverityColumnName",
      ],
    );
  });

  it('are told apart by case, and the hint says which was meant', async () => {
    const issues = await issuesOfRule((rule) => Object.assign(rule, { customDetails: { Detail: 'observed' } }));
    const [issue] = issues.filter(({ code }) => code === 'rule-column');
    assert.equal(issue?.hint, 'Names are told apart by case: the query yields Observed.');
  });

  it('are known after bag_unpack, too: those that a workspace without logs would have', async () => {
    const query = `ApiManagementGatewayLogs | extend Text = "a", Bag = dynamic({"Inner":1}) | evaluate bag_unpack(Bag)`;
    assert.deepEqual(await issuesOf({ query }), []);
    assert.deepEqual(await issuesOf({ query, customDetails: { Detail: 'Inner' } }), [
      'rule-column: the query does not yield Inner, the custom detail Detail',
    ]);
  });

  it('are not judged where the query does not bind: that is said once', async () => {
    assert.deepEqual(await issuesOf({ query: 'ApiManagementGatewayLogs | where Nothing == 1' }), []);
  });
});

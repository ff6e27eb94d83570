import { strict as assert } from 'node:assert';
import {
  type QueryItem,
  resolveWorkbook,
  type Workbook,
  type WorkbookItem,
} from '../../../src/content/define-workbook.ts';
import { defaultPackConfig, type LogMode, type PackConfig, type Topology } from '../../../src/content/pack-config.ts';
import { workbooks } from '../../../src/content/workbooks/index.ts';
import { diagnose } from '../../../src/kql/index.ts';
import { type ParameterValues, resolveQuery } from '../../../src/preview/workbook/resolve-parameters.ts';
import { tableSchemas } from '../../../src/tables/table-schemas.ts';

const symbols = {
  tables: new Map(
    [...tableSchemas].map(([name, { columns }]) => [
      name,
      Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    ]),
  ),
  functions: new Map<string, string>(),
};

const values: ParameterValues = new Map([
  ['Workspace', { kind: 'workspace' }],
  ['TimeRange', { kind: 'time-range', fromMs: Date.UTC(2026, 2, 20), toMs: Date.UTC(2026, 2, 27) }],
  ['Apis', { kind: 'list', values: ['orders', "o'brien"], all: false }],
  ['Traffic', { kind: 'choice', value: "2XX PUT /orders/(id) ' or true", label: '' }],
]);

const topologies: readonly Topology[] = ['direct', 'application-gateway', 'front-door'];
const logModes: readonly LogMode[] = ['resource-specific', 'azure-diagnostics', 'both'];
const hops = ['first', 'last'] as const;

const environments: readonly PackConfig[] = topologies.flatMap((topology) =>
  logModes.flatMap((logMode) =>
    hops.map((forwardedHop) => ({ ...defaultPackConfig, topology, logMode, forwardedHop })),
  ),
);

/** All queries of a workbook by the name of their step or parameter. */
function queriesOf(items: readonly WorkbookItem[]): readonly (readonly [string, string])[] {
  return items.flatMap((item): readonly (readonly [string, string])[] => {
    if (item.kind === 'group') return queriesOf(item.items);
    if (item.kind === 'query') return [[item.name, item.query.text]];
    if (item.kind !== 'parameters') return [];
    return item.parameters.flatMap((parameter) =>
      'query' in parameter ? [[parameter.name, parameter.query.text] as const] : [],
    );
  });
}

function stepsOf(items: readonly WorkbookItem[]): readonly QueryItem[] {
  return items.flatMap((item) => (item.kind === 'group' ? stepsOf(item.items) : item.kind === 'query' ? [item] : []));
}

/** The columns that a step's chart or table refers to. */
function columnsOf({ visualization }: QueryItem): readonly string[] {
  switch (visualization.kind) {
    case 'table':
      return visualization.columns.map(([column]) => column);
    case 'tiles':
      return [visualization.name, visualization.value];
    case 'over-time':
      return [
        visualization.time,
        ...visualization.values,
        ...(visualization.split === undefined ? [] : [visualization.split]),
      ];
    case 'bars':
    case 'pie':
      return [visualization.category, visualization.value];
    default:
      return visualization satisfies never;
  }
}

for (const definition of workbooks) {
  describe(`the workbook ${definition.slug}`, function () {
    this.timeout(60_000);

    for (const config of environments) {
      const { topology, logMode, forwardedHop } = config;
      it(`binds in a workspace behind ${topology} with ${logMode} logs, ${forwardedHop} hop`, () => {
        const workbook: Workbook = resolveWorkbook(definition, config);
        for (const [name, text] of queriesOf(workbook.items)) {
          const errors = diagnose(resolveQuery(text, values, name), symbols).map(({ message }) => message);
          assert.deepEqual(errors, [], name);
        }
      });
    }

    it('draws only columns that its queries give', () => {
      for (const step of stepsOf(resolveWorkbook(definition, defaultPackConfig).items)) {
        const query = resolveQuery(step.query.text, values, step.name);
        const errors = diagnose(`${query}\n| project ${columnsOf(step).join(', ')}`, symbols);
        assert.deepEqual(
          errors.map(({ message }) => message),
          [],
          step.name,
        );
      }
    });
  });
}

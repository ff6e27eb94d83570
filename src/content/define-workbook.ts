import { checkWorkbook } from './check-workbook.ts';
import type { KqlFragment } from './kql.ts';
import type { PackConfig } from './pack-config.ts';
import type { WorkbookParameter } from './workbook-parameters.ts';

/** What a workbook's queries are written for. */
export type WorkbookEnvironment = Pick<PackConfig, 'topology' | 'logMode' | 'forwardedHop'>;

/** A workbook as a person writes it; `resolveWorkbook` makes the plain data that the emitters print. */
export type WorkbookDefinition = {
  readonly slug: string;
  readonly id: string;
  readonly version: `${number}.${number}.${number}`;
  readonly name: string;
  readonly description: string;
  readonly items: (environment: WorkbookEnvironment) => readonly WorkbookItem[];
};

/** A workbook for one environment, checked. */
export type Workbook = Omit<WorkbookDefinition, 'items'> & { readonly items: readonly WorkbookItem[] };

/** Names are unique in a workbook and read like file names: `alerts-over-time`. */
export type WorkbookItem = TextItem | ParametersItem | QueryItem | TabsItem | GroupItem;

export type TextItem = { readonly kind: 'text'; readonly name: string; readonly markdown: string };

export type ParametersItem = {
  readonly kind: 'parameters';
  readonly name: string;
  readonly parameters: readonly WorkbookParameter[];
};

export type QueryItem = {
  readonly kind: 'query';
  readonly name: string;
  readonly title: string;
  readonly query: KqlFragment;
  /**
   * Days before the chosen range that the query reads as well; 0 where it reads the range only. The query filters
   * TimeGenerated itself either way: this is what the service lets it see.
   */
  readonly daysBefore: number;
  readonly visualization: Visualization;
  readonly emptyText: string;
  /** In percent of the page; narrow screens stack steps whatever it says. */
  readonly widthPercent: number;
};

/** A row of tabs; the chosen tab's value is what groups compare. Steps of other tabs do not run. */
export type TabsItem = {
  readonly kind: 'tabs';
  readonly name: string;
  readonly parameter: string;
  readonly tabs: readonly { readonly label: string; readonly value: string }[];
};

export type GroupItem = {
  readonly kind: 'group';
  readonly name: string;
  readonly title: string;
  readonly shownOn?: { readonly parameter: string; readonly tab: string };
  readonly items: readonly WorkbookItem[];
};

export type Visualization =
  | { readonly kind: 'table'; readonly columns: readonly ColumnFormat[] }
  /** A tile for each row: the figure's name and its value. */
  | { readonly kind: 'tiles'; readonly name: string; readonly value: string }
  /** `split` is the column whose values are the series; without it each of `values` is one. */
  | {
      readonly kind: 'over-time';
      readonly form: 'line' | 'area' | 'bar';
      readonly time: string;
      readonly values: readonly string[];
      readonly split?: string;
      readonly series: readonly SeriesFormat[];
    }
  | { readonly kind: 'bars'; readonly category: string; readonly value: string }
  | { readonly kind: 'pie'; readonly category: string; readonly value: string };

/** How a table shows a column; columns that are not named are shown as they are. */
export type ColumnFormat = readonly [
  column: string,
  label: string,
  format: 'text' | 'number' | 'percent' | 'time' | 'bar' | 'severity' | 'deviation',
];

export type SeriesFormat = { readonly name: string; readonly label: string; readonly color: SeriesColor };

/** Colours by what they mean; the emitter knows Azure's names for them. */
export type SeriesColor =
  | 'severity-high'
  | 'severity-medium'
  | 'severity-low'
  | 'severity-informational'
  | 'deviation'
  | 'measured'
  | 'usual';

/** Declares a workbook; what types cannot say is checked when it is resolved for an environment. */
export function defineWorkbook(definition: WorkbookDefinition): WorkbookDefinition {
  return definition;
}

/**
 * The workbook for an environment.
 * @throws WorkbookError where a step, a parameter or the workbook as a whole would be refused or would not work
 */
export function resolveWorkbook(definition: WorkbookDefinition, config: PackConfig): Workbook {
  const { topology, logMode, forwardedHop } = config;
  const items = definition.items({ topology, logMode, forwardedHop });
  const workbook = { ...definition, name: config.names.prefix + definition.name, items };
  checkWorkbook(workbook);
  return workbook;
}

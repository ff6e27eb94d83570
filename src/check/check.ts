import type { TableSchema } from '../tables/table-schemas.ts';
import type { ContentFile } from './content-file.ts';
import type { Issue } from './issue.ts';
import type { QueryAnalysis } from './query/analyze-query.ts';
import type { WorkbookQuery } from './query/workbook-queries.ts';

/** What checks look at: the parsed files of the pack with their queries, and the tables that a workspace has. */
export type CheckContext = {
  readonly files: readonly ContentFile[];
  readonly rules: readonly RuleFile[];
  readonly workbookQueries: readonly WorkbookQuery[];
  readonly tables: ReadonlyMap<string, TableSchema>;
};

/** A rule's YAML whose shape has been checked, so that further checks need not ask again. */
export type RuleFile = ContentFile & { readonly rule: RuleYaml; readonly query: QueryAnalysis };

/** The fields of a rule's YAML that checks read (schemas/analytics-rule.schema.json has them all). */
export type RuleYaml = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'Scheduled' | 'NRT';
  readonly version: string;
  readonly query: string;
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly requiredDataConnectors?: readonly { readonly connectorId: string; readonly dataTypes: readonly string[] }[];
  readonly tactics: readonly string[];
  readonly relevantTechniques: readonly string[];
  readonly customDetails?: Readonly<Record<string, string>>;
  readonly entityMappings: readonly {
    readonly entityType: string;
    readonly fieldMappings: readonly { readonly identifier: string; readonly columnName: string }[];
  }[];
  readonly alertDetailsOverride?: Readonly<Record<string, string | readonly DynamicProperty[]>>;
  readonly incidentConfiguration?: {
    readonly groupingConfiguration?: {
      readonly groupByCustomDetails?: readonly string[];
      readonly groupByEntities?: readonly string[];
    };
  };
};

/** A property of an alert and the column that fills it. */
export type DynamicProperty = { readonly alertProperty: string; readonly value: string };

/** One concern. A check reports; it neither throws for bad content nor changes anything. */
export type Check = {
  readonly name: string;
  readonly run: (context: CheckContext) => readonly Issue[] | Promise<readonly Issue[]>;
};

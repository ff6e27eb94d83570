import type { ContentFile, KeyPath } from '../content-file.ts';
import { analyzeQuery, type QueryAnalysis } from './analyze-query.ts';
import { type ParameterKind, type SampledQuery, sampleParameters } from './sample-parameters.ts';
import type { Workspace } from './workspace.ts';

/** A query over logs in a workbook: where it stands, and what it means with its parameters put in. */
export type WorkbookQuery = {
  readonly file: ContentFile;
  /** The keys of the step's or parameter's settings; the query is their `query`. */
  readonly keys: KeyPath;
  readonly name: string;
  readonly settings: Settings;
  readonly sampled: SampledQuery;
  readonly analysis: QueryAnalysis;
};

export type Settings = { readonly [key: string]: unknown };

/** Queries over logs (others go to the Resource Graph) of the workbooks among the files, in the order of the steps. */
export async function readWorkbookQueries(
  files: readonly ContentFile[],
  workspace: Workspace,
): Promise<readonly WorkbookQuery[]> {
  const workbooks = files.filter(
    ({ path }) => /^workbooks\/[^/]+\.json$/.test(path) && !path.endsWith('.azuredeploy.json'),
  );
  const found = await Promise.all(
    workbooks.map(async (file) => {
      const steps = stepsOf(file.value, []);
      const kinds = new Map(steps.flatMap(parametersOf));
      return Promise.all(
        steps.flatMap((step) => queriesOf(step)).map((query) => analyzeStep(file, query, kinds, workspace)),
      );
    }),
  );
  return found.flat();
}

type Step = { readonly keys: KeyPath; readonly name: string; readonly type: unknown; readonly content: Settings };
type StepQuery = { readonly keys: KeyPath; readonly name: string; readonly settings: Settings; readonly query: string };

/** Numbers that stand for kinds of steps in workbook JSON. */
const stepTypes = { query: 3, parameters: 9, links: 11, group: 12 } as const;

function stepsOf(workbook: unknown, keys: KeyPath): readonly Step[] {
  return listOf(workbook, 'items').flatMap((item, index) => {
    const at = [...keys, 'items', index, 'content'];
    const content = recordOf(recordOf(item).content);
    const step = { keys: at, name: String(recordOf(item).name ?? ''), type: recordOf(item).type, content };
    return [step, ...(step.type === stepTypes.group ? stepsOf(content, at) : [])];
  });
}

/** Parameters that a step sets: those it asks for, and those that its tabs set. */
function parametersOf({ type, content }: Step): readonly (readonly [string, ParameterKind])[] {
  if (type === stepTypes.links) {
    return listOf(content, 'links').map((link) => [String(recordOf(link).cellValue), 'text'] as const);
  }
  if (type !== stepTypes.parameters) return [];
  return listOf(content, 'parameters').map((parameter) => {
    const { name, type: kind, multiSelect } = recordOf(parameter);
    return [String(name), kind === 4 ? 'time-range' : multiSelect === true ? 'list' : 'text'] as const;
  });
}

function queriesOf({ keys, name, type, content }: Step): readonly StepQuery[] {
  if (type === stepTypes.query)
    return isLogQuery(content) ? [{ keys, name, settings: content, query: content.query }] : [];
  if (type !== stepTypes.parameters) return [];
  return listOf(content, 'parameters').flatMap((parameter, index) => {
    const settings = recordOf(parameter);
    const at = [...keys, 'parameters', index];
    return isLogQuery(settings) ? [{ keys: at, name: String(settings.name), settings, query: settings.query }] : [];
  });
}

const isLogQuery = (settings: Settings): settings is Settings & { readonly query: string } =>
  typeof settings.query === 'string' && (settings.queryType ?? 0) === 0;

async function analyzeStep(
  file: ContentFile,
  { keys, name, settings, query }: StepQuery,
  kinds: ReadonlyMap<string, ParameterKind>,
  workspace: Workspace,
): Promise<WorkbookQuery> {
  const sampled = sampleParameters(query, kinds);
  return { file, keys, name, settings, sampled, analysis: await analyzeQuery(sampled.text, workspace) };
}

export const recordOf = (value: unknown): Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : {};

export function listOf(value: unknown, key: string): readonly unknown[] {
  const list = recordOf(value)[key];
  return Array.isArray(list) ? list : [];
}

import { type QueryTable, readTable } from './data-table.ts';
import { PreviewError } from './preview-error.ts';
import {
  type ParameterValue,
  type ParameterValues,
  parameterLabel,
  resolveLabel,
  resolveQuery,
} from './workbook/resolve-parameters.ts';
import { type ItemJson, type ParameterJson, type QueryJson, readWorkbook } from './workbook/workbook-format.ts';
import type { RunItem, WorkbookRun, WorkbookStep } from './workbook/workbook-run.ts';

/** What a person would choose above the workbook's steps. */
export type WorkbookSelection = {
  /** Milliseconds since 1970. */
  readonly timeRange: { readonly fromMs: number; readonly toMs: number };
  /** Values of drop-downs by parameter name; a drop-down that is absent has all its values, or its first. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
};

/** Runs one query over the logs; what it throws is shown in the step's place. */
export type RunWorkbookQuery = (kql: string) => Promise<QueryTable>;

export type WorkbookFile = { readonly name: string; readonly text: string };

/** Numbers that stand for kinds in workbook JSON (see the emitter). */
const parameterTypes = { dropDown: 2, timeRange: 4, resource: 5 } as const;
const LOGS_QUERY = 0;

/**
 * Runs the queries of a generated workbook in their order and gives what a page draws. Tabs are no choice here: the
 * groups of all of them are run, because a page that is read later cannot run them then.
 * @throws PreviewError where the file is no workbook or a chosen parameter does not exist; what is wrong in a single
 *   step stands in its place.
 */
export async function runWorkbook(
  file: WorkbookFile,
  selection: WorkbookSelection,
  runQuery: RunWorkbookQuery,
): Promise<WorkbookRun> {
  const workbook = readWorkbook(file.text, file.name);
  const state: RunState = { values: new Map(), selection, runQuery };
  const items = await runItems(workbook.items, state);
  const unknown = Object.keys(selection.chosen).find((name) => !state.values.has(name));
  if (unknown !== undefined) {
    const hint = `Parameters are: ${[...state.values.keys()].join(', ')}.`;
    throw new PreviewError('parameter-undefined', 'the workbook has no such parameter', { at: unknown, hint });
  }
  return { name: file.name, items };
}

type RunState = {
  readonly values: Map<string, ParameterValue>;
  readonly selection: WorkbookSelection;
  readonly runQuery: RunWorkbookQuery;
};

async function runItems(items: readonly ItemJson[], state: RunState): Promise<readonly RunItem[]> {
  const run: RunItem[] = [];
  // One after the other: a parameter's query may use the parameters before it.
  for (const item of items) run.push(...(await runItem(item, state)));
  return run;
}

async function runItem(item: ItemJson, state: RunState): Promise<readonly RunItem[]> {
  switch (item.type) {
    case 1:
      return [{ kind: 'text', name: item.name, markdown: resolveLabel(item.content.json, state.values, item.name) }];
    case 3:
      return [await runStep(item.name, item.content, state)];
    case 9:
      return [await runParameters(item.name, item.content.parameters, state)];
    case 11:
      return [];
    case 12: {
      const items = await runItems(item.content.items, state);
      return [
        {
          kind: 'group',
          name: item.name,
          title: resolveLabel(item.content.title ?? '', state.values, item.name),
          items,
        },
      ];
    }
    default:
      item satisfies never;
      throw new PreviewError('unsupported-step', 'a step of a kind that is not drawn', {
        at: (item as ItemJson).name,
        hint: 'Texts, queries, parameters, links and groups are drawn.',
      });
  }
}

async function runParameters(name: string, parameters: readonly ParameterJson[], state: RunState): Promise<RunItem> {
  for (const parameter of parameters) state.values.set(parameter.name, await fillParameter(parameter, state));
  const shown = parameters.filter(({ type }) => type !== parameterTypes.resource);
  const values = shown.map((parameter) => {
    const value = state.values.get(parameter.name);
    return { label: parameter.label, text: value === undefined ? '' : parameterLabel(value) };
  });
  return { kind: 'parameters', name, values };
}

/** Wrong choices end the run, because the caller made them; what the query throws belongs to the parameter. */
async function fillParameter(parameter: ParameterJson, state: RunState): Promise<ParameterValue> {
  try {
    return await chooseValue(parameter, state);
  } catch (error) {
    if (error instanceof PreviewError) throw error;
    return { kind: 'failed', ...describeFailure(error) };
  }
}

async function chooseValue(parameter: ParameterJson, state: RunState): Promise<ParameterValue> {
  const { selection } = state;
  switch (parameter.type) {
    case parameterTypes.timeRange:
      return { kind: 'time-range', ...selection.timeRange };
    case parameterTypes.resource:
      return { kind: 'workspace' };
    case parameterTypes.dropDown:
      return parameter.multiSelect === true ? chooseSeveral(parameter, state) : chooseOne(parameter, state);
    default:
      throw new PreviewError('unsupported-step', `a parameter of type ${parameter.type} is not filled`, {
        at: parameter.name,
        hint: 'Time ranges, workspaces and drop-downs fed by a query are.',
      });
  }
}

async function chooseSeveral(parameter: ParameterJson, state: RunState): Promise<ParameterValue> {
  const chosen = state.selection.chosen[parameter.name];
  if (chosen !== undefined) return { kind: 'list', values: chosen, all: false };
  const selectAll = parameter.typeSettings?.selectAllValue;
  if (selectAll !== undefined) return { kind: 'list', values: [selectAll], all: true };
  const options = await readOptions(parameter, state);
  return { kind: 'list', values: options.map(({ value }) => value), all: true };
}

async function chooseOne(parameter: ParameterJson, state: RunState): Promise<ParameterValue> {
  const chosen = state.selection.chosen[parameter.name];
  if (chosen !== undefined && chosen.length !== 1) {
    const message = `${chosen.length} values for a drop-down of one`;
    throw new PreviewError('parameter-value', message, { at: parameter.name, hint: 'Choose one value.' });
  }
  const options = await readOptions(parameter, state);
  const [value] = chosen ?? [];
  const option = value === undefined ? options[0] : options.find((candidate) => candidate.value === value);
  if (value !== undefined && option === undefined) {
    const hint = `Its query gives: ${options.map((candidate) => candidate.value).join(', ') || 'nothing'}.`;
    throw new PreviewError('parameter-value', `${JSON.stringify(value)} is not offered`, { at: parameter.name, hint });
  }
  return { kind: 'choice', value: option?.value ?? '', label: option?.label ?? 'nothing to choose from' };
}

async function readOptions(
  parameter: ParameterJson,
  { values, runQuery }: RunState,
): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const table = readTable(await runQuery(resolveQuery(parameter.query ?? '', values, parameter.name)));
  const [valueColumn, labelColumn] = table.columns;
  return Array.from({ length: table.rowCount }, (_, row) => {
    const value = String(valueColumn?.values[row] ?? '');
    return { value, label: labelColumn === undefined ? value : String(labelColumn.values[row] ?? '') };
  });
}

async function runStep(name: string, content: QueryJson, state: RunState): Promise<WorkbookStep> {
  const { query, queryType, title = '', ...settings } = content;
  const common = {
    kind: 'step',
    name,
    title: resolveLabel(title, state.values, name),
    settings,
    ...chosenRange(state.values),
  } as const;
  try {
    if (queryType !== LOGS_QUERY) {
      const hint = 'Only queries of logs (queryType 0) are run.';
      throw new PreviewError('unsupported-step', `a query of type ${queryType}`, { at: name, hint });
    }
    const table = readTable(await state.runQuery(resolveQuery(query, state.values, name)));
    return { ...common, result: { kind: 'table', table } };
  } catch (error) {
    return { ...common, result: { kind: 'failure', ...describeFailure(error) } };
  }
}

function chosenRange(values: ParameterValues): { readonly fromMs: number; readonly toMs: number } {
  for (const value of values.values()) {
    if (value.kind === 'time-range') return { fromMs: value.fromMs, toMs: value.toMs };
  }
  return { fromMs: 0, toMs: 0 };
}

/** KqlError, ReplayError and PreviewError all carry a hint. */
function describeFailure(error: unknown): { readonly message: string; readonly hint: string } {
  if (!(error instanceof Error)) return { message: String(error), hint: '' };
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : '';
  return { message: error.message, hint };
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import { PreviewError } from '../preview-error.ts';
import schema from './workbook-format.schema.json' with { type: 'json' };

// The parts of workbook JSON that a preview reads, under their own names; the schema beside this file checks them.

export type WorkbookJson = { readonly version: string; readonly items: readonly ItemJson[] };

export type ItemJson = {
  readonly name: string;
  readonly conditionalVisibility?: { readonly parameterName: string; readonly value: string };
} & (
  | { readonly type: 1; readonly content: { readonly json: string } }
  | { readonly type: 3; readonly content: QueryJson }
  | { readonly type: 9; readonly content: { readonly parameters: readonly ParameterJson[] } }
  | { readonly type: 11; readonly content: { readonly style: string; readonly links: readonly LinkJson[] } }
  | { readonly type: 12; readonly content: { readonly title?: string; readonly items: readonly ItemJson[] } }
);

export type QueryJson = StepSettings & {
  readonly query: string;
  readonly queryType: number;
  readonly title?: string;
};

/** How a step draws its result. */
export type StepSettings = {
  readonly visualization: string;
  readonly noDataMessage?: string;
  readonly chartSettings?: ChartSettings;
  readonly gridSettings?: GridSettings;
  readonly tileSettings?: TileSettings;
};

export type ChartSettings = {
  readonly xAxis?: string;
  readonly yAxis?: readonly string[];
  readonly group?: string;
  readonly seriesLabelSettings?: readonly {
    readonly seriesName: string;
    readonly label?: string;
    readonly color?: string;
  }[];
};

export type GridSettings = {
  readonly formatters?: readonly GridFormatter[];
  readonly labelSettings?: readonly { readonly columnId: string; readonly label?: string }[];
};

export type GridFormatter = {
  readonly columnMatch: string;
  readonly formatter: number;
  readonly formatOptions?: { readonly thresholdsGrid?: readonly Threshold[] };
};

export type Threshold = {
  readonly operator: string;
  readonly thresholdValue?: string | null;
  readonly representation: string;
};

export type TileSettings = {
  readonly titleContent?: { readonly columnMatch: string };
  readonly leftContent?: { readonly columnMatch: string };
};

export type ParameterJson = {
  readonly name: string;
  readonly label: string;
  readonly type: number;
  readonly multiSelect?: boolean;
  readonly query?: string;
  readonly queryType?: number;
  readonly typeSettings?: { readonly selectAllValue?: string };
};

export type LinkJson = { readonly cellValue: string; readonly linkTarget: string; readonly linkLabel: string };

const validate = new Ajv2020({ allErrors: false, strictTypes: false, strictRequired: false }).compile<WorkbookJson>(
  schema,
);

/**
 * A workbook from the text of its file.
 * @param name the file's name, for messages
 * @throws PreviewError `workbook-syntax` or `workbook-shape`
 */
export function readWorkbook(text: string, name: string): WorkbookJson {
  const parsed = parseJson(text, name);
  if (!validate(parsed)) {
    const [error] = validate.errors ?? [];
    const message = `${error?.instancePath || 'the file'} ${error?.message ?? 'is not as expected'}`;
    throw new PreviewError('workbook-shape', message, { at: name, hint: 'Generate the file again.' });
  }
  return parsed;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new PreviewError('workbook-syntax', message, { at: name, hint: 'Generate the file again.' });
  }
}

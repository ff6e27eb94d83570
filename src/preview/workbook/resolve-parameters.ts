import { formatDatetime, ticksFromUnixMs } from '../../kql/values/datetime.ts';
import { formatTimeRange } from '../format-figures.ts';
import { PreviewError } from '../preview-error.ts';

/** What a parameter stands for while a workbook runs; texts of `list` and `choice` come from the parameter's query. */
export type ParameterValue =
  | { readonly kind: 'time-range'; readonly fromMs: number; readonly toMs: number }
  /** `all`: nothing is left out, and the value is what the parameter's settings say for it. */
  | { readonly kind: 'list'; readonly values: readonly string[]; readonly all: boolean }
  | { readonly kind: 'choice'; readonly value: string; readonly label: string }
  /** Has no value in a preview, which has one workspace. */
  | { readonly kind: 'workspace' }
  /** Its query failed: so does every step that uses it, and no other. */
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string };

export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/**
 * A query with its parameters put in, as Azure Workbooks does it, with two differences: a time range is always written
 * with both ends, and what could end a string literal is escaped.
 * @throws PreviewError for a parameter that has no value, or a form that its kind does not have
 */
export function resolveQuery(query: string, values: ParameterValues, at: string): string {
  return replaceReferences(query, values, at, kqlText);
}

/** A text for people with `{Name:label}` replaced. */
export function resolveLabel(text: string, values: ParameterValues, at: string): string {
  return replaceReferences(text, values, at, (value, format) =>
    format === 'label' ? parameterLabel(value) : undefined,
  );
}

/** What a person reads for a parameter's value. */
export function parameterLabel(value: ParameterValue): string {
  switch (value.kind) {
    case 'time-range':
      return `${formatTimeRange(value.fromMs, value.toMs)} UTC`;
    case 'list':
      return value.all ? 'All' : value.values.join(', ');
    case 'choice':
      return value.label;
    case 'workspace':
      return 'the logs that were loaded';
    case 'failed':
      return 'could not be filled';
    default:
      return value satisfies never;
  }
}

type Print = (value: ParameterValue, format: string | undefined, name: string) => string | undefined;

/** One pass: a value that looks like a reference stays text. */
function replaceReferences(text: string, values: ParameterValues, at: string, print: Print): string {
  return text.replace(/\{([A-Za-z_]\w*)(?::(\w+))?\}/g, (reference, name: string, format: string | undefined) => {
    const value = values.get(name);
    if (value === undefined) {
      const hint = `Defined before this step: ${[...values.keys()].join(', ') || 'none'}.`;
      throw new PreviewError('parameter-undefined', `${reference} has no value`, { at, hint });
    }
    const printed = print(value, format, name);
    if (printed === undefined) {
      const message = `${reference} is not a form of a ${value.kind} parameter here`;
      throw new PreviewError('parameter-format', message, { at, hint: 'Change the workbook definition.' });
    }
    return printed;
  });
}

const kqlText: Print = (value, format, name) => {
  switch (value.kind) {
    case 'time-range':
      return timeRangeKql(value.fromMs, value.toMs, format);
    case 'list':
      return format === undefined ? value.values.map(quote).join(',') : undefined;
    case 'choice':
      return format === 'escape' ? escapeQuotes(value.value) : undefined;
    case 'workspace':
      return undefined;
    case 'failed':
      throw new PreviewError('parameter-value', `could not be filled: ${value.message}`, {
        at: name,
        hint: value.hint,
      });
    default:
      return value satisfies never;
  }
};

function timeRangeKql(fromMs: number, toMs: number, format: string | undefined): string | undefined {
  const from = datetimeLiteral(fromMs);
  const to = datetimeLiteral(toMs);
  switch (format) {
    case undefined:
    case 'value':
    case 'query':
      return `between (${from} .. ${to})`;
    case 'start':
      return from;
    case 'end':
      return to;
    case 'grain':
      return chooseGrain(toMs - fromMs).text;
    default:
      return undefined;
  }
}

const datetimeLiteral = (timeMs: number): string => `datetime(${formatDatetime(ticksFromUnixMs(timeMs))})`;

const MINUTE_MS = 60_000;
const MAXIMUM_BINS = 62;

const grains = [
  ['1m', 1],
  ['5m', 5],
  ['10m', 10],
  ['30m', 30],
  ['1h', 60],
  ['3h', 180],
  ['6h', 360],
  ['12h', 720],
  ['1d', 1440],
] as const;

/** The finest bin that cuts a range into no more than some dozens of them. */
export function chooseGrain(rangeMs: number): { readonly text: string; readonly durationMs: number } {
  const [text, minutes] = grains.find(([, size]) => rangeMs <= MAXIMUM_BINS * size * MINUTE_MS) ?? ['7d', 10_080];
  return { text, durationMs: minutes * MINUTE_MS };
}

const quote = (text: string): string => `'${escapeQuotes(text)}'`;

/** For a string literal in single quotes; nothing in it can end the literal or start a line. */
const escapeQuotes = (text: string): string =>
  text.replace(/[\\'"]|[^ -~]/g, (character) =>
    /[ -~]/.test(character) ? `\\${character}` : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

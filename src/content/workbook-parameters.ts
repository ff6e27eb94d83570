import { type KqlFragment, kql } from './kql.ts';

type Named = {
  /** What queries write in braces. */
  readonly name: string;
  /** What people read above the control. */
  readonly label: string;
};

/** Where every query of the workbook runs; the emitter binds each step to it by this name. */
export type WorkspaceParameter = Named & { readonly kind: 'workspace'; readonly name: 'Workspace' };

/** The time that every step shows; the emitter binds each step to it by this name. */
export type TimeRangeParameter = Named & {
  readonly kind: 'time-range';
  readonly name: 'TimeRange';
  readonly selectableHours: readonly number[];
  readonly defaultHours: number;
};

/** A drop-down of several values, all at first. The first column of the query holds the values. */
export type ListParameter = Named & { readonly kind: 'list'; readonly query: KqlFragment };

/** A drop-down of one value, the query's first at first. Columns: the value, then the label that is shown for it. */
export type ChoiceParameter = Named & { readonly kind: 'choice'; readonly query: KqlFragment };

/** A control above the workbook's steps; `tab` parameters are set by a row of tabs. */
export type WorkbookParameter = WorkspaceParameter | TimeRangeParameter | ListParameter | ChoiceParameter;

export type ParameterKind = WorkbookParameter['kind'] | 'tab';

// A reference is a fragment, because a parameter's name is checked (defineWorkbook) before a query is emitted, and the
// control's own quoting makes the value a literal.
const reference = (text: string): KqlFragment => ({ kind: 'kql', text });

/** `TimeGenerated {TimeRange}`: what lies in the chosen range. */
export const inRange = ({ name }: TimeRangeParameter): KqlFragment => reference(`TimeGenerated {${name}}`);

/** A datetime: where the chosen range starts. */
export const rangeStart = ({ name }: TimeRangeParameter): KqlFragment => reference(`{${name}:start}`);

/** A datetime: where the chosen range ends. */
export const rangeEnd = ({ name }: TimeRangeParameter): KqlFragment => reference(`{${name}:end}`);

/** A timespan that cuts the chosen range into some dozens of bins. */
export const rangeGrain = ({ name }: TimeRangeParameter): KqlFragment => reference(`{${name}:grain}`);

/** A condition: the column holds one of the chosen values, or all are chosen. */
export function isChosen({ name }: ListParameter, column: KqlFragment): KqlFragment {
  return kql`(${SELECT_ALL} in (${reference(`{${name}}`)}) or ${column} in (${reference(`{${name}}`)}))`;
}

/** The chosen value as a string literal. */
export const chosenValue = ({ name }: ChoiceParameter): KqlFragment => reference(`'{${name}:escape}'`);

/** What a list's value is while all are chosen, so that rows whose value no list can hold are still shown. */
export const SELECT_ALL = '*';

/**
 * Keeps rows whose `column` can stand in a query as a value: nothing in it could end a literal or name another
 * parameter. A parameter's query holds this, whatever Azure's own quoting does, because logged names may be an
 * attacker's.
 */
export function withSafeValues(column: KqlFragment): KqlFragment {
  return kql`| where ${column} matches regex @"^[A-Za-z0-9 /()\[\]:;=@~!*$&+,%._-]+$"`;
}

/** A text with its braces as parentheses: what the value of a choice between such texts has to be. */
export function withoutBraces(text: KqlFragment): KqlFragment {
  return kql`replace_string(replace_string(${text}, "{", "("), "}", ")")`;
}

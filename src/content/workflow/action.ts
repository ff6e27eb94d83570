import type { ArrayInput, BooleanInput, Expression } from './expression.ts';
import type { WorkflowValue } from './workflow-value.ts';

export type RunStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut';

export const anyOutcome: readonly RunStatus[] = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'];

/**
 * `runsOn` says after which outcomes of the action before it in the list an action runs: `Succeeded` unless stated.
 * Actions are a list, so `runAfter` is never written by hand. `purpose` is shown in the designer.
 */
type Common = { readonly name: string; readonly purpose?: string; readonly runsOn?: readonly RunStatus[] };

export type VariableType = 'Array' | 'Boolean' | 'Integer' | 'Object' | 'String';

export type InitializeVariable = Common & {
  readonly type: 'InitializeVariable';
  readonly variable: string;
  readonly variableType: VariableType;
  readonly value: WorkflowValue;
};
export type SetVariable = Common & {
  readonly type: 'SetVariable';
  readonly variable: string;
  readonly value: WorkflowValue;
};
export type Compose = Common & { readonly type: 'Compose'; readonly inputs: WorkflowValue };
export type Select = Common & { readonly type: 'Select'; readonly from: ArrayInput; readonly select: WorkflowValue };
export type Query = Common & { readonly type: 'Query'; readonly from: ArrayInput; readonly where: BooleanInput };

/**
 * A call of Azure Resource Manager, always as the playbook's own managed identity.
 * `retry: false` turns the host's own retries off, for requests whose body may be stale by then.
 */
export type Http = Common & {
  readonly type: 'Http';
  readonly method: 'GET' | 'PUT';
  readonly uri: WorkflowValue;
  readonly headers?: { readonly [name: string]: WorkflowValue };
  readonly body?: WorkflowValue;
  readonly retry?: boolean;
};
/** A call through the Microsoft Sentinel connection. */
export type SentinelConnector = Common & {
  readonly type: 'SentinelConnector';
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly body: WorkflowValue;
};
export type If = Common & {
  readonly type: 'If';
  readonly condition: Expression<'boolean'>;
  readonly whenTrue: readonly Action[];
  readonly whenFalse?: readonly Action[];
};
/** Repeats until the condition holds or a limit is reached; `timeout` is an ISO 8601 duration. */
export type Until = Common & {
  readonly type: 'Until';
  readonly condition: Expression<'boolean'>;
  readonly limit: { readonly count: number; readonly timeout: string };
  readonly actions: readonly Action[];
};
/** One element after the other: the emitter writes `repetitions: 1`, for Logic Apps runs 20 at a time by default. */
export type Foreach = Common & {
  readonly type: 'Foreach';
  readonly from: ArrayInput;
  readonly actions: readonly Action[];
};
export type Scope = Common & { readonly type: 'Scope'; readonly actions: readonly Action[] };
export type Wait = Common & { readonly type: 'Wait'; readonly seconds: number };
export type Terminate = Common & {
  readonly type: 'Terminate';
  readonly runStatus: 'Failed';
  readonly code: WorkflowValue;
  readonly message: WorkflowValue;
};

export type Action =
  | InitializeVariable
  | SetVariable
  | Compose
  | Select
  | Query
  | Http
  | SentinelConnector
  | If
  | Until
  | Foreach
  | Scope
  | Wait
  | Terminate;

/** The lists of actions inside an action, in the order in which they are written. */
export function innerActions(action: Action): readonly (readonly Action[])[] {
  switch (action.type) {
    case 'If':
      return [action.whenTrue, action.whenFalse ?? []];
    case 'Until':
    case 'Foreach':
    case 'Scope':
      return [action.actions];
    default:
      return [];
  }
}

/**
 * The values of an action that may hold expressions, without those of its inner actions. `inList` values are evaluated
 * once an element, with `item()`; `afterwards` values after the inner actions have run, as the condition of an Until.
 */
export type ActionValues = {
  readonly own: readonly WorkflowValue[];
  readonly inList: readonly WorkflowValue[];
  readonly afterwards: readonly WorkflowValue[];
};

export function actionValues(action: Action): ActionValues {
  const none = { own: [], inList: [], afterwards: [] };
  switch (action.type) {
    case 'InitializeVariable':
    case 'SetVariable':
      return { ...none, own: [action.value] };
    case 'Compose':
      return { ...none, own: [action.inputs] };
    case 'Select':
      return { ...none, own: [action.from], inList: [action.select] };
    case 'Query':
      return { ...none, own: [action.from], inList: [action.where] };
    case 'Http':
      return { ...none, own: [action.uri, action.headers ?? {}, action.body ?? null] };
    case 'SentinelConnector':
      return { ...none, own: [action.body] };
    case 'If':
      return { ...none, own: [action.condition] };
    case 'Until':
      return { ...none, afterwards: [action.condition] };
    case 'Foreach':
      return { ...none, own: [action.from] };
    case 'Terminate':
      return { ...none, own: [action.code, action.message] };
    case 'Scope':
    case 'Wait':
      return none;
    default:
      return action satisfies never;
  }
}

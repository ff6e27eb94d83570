import { type Action, innerActions } from './action.ts';
import { checkReferences } from './check-references.ts';
import { WorkflowError } from './workflow-error.ts';
import type { JsonValue } from './workflow-value.ts';

export type WorkflowParameterType = 'Array' | 'Bool' | 'Int' | 'String';

/** A parameter of the workflow. One without a value of its own takes it from the deployment. */
export type WorkflowParameter = { readonly type: WorkflowParameterType; readonly defaultValue?: JsonValue };

/** A Logic Apps workflow that a Microsoft Sentinel incident starts, one run at a time. */
export type WorkflowDefinition = {
  readonly parameters: { readonly [name: string]: WorkflowParameter };
  readonly actions: readonly Action[];
};

/** Limits page of Azure Logic Apps, "Workflow definition limits". */
const limits = { actions: 500, depth: 8, nameLength: 80 };

/**
 * Checks a workflow and returns it unchanged: names, order of references, variables, loops, sizes.
 * @throws WorkflowError
 */
export function defineWorkflow(workflow: WorkflowDefinition): WorkflowDefinition {
  const known = new Map<string, 'inside-loop' | 'reachable'>();
  checkStructure(workflow.actions, { position: [], inLoop: false }, known);
  if (known.size > limits.actions) {
    const message = `${known.size} actions; Logic Apps takes ${limits.actions}`;
    throw new WorkflowError('actions-too-many', [], message, 'Split the playbook.');
  }
  const used = checkReferences(workflow.actions, new Set(Object.keys(workflow.parameters)), known);
  for (const name of Object.keys(workflow.parameters)) {
    if (!used.has(name)) {
      throw new WorkflowError('parameter-unused', [], `parameter ${name} is never read`, 'Remove it.');
    }
  }
  return workflow;
}

type Place = { readonly position: readonly string[]; readonly inLoop: boolean };

function checkStructure(
  actions: readonly Action[],
  { position, inLoop }: Place,
  known: Map<string, 'inside-loop' | 'reachable'>,
): void {
  for (const [index, action] of actions.entries()) {
    const here = [...position, action.name];
    checkName(action.name, here, known);
    known.set(action.name, inLoop ? 'inside-loop' : 'reachable');
    checkPlace(action, index, here, inLoop);
    const isLoop = action.type === 'Foreach' || action.type === 'Until';
    for (const list of innerActions(action)) {
      checkStructure(list, { position: here, inLoop: inLoop || isLoop }, known);
    }
  }
}

function checkName(name: string, here: readonly string[], known: ReadonlyMap<string, unknown>): void {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || name.length > limits.nameLength) {
    const hint = `Use letters, digits and underscores, at most ${limits.nameLength} characters.`;
    throw new WorkflowError('action-name', here, `${JSON.stringify(name)} cannot name an action`, hint);
  }
  // Logic Apps compares action names without regard to case, across the whole workflow.
  if ([...known.keys()].some((other) => other.toLowerCase() === name.toLowerCase())) {
    throw new WorkflowError('action-duplicate', here, `two actions are named ${name}`, 'Rename one of them.');
  }
}

function checkPlace(action: Action, index: number, here: readonly string[], inLoop: boolean): void {
  if (here.length > limits.depth) {
    const message = `nested ${here.length} deep; Logic Apps takes ${limits.depth}`;
    throw new WorkflowError('actions-too-deep', here, message, 'Flatten conditions into one Compose that decides.');
  }
  if (index === 0 && action.runsOn !== undefined) {
    const message = 'the first action of a list has nothing before it to run after';
    throw new WorkflowError('action-runs-on', here, message, 'Remove runsOn.');
  }
  if (action.type === 'InitializeVariable' && here.length > 1) {
    const message = 'variables can only be initialised at the top of a workflow';
    throw new WorkflowError('variable-initialised-inside', here, message, 'Move it out and set it here.');
  }
  if (action.type === 'Terminate' && inLoop) {
    const message = 'Logic Apps allows no Terminate inside a loop';
    throw new WorkflowError('terminate-inside-loop', here, message, 'Set a variable and terminate after the loop.');
  }
}

import type { Action } from './action.ts';
import { actionValues, innerActions } from './action.ts';
import type { Expression } from './expression.ts';
import { callsIn, expressionText, maximumExpressionLength } from './expression.ts';
import { WorkflowError, type WorkflowErrorCode } from './workflow-error.ts';
import { expressionsIn, type WorkflowValue } from './workflow-value.ts';

/** What an expression at one place of the workflow may refer to. `loops` are the Foreach names around it. */
type Surroundings = {
  readonly position: readonly string[];
  readonly preceding: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
  readonly inList: boolean;
  /** Every action of the workflow, to tell a misspelt name from one that comes later. */
  readonly actions: ReadonlyMap<string, 'inside-loop' | 'reachable'>;
};

type Refusal = { readonly code: WorkflowErrorCode; readonly message: string; readonly hint: string };

/**
 * Checks that every expression refers only to actions that come before it, variables that are initialised, parameters
 * that exist, and elements of a list that surrounds it; returns the names of the parameters that are used.
 * @throws WorkflowError
 */
export function checkReferences(
  actions: readonly Action[],
  parameters: ReadonlySet<string>,
  knownActions: Surroundings['actions'],
): ReadonlySet<string> {
  const used = new Set<string>();
  const start = { position: [], preceding: new Set<string>(), variables: new Set<string>(), loops: new Set<string>() };
  checkList(actions, { ...start, parameters, inList: false, actions: knownActions }, used);
  return used;
}

/** Returns what may be referred to after the list: its actions, and those inside its scopes and conditions. */
function checkList(actions: readonly Action[], outside: Surroundings, used: Set<string>): Surroundings {
  let surroundings = outside;
  for (const action of actions) {
    surroundings = { ...checkAction(action, surroundings, used), position: outside.position };
  }
  return surroundings;
}

function checkAction(action: Action, before: Surroundings, used: Set<string>): Surroundings {
  const here = { ...before, position: [...before.position, action.name] };
  const values = actionValues(action);
  checkValues(values.own, here, used);
  checkValues(values.inList, { ...here, inList: true }, used);
  const isLoop = action.type === 'Foreach' || action.type === 'Until';
  const inside = action.type === 'Foreach' ? { ...here, loops: new Set([...here.loops, action.name]) } : here;
  const preceding = new Set(before.preceding).add(action.name);
  for (const list of innerActions(action)) {
    const after = checkList(list, inside, used);
    checkValues(values.afterwards, { ...after, position: here.position }, used);
    // After a loop its actions have run many times: what a reference to one of them means is not documented.
    for (const name of isLoop ? [] : after.preceding) {
      preceding.add(name);
    }
  }
  const variables = new Set(before.variables);
  if (action.type === 'InitializeVariable') {
    if (variables.has(action.variable)) {
      const message = `variable ${action.variable} is initialised twice`;
      refuse(here, { code: 'variable-duplicate', message, hint: 'Use SetVariable the second time.' });
    }
    variables.add(action.variable);
  }
  if (action.type === 'SetVariable') {
    checkAssignment(action.variable, action.value, here);
  }
  return { ...before, preceding, variables };
}

function checkAssignment(variable: string, value: WorkflowValue, here: Surroundings): void {
  if (!here.variables.has(variable)) {
    refuse(here, variableUnknown(variable));
  }
  for (const expression of expressionsIn(value)) {
    for (const { name, parameters } of callsIn(expression)) {
      if (name === 'variables' && nameIn(parameters) === variable) {
        refuse(here, {
          code: 'variable-self-reference',
          message: `variable ${variable} is set from itself, which Logic Apps refuses`,
          hint: 'Compose the new value first, then set the variable from that action.',
        });
      }
    }
  }
  if (here.loops.size > 0) {
    refuse(here, {
      code: 'variable-set-in-foreach',
      message: `variable ${variable} is set inside a Foreach, where elements share it`,
      hint: 'Build the list with Select, Query and union instead.',
    });
  }
}

function checkValues(values: readonly WorkflowValue[], here: Surroundings, used: Set<string>): void {
  for (const value of values) {
    for (const expression of expressionsIn(value)) {
      checkExpression(expression, here, used);
    }
  }
}

function checkExpression(expression: Expression, here: Surroundings, used: Set<string>): void {
  const { length } = expressionText(expression);
  if (length > maximumExpressionLength) {
    refuse(here, {
      code: 'expression-too-long',
      message: `an expression has ${length} characters; Logic Apps takes ${maximumExpressionLength}`,
      hint: 'Split it over several Select or Compose actions.',
    });
  }
  for (const { name, parameters } of callsIn(expression)) {
    const check = referenceChecks[name];
    if (check !== undefined) {
      const target = nameIn(parameters);
      const refusal = check(target, here);
      if (refusal !== undefined) {
        refuse(here, refusal);
      }
      if (name === 'parameters') {
        used.add(target);
      }
    }
  }
}

function nameIn(parameters: readonly Expression[]): string {
  const [first] = parameters;
  return first?.wdl === 'literal' ? String(first.value) : '';
}

type ReferenceCheck = (name: string, here: Surroundings) => Refusal | undefined;

const referenceChecks: { readonly [functionName: string]: ReferenceCheck | undefined } = {
  body: actionRefusal,
  outputs: actionRefusal,
  variables: (name, here) => (here.variables.has(name) ? undefined : variableUnknown(name)),
  parameters: (name, here) =>
    here.parameters.has(name)
      ? undefined
      : { code: 'parameter-unknown', message: `no parameter ${name}`, hint: 'Declare it in the workflow.' },
  item: (_name, here) =>
    here.inList
      ? undefined
      : {
          code: 'item-outside-list',
          message: 'item() outside of a Select or Query',
          hint: 'Use items(…) in a Foreach.',
        },
  items: (name, here) =>
    here.loops.has(name)
      ? undefined
      : { code: 'item-outside-list', message: `no Foreach ${name} around it`, hint: 'Name the surrounding Foreach.' },
};

function actionRefusal(name: string, here: Surroundings): Refusal | undefined {
  if (here.preceding.has(name)) {
    return undefined;
  }
  switch (here.actions.get(name)) {
    case undefined:
      return { code: 'action-unknown', message: `no action ${name}`, hint: 'Correct the name.' };
    case 'inside-loop':
      return {
        code: 'action-inside-loop',
        message: `action ${name} is inside a loop and cannot be read from outside`,
        hint: 'Set a variable inside the Until loop and read that.',
      };
    case 'reachable':
      return {
        code: 'action-does-not-precede',
        message: `action ${name} does not come before this one`,
        hint: 'Move it up, or out of the branch.',
      };
  }
}

function variableUnknown(name: string): Refusal {
  return {
    code: 'variable-unknown',
    message: `variable ${name} is not initialised before`,
    hint: 'Initialise it at the start of the workflow.',
  };
}

function refuse({ position }: Surroundings, { code, message, hint }: Refusal): never {
  throw new WorkflowError(code, position, message, hint);
}

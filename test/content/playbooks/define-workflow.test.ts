import assert from 'node:assert/strict';
import type { Action } from '../../../src/content/workflow/action.ts';
import { defineWorkflow, type WorkflowDefinition } from '../../../src/content/workflow/define-workflow.ts';
import {
  body,
  concat,
  equals,
  item,
  items,
  listOf,
  outputs,
  parameters,
  replace,
  triggerBody,
  variables,
} from '../../../src/content/workflow/expression-functions.ts';
import { WorkflowError, type WorkflowErrorCode } from '../../../src/content/workflow/workflow-error.ts';
import { text, type WorkflowValue } from '../../../src/content/workflow/workflow-value.ts';

const compose = (name: string, inputs: WorkflowValue = ''): Action => ({ type: 'Compose', name, inputs });
const set = (name: string, value: WorkflowValue, variable = 'Count'): Action => ({
  type: 'SetVariable',
  name,
  variable,
  value,
});
const initialise: Action = {
  type: 'InitializeVariable',
  name: 'Start',
  variable: 'Count',
  variableType: 'Integer',
  value: 0,
};
const scope = (name: string, ...actions: Action[]): Action => ({ type: 'Scope', name, actions });
const foreach = (name: string, ...actions: Action[]): Action => ({
  type: 'Foreach',
  name,
  from: listOf(triggerBody()),
  actions,
});
const until = (name: string, ...actions: Action[]): Action => ({
  type: 'Until',
  name,
  condition: equals(1, 1),
  limit: { count: 2, timeout: 'PT1M' },
  actions,
});
const condition = (name: string, whenTrue: readonly Action[], whenFalse: readonly Action[] = []): Action => ({
  type: 'If',
  name,
  condition: equals(1, 1),
  whenTrue,
  whenFalse,
});

const define = (...actions: Action[]) => defineWorkflow({ parameters: {}, actions });

function assertRefused(code: WorkflowErrorCode, position: readonly string[], workflow: () => WorkflowDefinition): void {
  assert.throws(workflow, (error: unknown) => {
    assert.ok(error instanceof WorkflowError, String(error));
    assert.deepEqual([error.code, error.position], [code, position]);
    assert.ok(error.hint.length > 0);
    return true;
  });
}

describe('A workflow', () => {
  it('is taken where everything it refers to comes before, also out of scopes and conditions', () => {
    const workflow: WorkflowDefinition = {
      parameters: { Limit: { type: 'Int' } },
      actions: [
        initialise,
        scope('Outer', compose('Inside'), condition('Choice', [compose('Yes', outputs('Inside'))])),
        set('Set', outputs('Yes')),
        until('Again', compose('Step', parameters('Limit')), set('Keep', outputs('Step'))),
        foreach('Each', compose('One', items('Each'))),
        { type: 'Query', name: 'Some', from: listOf(triggerBody()), where: equals(item(), variables('Count')) },
        compose('All', text`${body('Some')} of ${outputs('Inside')}`),
      ],
    };
    assert.equal(defineWorkflow(workflow), workflow);
  });

  it('is refused for an action that is not there, that comes later, or that refers to itself', () => {
    assertRefused('action-unknown', ['A'], () => define(compose('A', outputs('Missing'))));
    assertRefused('action-does-not-precede', ['A'], () => define(compose('A', outputs('B')), compose('B')));
    assertRefused('action-does-not-precede', ['A'], () => define(compose('A', { deep: [outputs('A')] })));
    assertRefused('action-does-not-precede', ['Choice', 'No'], () =>
      define(condition('Choice', [compose('Yes')], [compose('No', outputs('Yes'))])),
    );
  });

  it('is refused where an action in a loop is read from outside: which round it means is not documented', () => {
    for (const loop of [until, foreach]) {
      const actions = [
        loop('Loop', compose('Inner'), compose('Next', outputs('Inner'))),
        compose('After', outputs('Inner')),
      ];
      assertRefused('action-inside-loop', ['After'], () => define(...actions));
    }
  });

  it('is refused for variables that are not there yet, twice there, initialised inside, or set from themselves', () => {
    assertRefused('variable-unknown', ['A'], () => define(compose('A', variables('Count')), initialise));
    assertRefused('variable-unknown', ['Set'], () => define(set('Set', 1)));
    assertRefused('variable-duplicate', ['Again'], () => define(initialise, { ...initialise, name: 'Again' }));
    assertRefused('variable-initialised-inside', ['Outer', 'Start'], () => define(scope('Outer', initialise)));
    assertRefused('variable-self-reference', ['Set'], () =>
      define(initialise, set('Set', concat('1', variables('Count')))),
    );
  });

  it('is refused where a Foreach sets a variable, however deep inside', () => {
    const inside = foreach('Each', scope('Deep', set('Set', 1)));
    assertRefused('variable-set-in-foreach', ['Each', 'Deep', 'Set'], () => define(initialise, inside));
  });

  it('is refused for item() outside of a list, and for items() of a loop that is not around it', () => {
    assertRefused('item-outside-list', ['A'], () => define(compose('A', item())));
    assertRefused('item-outside-list', ['Pick'], () =>
      define({ type: 'Select', name: 'Pick', from: item(), select: '' }),
    );
    assertRefused('item-outside-list', ['A'], () =>
      define(foreach('Each', compose('One')), compose('A', items('Each'))),
    );
  });

  it('is refused for parameters that are not declared, or declared and not read', () => {
    assertRefused('parameter-unknown', ['A'], () => define(compose('A', parameters('Limit'))));
    assertRefused('parameter-unused', [], () =>
      defineWorkflow({ parameters: { Limit: { type: 'Int' } }, actions: [] }),
    );
  });

  it('is refused for names that Logic Apps does not take, or takes for one', () => {
    for (const name of ['', 'With space', '1st', "it's", 'a'.repeat(81)]) {
      assertRefused('action-name', [name], () => define(compose(name)));
    }
    assertRefused('action-duplicate', ['Outer', 'again'], () =>
      define(compose('Again'), scope('Outer', compose('again'))),
    );
  });

  it('is refused for an expression of 8,193 characters, and taken with 8,192', () => {
    // replace('…', 'a', 'b') has 21 characters besides the dots.
    const ofLength = (length: number) => replace('x'.repeat(length - 21), 'a', 'b');
    define(compose('A', ofLength(8192)));
    assertRefused('expression-too-long', ['A'], () => define(compose('A', ofLength(8193))));
  });

  it('is refused beyond the limits of Logic Apps: 500 actions, 8 levels', () => {
    const many = Array.from({ length: 500 }, (_, index) => compose(`A${index}`));
    define(...many);
    assertRefused('actions-too-many', [], () => define(...many, compose('OneMore')));
    const nested = (depth: number): Action => (depth === 1 ? compose('Leaf') : scope(`S${depth}`, nested(depth - 1)));
    define(nested(8));
    assertRefused('actions-too-deep', ['S9', 'S8', 'S7', 'S6', 'S5', 'S4', 'S3', 'S2', 'Leaf'], () =>
      define(nested(9)),
    );
  });

  it('is refused where it terminates inside a loop, or its first action waits for another', () => {
    const end: Action = { type: 'Terminate', name: 'End', runStatus: 'Failed', code: '', message: '' };
    assertRefused('terminate-inside-loop', ['Each', 'If', 'End'], () =>
      define(foreach('Each', condition('If', [end]))),
    );
    define(condition('If', [end]));
    assertRefused('action-runs-on', ['A'], () => define({ ...compose('A'), runsOn: ['Failed'] }));
  });
});

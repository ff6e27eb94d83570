import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action } from '../../src/content/workflow/action.ts';
import { defineWorkflow } from '../../src/content/workflow/define-workflow.ts';
import { expressionText, property } from '../../src/content/workflow/expression.ts';
import {
  and,
  body,
  concat,
  equals,
  json,
  outputs,
  parameters,
  triggerBody,
  variables,
} from '../../src/content/workflow/expression-functions.ts';
import { htmlText } from '../../src/content/workflow/html-text.ts';
import { WorkflowError } from '../../src/content/workflow/workflow-error.ts';
import { text, workflowValueJson } from '../../src/content/workflow/workflow-value.ts';
import { workflowDefinition } from '../../src/emit/playbook-workflow.ts';
import { evaluateValue } from './evaluate-expression.ts';
import type { Json } from './parse-expression.ts';

const context = { lookUp: () => null, now: '2026-03-24T11:05:00Z', evaluation: 'lazy' } as const;
const evaluated = (value: Parameters<typeof workflowValueJson>[0]) =>
  evaluateValue(workflowValueJson(value) as Json, context);

describe('An expression in a workflow', () => {
  it('is written with doubled quotes and forgiving property access', () => {
    const address = property(body('Get'), 'properties', 'customRules', 0, "it's");
    assert.equal(expressionText(address), "body('Get')?['properties']?['customRules']?[0]?['it''s']");
    const condition = and(equals(parameters('DryRun'), true), equals(triggerBody(), null));
    assert.equal(expressionText(condition), "and(equals(parameters('DryRun'), true), equals(triggerBody(), null))");
    assert.throws(() => concat('a', 1.5 as unknown as string), WorkflowError);
  });

  it('keeps any literal text as it is: quotes, braces and signs in it do not become expressions', () => {
    const hostile = fc.array(
      fc.constantFrom("'", "''", '@', '@@', '@{', '}', '[', ']', 'a', '@{triggerBody()}', '\n'),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        const literal = parts.join('');
        assert.equal(evaluated(literal), literal);
        assert.equal(evaluated(concat(literal, '!')), `${literal}!`);
        assert.equal(evaluated(text`${literal}: ${concat(literal)}`), `${literal}: ${literal}`);
        assert.deepEqual(evaluated({ nested: [literal, { deep: literal }] }), { nested: [literal, { deep: literal }] });
      }),
    );
  });

  it('shows text from outside in a comment as text', () => {
    const shown = evaluated(htmlText(`<a href="x" onclick='y'>&lt;</a>`));
    assert.equal(shown, '&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;lt;&lt;/a&gt;');
  });
});

describe('The actions of a workflow', () => {
  const actions: readonly Action[] = [
    { type: 'InitializeVariable', name: 'Start', variable: 'Done', variableType: 'Boolean', value: false },
    {
      type: 'Scope',
      name: 'Work',
      purpose: 'Does it.',
      actions: [
        { type: 'Http', name: 'Get', method: 'GET', uri: concat('https://management.azure.com', parameters('Id')) },
        {
          type: 'Http',
          name: 'Put',
          method: 'PUT',
          uri: 'https://management.azure.com/x',
          body: { a: outputs('Get') },
          retry: false,
        },
        { type: 'Foreach', name: 'Each', from: json('[1]'), actions: [{ type: 'Wait', name: 'Rest', seconds: 20 }] },
      ],
    },
    { type: 'SetVariable', name: 'Report', runsOn: ['Succeeded', 'Failed'], variable: 'Done', value: true },
    {
      type: 'If',
      name: 'Check',
      condition: equals(variables('Done'), true),
      whenTrue: [],
      whenFalse: [{ type: 'Compose', name: 'No', inputs: '@' }],
    },
  ];
  const definition = workflowDefinition(
    defineWorkflow({ parameters: { Id: { type: 'String', defaultValue: '' } }, actions }),
  );
  const identity = { type: 'ManagedServiceIdentity', audience: 'https://management.azure.com/' };

  it('are written as the Workflow Definition Language has them, each after the one before it in its list', () => {
    assert.deepEqual(definition.parameters, {
      $connections: { type: 'Object', defaultValue: {} },
      Id: { type: 'String', defaultValue: '' },
    });
    assert.deepEqual(definition.actions, {
      Start: {
        runAfter: {},
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'Done', type: 'Boolean', value: false }] },
      },
      Work: {
        description: 'Does it.',
        runAfter: { Start: ['Succeeded'] },
        type: 'Scope',
        actions: {
          Get: {
            runAfter: {},
            type: 'Http',
            inputs: {
              method: 'GET',
              uri: "@concat('https://management.azure.com', parameters('Id'))",
              authentication: identity,
            },
          },
          Put: {
            runAfter: { Get: ['Succeeded'] },
            type: 'Http',
            inputs: {
              method: 'PUT',
              uri: 'https://management.azure.com/x',
              body: { a: "@outputs('Get')" },
              authentication: identity,
              retryPolicy: { type: 'none' },
            },
          },
          Each: {
            runAfter: { Put: ['Succeeded'] },
            type: 'Foreach',
            foreach: "@json('[1]')",
            actions: { Rest: { runAfter: {}, type: 'Wait', inputs: { interval: { count: 20, unit: 'Second' } } } },
            runtimeConfiguration: { concurrency: { repetitions: 1 } },
          },
        },
      },
      Report: {
        runAfter: { Work: ['Succeeded', 'Failed'] },
        type: 'SetVariable',
        inputs: { name: 'Done', value: true },
      },
      Check: {
        runAfter: { Report: ['Succeeded'] },
        type: 'If',
        expression: { and: [{ equals: ["@equals(variables('Done'), true)", true] }] },
        actions: {},
        else: { actions: { No: { runAfter: {}, type: 'Compose', inputs: '@@' } } },
      },
    });
  });

  it('wait for an incident of Microsoft Sentinel, one at a time', () => {
    assert.deepEqual(definition.triggers, {
      Microsoft_Sentinel_incident: {
        type: 'ApiConnectionWebhook',
        inputs: {
          body: { callback_url: '@{listCallbackUrl()}' },
          host: { connection: { name: "@parameters('$connections')['azuresentinel']['connectionId']" } },
          path: '/incident-creation',
        },
        runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 100 } },
      },
    });
  });
});

import type { Action } from '../content/workflow/action.ts';
import type { WorkflowDefinition, WorkflowParameter } from '../content/workflow/define-workflow.ts';
import { workflowValueJson } from '../content/workflow/workflow-value.ts';
import type { ArmObject, ArmValue } from './arm.ts';

const sentinelConnection = { connection: { name: "@parameters('$connections')['azuresentinel']['connectionId']" } };
const managedIdentity = { type: 'ManagedServiceIdentity', audience: 'https://management.azure.com/' };

/**
 * The workflow in the Workflow Definition Language (schema 2016-06-01): one incident at a time, each action after the one
 * written before it.
 */
export function workflowDefinition(workflow: WorkflowDefinition): ArmObject {
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      $connections: { type: 'Object', defaultValue: {} },
      ...mapValues(workflow.parameters, parameterDeclaration),
    },
    triggers: { Microsoft_Sentinel_incident: incidentTrigger },
    actions: actionsJson(workflow.actions),
    outputs: {},
  };
}

/** Two runs at a time would overwrite each other's policy; 100 waiting incidents is the most that Logic Apps keeps. */
const incidentTrigger: ArmObject = {
  type: 'ApiConnectionWebhook',
  inputs: { body: { callback_url: '@{listCallbackUrl()}' }, host: sentinelConnection, path: '/incident-creation' },
  runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 100 } },
};

function parameterDeclaration({ type, defaultValue }: WorkflowParameter): ArmObject {
  return defaultValue === undefined ? { type } : { type, defaultValue };
}

function actionsJson(actions: readonly Action[]): ArmObject {
  return Object.fromEntries(
    actions.map((action, index) => {
      const previous = actions[index - 1];
      const runAfter = previous === undefined ? {} : { [previous.name]: action.runsOn ?? ['Succeeded'] };
      const description = action.purpose === undefined ? {} : { description: action.purpose };
      return [action.name, { ...description, runAfter, ...actionJson(action) }];
    }),
  );
}

function actionJson(action: Action): ArmObject {
  switch (action.type) {
    case 'InitializeVariable': {
      const variable = { name: action.variable, type: action.variableType, value: workflowValueJson(action.value) };
      return { type: action.type, inputs: { variables: [variable] } };
    }
    case 'SetVariable':
      return { type: action.type, inputs: { name: action.variable, value: workflowValueJson(action.value) } };
    case 'Compose':
      return { type: action.type, inputs: workflowValueJson(action.inputs) };
    case 'Select': {
      const inputs = { from: workflowValueJson(action.from), select: workflowValueJson(action.select) };
      return { type: action.type, inputs };
    }
    case 'Query': {
      const inputs = { from: workflowValueJson(action.from), where: workflowValueJson(action.where) };
      return { type: action.type, inputs };
    }
    case 'Http':
      return { type: action.type, inputs: httpInputs(action) };
    case 'SentinelConnector': {
      const { method, path, body } = action;
      return {
        type: 'ApiConnection',
        inputs: { host: sentinelConnection, method, path, body: workflowValueJson(body) },
      };
    }
    case 'Wait':
      return { type: action.type, inputs: { interval: { count: action.seconds, unit: 'Second' } } };
    case 'Terminate': {
      const runError = { code: workflowValueJson(action.code), message: workflowValueJson(action.message) };
      return { type: action.type, inputs: { runStatus: action.runStatus, runError } };
    }
    case 'If':
    case 'Until':
    case 'Foreach':
    case 'Scope':
      return containerJson(action);
    default:
      return action satisfies never;
  }
}

type Container = Extract<Action, { type: 'If' | 'Until' | 'Foreach' | 'Scope' }>;

function containerJson(action: Container): ArmObject {
  switch (action.type) {
    case 'If': {
      const expression = { and: [{ equals: [workflowValueJson(action.condition), true] }] };
      const otherwise = actionsJson(action.whenFalse ?? []);
      return { type: action.type, expression, actions: actionsJson(action.whenTrue), else: { actions: otherwise } };
    }
    case 'Until': {
      const expression = workflowValueJson(action.condition);
      return { type: action.type, expression, limit: action.limit, actions: actionsJson(action.actions) };
    }
    case 'Foreach': {
      const runtimeConfiguration = { concurrency: { repetitions: 1 } };
      const foreach = workflowValueJson(action.from);
      return { type: action.type, foreach, actions: actionsJson(action.actions), runtimeConfiguration };
    }
    case 'Scope':
      return { type: action.type, actions: actionsJson(action.actions) };
    default:
      return action satisfies never;
  }
}

function httpInputs({ method, uri, headers, body, retry }: Extract<Action, { type: 'Http' }>): ArmObject {
  return {
    method,
    uri: workflowValueJson(uri),
    ...(headers !== undefined && { headers: workflowValueJson(headers) }),
    ...(body !== undefined && { body: workflowValueJson(body) }),
    authentication: managedIdentity,
    ...(retry === false && { retryPolicy: { type: 'none' } }),
  };
}

function mapValues<T>(object: { readonly [key: string]: T }, map: (value: T) => ArmValue): ArmObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

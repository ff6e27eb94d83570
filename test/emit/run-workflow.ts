import { type ExpressionContext, evaluateValue, list, text } from './evaluate-expression.ts';
import { ExpressionFailure, type Json } from './parse-expression.ts';

/*
 * Runs the actions of a generated workflow definition, one after the other, as the Workflow Definition Language describes
 * them: enough to follow what a playbook decides and sends. It does not imitate the host: no retries, no time limits, no
 * parallel branches, no asynchronous answers.
 */

type JsonObject = { [key: string]: Json };

export type Status = 'Succeeded' | 'Failed' | 'Skipped';
export type Request = { readonly method: string; readonly uri: string; readonly body: Json; readonly headers: Json };
export type Answer = { readonly status: number; readonly body: Json };
export type ConnectorCall = { readonly method: string; readonly path: string; readonly body: Json };

/** The world outside the workflow. */
export type World = {
  readonly http: (request: Request) => Answer;
  readonly connector: (call: ConnectorCall) => Answer;
};

export type RunOptions = {
  readonly parameters: { readonly [name: string]: Json };
  readonly trigger: Json;
  readonly world: World;
  readonly now: string;
  readonly evaluation?: 'lazy' | 'eager';
};

export type Run = {
  readonly status: 'Succeeded' | 'Failed';
  readonly error?: { readonly code: Json; readonly message: Json };
  readonly statuses: ReadonlyMap<string, Status>;
  readonly outputs: ReadonlyMap<string, Json>;
  readonly variables: ReadonlyMap<string, Json>;
  /** Why actions failed, by name, the last time each did. */
  readonly failures: ReadonlyMap<string, string>;
};

class Terminated extends Error {
  readonly error: { readonly code: Json; readonly message: Json };

  constructor(error: { readonly code: Json; readonly message: Json }) {
    super('terminated');
    this.error = error;
  }
}

export function runWorkflow(definition: Json, options: RunOptions): Run {
  const runner = new Runner(definition, options);
  try {
    const status = runner.runList(object(object(definition).actions));
    return { ...runner.record, status: status === 'Failed' ? 'Failed' : 'Succeeded' };
  } catch (error) {
    if (error instanceof Terminated) {
      return { ...runner.record, status: 'Failed', error: error.error };
    }
    throw error;
  }
}

class Runner {
  readonly options: RunOptions;
  readonly parameters: JsonObject;
  readonly items = new Map<string, Json>();
  readonly record = {
    statuses: new Map<string, Status>(),
    outputs: new Map<string, Json>(),
    variables: new Map<string, Json>(),
    failures: new Map<string, string>(),
  };

  constructor(definition: Json, options: RunOptions) {
    this.options = options;
    const declared = Object.entries(object(object(definition).parameters));
    const defaults = declared.flatMap(([name, declaration]) => {
      const { defaultValue } = object(declaration);
      return defaultValue === undefined ? [] : [[name, defaultValue]];
    });
    this.parameters = { ...(Object.fromEntries(defaults) as JsonObject), ...options.parameters };
  }

  /** Runs a list in its order, and says what became of it: Failed where its last branch ends in a failure. */
  runList(actions: JsonObject): Status {
    let last: Status = 'Succeeded';
    for (const [name, action] of Object.entries(actions)) {
      const waits = Object.entries(object(object(action).runAfter));
      const isDue = waits.every(([before, statuses]) =>
        list(statuses).includes(this.record.statuses.get(before) ?? ''),
      );
      const status = isDue ? this.runAction(name, object(action)) : this.skip(name, object(action));
      // A list that ends in a skipped action has the status of what came before.
      last = isDue ? status : last;
    }
    return last;
  }

  skip(name: string, action: JsonObject): Status {
    this.record.statuses.set(name, 'Skipped');
    this.record.outputs.delete(name);
    for (const list of innerLists(action)) {
      for (const [inner, definition] of Object.entries(list)) {
        this.skip(inner, object(definition));
      }
    }
    return 'Skipped';
  }

  runAction(name: string, action: JsonObject): Status {
    this.record.outputs.delete(name);
    const status = this.tryToPerform(name, action);
    this.record.statuses.set(name, status);
    return status;
  }

  tryToPerform(name: string, action: JsonObject): Status {
    try {
      return this.perform(name, action);
    } catch (error) {
      if (error instanceof ExpressionFailure) {
        this.record.failures.set(name, error.message);
        return 'Failed';
      }
      throw error;
    }
  }

  perform(name: string, action: JsonObject): Status {
    const { inputs = null } = action;
    switch (action.type) {
      case 'InitializeVariable': {
        const [variable] = list(object(inputs).variables);
        this.record.variables.set(text(object(variable).name), this.evaluate(object(variable).value ?? null));
        return 'Succeeded';
      }
      case 'SetVariable':
        this.setVariable(text(object(inputs).name), this.evaluate(object(inputs).value ?? null));
        return 'Succeeded';
      case 'Compose':
        this.record.outputs.set(name, this.evaluate(inputs));
        return 'Succeeded';
      case 'Select':
      case 'Query': {
        const { from = null, select = null, where = null } = object(inputs);
        const elements = list(this.evaluate(from));
        const isSelect = action.type === 'Select';
        const body = isSelect
          ? elements.map((item) => this.evaluate(select, item))
          : elements.filter((item) => this.evaluate(where, item) === true);
        this.record.outputs.set(name, { body });
        return 'Succeeded';
      }
      case 'Http':
        return this.sendRequest(name, object(this.evaluate(inputs)));
      case 'ApiConnection':
        return this.callConnector(name, object(inputs));
      case 'Wait':
        return 'Succeeded';
      case 'Terminate': {
        const { code = null, message = null } = object(this.evaluate(object(inputs).runError ?? null));
        throw new Terminated({ code, message });
      }
      default:
        return this.performContainer(name, action);
    }
  }

  performContainer(name: string, action: JsonObject): Status {
    switch (action.type) {
      case 'Scope':
        return this.runList(object(action.actions));
      case 'If':
        return this.choose(action);
      case 'Until': {
        const { count } = object(action.limit);
        let status: Status = 'Succeeded';
        for (let turn = 0; turn < Number(count); turn += 1) {
          status = this.runList(object(action.actions));
          if (this.evaluate(action.expression ?? null) === true) {
            break;
          }
        }
        return status;
      }
      case 'Foreach': {
        const statuses = list(this.evaluate(action.foreach ?? null)).map((element) => {
          this.items.set(name, element);
          return this.runList(object(action.actions));
        });
        return statuses.includes('Failed') ? 'Failed' : 'Succeeded';
      }
      default:
        throw new Error(`action ${name} has the unknown type ${JSON.stringify(action.type)}`);
    }
  }

  choose(action: JsonObject): Status {
    const conditions = list(object(action.expression).and).map((condition) => list(object(condition).equals));
    const holds = conditions.every(([left = null, right = null]) => this.evaluate(left) === right);
    const otherwise = object(object(action.else).actions);
    const [taken, left] = holds ? [object(action.actions), otherwise] : [otherwise, object(action.actions)];
    for (const [name, definition] of Object.entries(left)) {
      this.skip(name, object(definition));
    }
    return this.runList(taken);
  }

  sendRequest(name: string, { method = '', uri = '', body = null, headers = null }: JsonObject): Status {
    const answer = this.options.world.http({ method: text(method), uri: text(uri), body, headers });
    this.record.outputs.set(name, { statusCode: answer.status, body: answer.body });
    return answer.status < 400 ? 'Succeeded' : 'Failed';
  }

  callConnector(name: string, { method = '', path = '', body = null }: JsonObject): Status {
    const call = { method: text(method), path: text(path), body: this.evaluate(body) };
    const answer = this.options.world.connector(call);
    this.record.outputs.set(name, { statusCode: answer.status, body: answer.body });
    return answer.status < 400 ? 'Succeeded' : 'Failed';
  }

  setVariable(name: string, value: Json): void {
    const before = this.record.variables.get(name);
    if (before === undefined || kindOf(before) !== kindOf(value)) {
      throw new ExpressionFailure(`variable ${name} cannot take ${JSON.stringify(value)?.slice(0, 80)}`);
    }
    this.record.variables.set(name, value);
  }

  evaluate(value: Json, item?: Json): Json {
    const context: ExpressionContext = {
      lookUp: (functionName, argument) => this.lookUp(functionName, argument ?? ''),
      ...(item !== undefined && { item }),
      now: this.options.now,
      evaluation: this.options.evaluation ?? 'lazy',
    };
    return evaluateValue(value, context);
  }

  lookUp(functionName: string, name: string): Json {
    switch (functionName) {
      case 'body':
        return object(this.outputOf(name)).body ?? null;
      case 'outputs':
        return this.outputOf(name);
      case 'variables':
        return held(this.record.variables.get(name), `variable ${name}`);
      case 'parameters':
        return held(this.parameters[name], `parameter ${name}`);
      case 'items':
        return held(this.items.get(name), `Foreach ${name}`);
      case 'triggerBody':
        return this.options.trigger;
      case 'workflow':
        return { run: { name: '08585000000000000000000000000CU00' } };
      default:
        throw new ExpressionFailure(`unknown function ${functionName}`);
    }
  }

  /** Reading an action that has not run is an error here: what the host makes of it is not documented. */
  outputOf(name: string): Json {
    return held(this.record.outputs.get(name), `outputs of ${name}`);
  }
}

function held(value: Json | undefined, what: string): Json {
  if (value === undefined) {
    throw new ExpressionFailure(`there is no ${what}`);
  }
  return value;
}

function innerLists(action: JsonObject): readonly JsonObject[] {
  return [action.actions, action.else === undefined ? undefined : object(action.else).actions].flatMap((inner) =>
    inner === undefined ? [] : [object(inner)],
  );
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

function object(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ExpressionFailure(`${JSON.stringify(value)?.slice(0, 80)} is not an object`);
  }
  return value;
}

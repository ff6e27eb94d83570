import type { Expression, TextTemplate } from './expression.ts';
import { expressionText } from './expression.ts';

/** A JSON value of a workflow in which expressions and text templates may stand anywhere. */
export type WorkflowValue =
  | string
  | number
  | boolean
  | null
  | Expression
  | TextTemplate
  | readonly WorkflowValue[]
  | { readonly [key: string]: WorkflowValue };

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Writes a text template: text`Blocked ${length(body('Missing'))} addresses`. Strings put in become part of the text. */
export function text(strings: TemplateStringsArray, ...parts: readonly (Expression | string)[]): TextTemplate {
  const texts = [strings[0] ?? ''];
  const expressions: Expression[] = [];
  for (const [index, part] of parts.entries()) {
    const following = strings[index + 1] ?? '';
    if (typeof part === 'string') {
      texts.push(`${texts.pop() ?? ''}${part}${following}`);
    } else {
      expressions.push(part);
      texts.push(following);
    }
  }
  return { wdl: 'text', strings: texts, expressions };
}

function isTagged(value: WorkflowValue): value is Expression | TextTemplate {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'wdl' in value;
}

/** Every expression in a value. */
export function* expressionsIn(value: WorkflowValue): Generator<Expression> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (isTagged(value)) {
    yield* value.wdl === 'text' ? value.expressions : [value];
    return;
  }
  for (const part of Object.values(value)) {
    yield* expressionsIn(part);
  }
}

/** The value as it stands in a workflow definition: expressions as `@…`, literal text protected from being read as one. */
export function workflowValueJson(value: WorkflowValue): JsonValue {
  if (typeof value === 'string') {
    return literalString(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (isTagged(value)) {
    return value.wdl === 'text' ? templateText(value) : `@${expressionText(value)}`;
  }
  if (Array.isArray(value)) {
    return value.map(workflowValueJson);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, workflowValueJson(part)]));
}

// A leading @ starts an expression and @{ starts one anywhere; doubling the sign keeps it text.
function literalString(text: string): string {
  const inner = text.replaceAll('@{', '@@{');
  return text.startsWith('@') && !text.startsWith('@{') ? `@${inner}` : inner;
}

function templateText({ strings, expressions }: TextTemplate): string {
  return strings
    .map((string, index) => {
      const expression = expressions[index];
      const literal = index === 0 ? literalString(string) : string.replaceAll('@{', '@@{');
      return expression === undefined ? literal : `${literal}@{${expressionText(expression)}}`;
    })
    .join('');
}

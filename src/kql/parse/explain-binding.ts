import { KqlError } from '../kql-error.ts';
import { refusedCalls } from '../support/refused-calls.ts';
import { completeQuery } from './complete-query.ts';
import { didYouMean, nearestNames } from './nearest-names.ts';
import type { Symbols } from './parse-query.ts';

/** The binder's complaints about names that it does not know: of a table, of any kind, of a function, of a plugin. */
const unknownNames: ReadonlySet<string> = new Set(['KS204', 'KS142', 'KS211', 'KS124', 'KS176']);

/** Its complaints about what only the service has: databases, external tables, materialized views, stored results, graphs. */
const outOfReach: Readonly<Record<string, string>> = {
  KS208: 'database',
  KS207: 'cluster',
  KS209: 'external_table',
  KS210: 'materialized_view',
  KS248: 'stored_query_result',
  KS260: 'graph',
};

/** The number of the binder's complaint that an error passes on. */
const bindingNumber = ({ message }: KqlError): string | undefined => /\[(KS\d+)\]$/.exec(message)?.[1];

/**
 * A binding error that says more: which names are near the unknown one, or that what the query names is refused, and why.
 * It looks around in the query, which costs; so only the error that is shown is explained.
 */
export function explainBinding(error: KqlError, text: string, symbols: Symbols): KqlError {
  const number = bindingNumber(error);
  if (number === undefined || error.span === undefined || error.hint !== undefined) return error;
  const { span, cause } = error;
  const scope = outOfReach[number];
  if (scope !== undefined) return refused(scope, error);
  if (!unknownNames.has(number)) return error;
  const written = text.slice(span.start, span.end).replace(/^\[?["']|["']\]?$/g, '');
  if (number === 'KS211' && Object.hasOwn(refusedCalls, written)) return refused(written, error);
  const hint = didYouMean(nearestNames(written, namesAt(text, span.end, symbols)));
  return hint === undefined ? error : new KqlError(error.code, error.message, { span, hint, cause });
}

const refused = (name: string, { span, cause }: KqlError): KqlError =>
  new KqlError('unsupported', `${name}() is not supported: ${refusedCalls[name]}`, { span, cause });

/** The names that may stand here; where the language service offers none, those of the tables and saved functions. */
function namesAt(text: string, offset: number, symbols: Symbols): readonly string[] {
  const offered = completeQuery(text, offset, symbols).items.map(({ name }) => name);
  return offered.length > 0 ? offered : [...symbols.tables.keys(), ...symbols.functions.keys()];
}

import { KqlError } from '../kql/index.ts';
import { asimSchemas } from './asim-schemas.ts';

const schemaNames = asimSchemas.map(({ name }) => name).join('|');
/** `_Im_Dns`, `imDns`, `ASimDns`, and the parsers of one source, such as `_Im_Dns_InfobloxNIOS` and `vimDnsInfobloxNIOS`. */
const asimName = new RegExp(`^(?:_Im_|_ASim_|im|vim|ASim)(${schemaNames})\\w*$`);

/** The binder's complaints about names of tables, of functions, and of anything. */
const unknownName = /\[KS(?:204|211|142)\]$/;

/** An error about a name that a workspace would have and nobody supplied here says what to supply. */
export function explainMissing(error: KqlError, text: string): KqlError {
  const { span, message, cause } = error;
  if (error.code !== 'binding' || span === undefined || !unknownName.test(message)) return error;
  const name = text.slice(span.start, span.end);
  const schema = asimName.exec(name)?.[1];
  if (schema !== undefined) {
    return new KqlError('unavailable', `the ASIM parser ${name} is not among the functions of this workspace`, {
      span,
      cause,
      hint: `give normalised rows as a table (_Im_${schema}.ndjson among the logs), or the parser as a function (--function ${name}=FILE.kql)`,
    });
  }
  if (/\b_GetWatchlist\s*\(/.test(text) && /column/.test(message)) {
    return new KqlError('binding', message, {
      span,
      cause,
      hint: `${error.hint ?? `no item of the watchlist has a field ${name}`}; a watchlist is given with its rows in the Watchlist table, or with --watchlist ALIAS=FILE.csv`,
    });
  }
  return error.hint === undefined ? withSupplyHint(error, name) : error;
}

/** Nothing is near the name: it may be one that the caller has to bring along. */
function withSupplyHint({ code, message, span, cause }: KqlError, name: string): KqlError {
  const hint = message.endsWith('[KS211]')
    ? `a saved function of the workspace is given with --function ${name}=FILE.kql`
    : `a table is given with its rows (${name}.ndjson among the logs), or by its columns (--schema '${name}=(Column:type, …)')`;
  if (message.endsWith('[KS142]')) return new KqlError(code, message, { span, cause });
  return new KqlError(code, message, { span, cause, hint });
}

import type { Expression, StringInput } from './expression.ts';
import { replace } from './expression-functions.ts';

/** Text as it may stand in the HTML of an incident comment. */
export function htmlText(value: StringInput): Expression<'string'> {
  const ampersands = replace(value, '&', '&amp;');
  return replace(replace(replace(replace(ampersands, '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), "'", '&#39;');
}

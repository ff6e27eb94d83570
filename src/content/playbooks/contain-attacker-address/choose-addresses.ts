import type { Action, Select } from '../../workflow/action.ts';
import {
  enclosingPrefixes,
  isInside,
  octetTextsAction,
  prefixWhere,
  readAddresses,
  readingOf,
} from '../../workflow/address-range.ts';
import { type Expression, property } from '../../workflow/expression.ts';
import {
  body,
  concat,
  equals,
  ifText,
  item,
  listOf,
  not,
  or,
  outputs,
  parameters,
  triggerBody,
  union,
  variables,
} from '../../workflow/expression-functions.ts';

/** Why an address is, or is not, to be contained. */
export type Verdict = 'contain' | 'malformed' | 'not-public' | 'own-gateway' | 'allowed';

type GuardSource = 'public' | 'non-public' | 'own-gateway' | 'allowed';

const itemText = property(item(), 'properties', 'itemsKeyValue', 'AddressRange');

function guardTexts(name: string, source: GuardSource, from: Expression<'any'>, range: Expression = item()): Select {
  return { type: 'Select', name, from, select: { source, range } };
}

const guardPrefixes = (name: string, source: GuardSource): Select => ({
  type: 'Select',
  name,
  from: readingOf('Guard'),
  select: prefixWhere(equals(property(item(), 'source'), source)),
});

const readGuards: readonly Action[] = [
  guardTexts('Public_ranges', 'public', parameters('PublicRanges')),
  guardTexts('Non_public_ranges', 'non-public', parameters('NonPublicRanges')),
  guardTexts('Gateway_ranges', 'own-gateway', parameters('GatewayRanges')),
  guardTexts('Allowed_ranges', 'allowed', parameters('AllowedRanges')),
  guardTexts('Watchlist_ranges', 'allowed', variables('Allow_list_items'), itemText),
  {
    type: 'Compose',
    name: 'Guard_ranges',
    purpose: 'All ranges that decide what is contained, with the list that each comes from.',
    inputs: union(
      body('Public_ranges'),
      body('Non_public_ranges'),
      body('Gateway_ranges'),
      body('Allowed_ranges'),
      body('Watchlist_ranges'),
    ),
  },
  ...readAddresses({
    name: 'Guard',
    form: 'range',
    from: outputs('Guard_ranges'),
    text: property(item(), 'range'),
    labels: { source: property(item(), 'source') },
  }),
  {
    type: 'Query',
    name: 'Unreadable_guards',
    purpose: 'A guard with a typing error would guard nothing: it stops the playbook.',
    from: readingOf('Guard'),
    where: not(property(item(), 'valid')),
  },
  guardPrefixes('Public_prefixes', 'public'),
  guardPrefixes('Non_public_prefixes', 'non-public'),
  guardPrefixes('Gateway_prefixes', 'own-gateway'),
  guardPrefixes('Allowed_prefixes', 'allowed'),
];

const prefixes = property(item(), 'prefixes');

const verdictText = (verdict: Verdict): Verdict => verdict;

const verdict = ifText(
  not(property(item(), 'valid')),
  verdictText('malformed'),
  ifText(
    or(not(isInside(prefixes, body('Public_prefixes'))), isInside(prefixes, body('Non_public_prefixes'))),
    verdictText('not-public'),
    ifText(
      isInside(prefixes, body('Gateway_prefixes')),
      verdictText('own-gateway'),
      ifText(isInside(prefixes, body('Allowed_prefixes')), verdictText('allowed'), verdictText('contain')),
    ),
  ),
);

const copy = (...fields: readonly string[]) => Object.fromEntries(fields.map((name) => [name, property(item(), name)]));

const hasVerdict = (wanted: Verdict): Expression<'boolean'> => equals(property(item(), 'verdict'), verdictText(wanted));

const judgeEntities: readonly Action[] = [
  ...readAddresses({
    name: 'Entity',
    form: 'address',
    from: listOf(property(body('Get_addresses'), 'IPs')),
    text: property(item(), 'Address'),
  }),
  {
    type: 'Select',
    name: 'Entities_with_prefixes',
    from: readingOf('Entity'),
    select: { ...copy('valid', 'address', 'id'), prefixes: enclosingPrefixes(property(item(), 'bits')) },
  },
  {
    type: 'Select',
    name: 'Verdicts',
    purpose: 'Whether each entity is contained, and if not, why.',
    from: body('Entities_with_prefixes'),
    select: { ...copy('address', 'id', 'prefixes'), verdict },
  },
  { type: 'Query', name: 'To_contain', from: body('Verdicts'), where: hasVerdict('contain') },
  { type: 'Compose', name: 'Attackers', inputs: union(body('To_contain'), body('To_contain')) },
  { type: 'Select', name: 'Attacker_addresses', from: outputs('Attackers'), select: property(item(), 'address') },
  { type: 'Query', name: 'Malformed', from: body('Verdicts'), where: hasVerdict('malformed') },
  {
    type: 'Query',
    name: 'Spared_entities',
    from: body('Verdicts'),
    where: not(or(hasVerdict('contain'), hasVerdict('malformed'))),
  },
  {
    type: 'Select',
    name: 'Spared_texts',
    from: body('Spared_entities'),
    select: concat(property(item(), 'address'), ' (', property(item(), 'verdict'), ')'),
  },
];

/**
 * From the incident's IP entities to `Attackers`, the distinct addresses to contain: objects with `address`, `id` and
 * `prefixes`. Only text that was read as a public address and is on no list of the guards comes through.
 */
export const chooseAddresses: readonly Action[] = [octetTextsAction, ...readGuards, ...judgeEntities];

/** Gets the incident's IP entities from the trigger's payload; other kinds of entity are not looked at. */
export const getAddresses: Action = {
  type: 'SentinelConnector',
  name: 'Get_addresses',
  purpose: 'The IP entities of the incident.',
  method: 'post',
  path: '/entities/ip',
  body: listOf(property(triggerBody(), 'object', 'properties', 'relatedEntities')),
};

import type { Select } from './action.ts';
import type { ArrayInput, Expression, StringInput } from './expression.ts';
import { property } from './expression.ts';
import {
  add,
  and,
  body,
  coalesce,
  concat,
  contains,
  createArray,
  div,
  empty,
  endsWith,
  equals,
  firstOfSplit,
  greaterOrEquals,
  ifInteger,
  ifText,
  ifTruth,
  indexOf,
  int,
  intersection,
  item,
  lastOfSplit,
  length,
  lessOrEquals,
  max,
  min,
  mod,
  mul,
  not,
  or,
  range,
  replace,
  split,
  startsWith,
  string,
  sub,
  substring,
  textOf,
  toLower,
  trim,
} from './expression-functions.ts';

/*
 * Reads IP addresses and CIDR ranges in the Workflow Definition Language, which has no regular expressions.
 *
 * Every text becomes the 128 bits of an IPv6 address; an IPv4 address takes the place that RFC 4291 (2.5.5.2) gives it,
 * ::ffff:a.b.c.d. So `203.0.113.9`, `::ffff:203.0.113.9` and `::ffff:cb00:7109` are one address, and one comparison of
 * bit prefixes answers for both families whether a range holds an address.
 *
 * The work is a chain of Select actions, each with a few fields computed from those before it. Every expression is
 * total: it has a value for any text whatever, so hostile text can neither fail the run nor depend on whether the host
 * evaluates both results of an `if`.
 */

const hexDigits = '0123456789abcdef';
const mappedHex = '00000000000000000000ffff';
/** No prefix of bits is equal to it. */
export const noPrefix = '-';
/** `2001:0db8:0000:0000:0000:ffff:192.168.100.100/128` has 50 characters. */
const longestText = 64;

const octetTexts = 'Octet_texts';

/** The texts `0` to `255`: an octet is one of them, which leaves out signs, spaces and leading zeros. */
export const octetTextsAction: Select = {
  type: 'Select',
  name: octetTexts,
  purpose: 'The texts 0 to 255: what an octet of an IPv4 address can be.',
  from: range(0, 256),
  select: string(item()),
};

export type AddressForm = 'address' | 'range';

/** `text` is an expression of `item()`; `labels` are further fields that the result keeps. */
export type AddressReading = {
  readonly name: string;
  readonly form: AddressForm;
  readonly from: ArrayInput;
  readonly text: Expression;
  readonly labels?: { readonly [field: string]: Expression };
};

const field = (name: string): Expression<'any'> => property(item(), name);

/**
 * The Select actions that read a list; they run after `octetTextsAction`. The last, `readingOf(name)`, yields objects
 * with the labels and `valid`, `address` (canonical text), `id` (a GUID that is a function of the address), `bits`, and
 * `prefix` (the bits that a range has in common; `noPrefix` where the text is not valid).
 */
export function readAddresses({ name, form, from, text, labels = {} }: AddressReading): readonly Select[] {
  const kept = Object.fromEntries(Object.keys(labels).map((label) => [label, field(label)]));
  const stage = (suffix: string, previous: ArrayInput, select: Select['select']): Select => ({
    type: 'Select',
    name: `${name}_${suffix}`,
    from: previous,
    select,
  });
  const after = (suffix: string) => body(`${name}_${suffix}`);
  return [
    stage('text', from, { ...labels, text: normalisedText(text) }),
    stage('host', after('text'), { ...kept, ...hostFields(form) }),
    stage('octets', after('host'), { ...kept, ...octetFields() }),
    stage('groups', after('octets'), { ...kept, ...groupFields() }),
    stage('edges', after('groups'), { ...kept, ...edgeFields() }),
    stage('expanded', after('edges'), { ...kept, ...expandedFields() }),
    stage('digits', after('expanded'), { ...kept, ...digitFields() }),
    stage('bits', after('digits'), { ...kept, ...bitFields() }),
    stage('read', after('bits'), { ...kept, ...resultFields() }),
  ];
}

export const readingOf = (name: string): Expression<'any'> => body(`${name}_read`);

function normalisedText(text: Expression): Expression<'string'> {
  const trimmed = toLower(trim(textOf(text)));
  return ifText(lessOrEquals(length(trimmed), longestText), trimmed, '');
}

function hostFields(form: AddressForm) {
  const text = field('text');
  const host = firstOfSplit(text, '/');
  const isVersion4 = not(contains(host, ':'));
  const isDottedQuad = and(isVersion4, equals(length(split(host, '.')), 4));
  const hasLength = greaterOrEquals(length(split(text, '/')), 2);
  return {
    // An address with a prefix length is not an address: 203.0.113.9/0 would be everybody.
    slashesValid: lessOrEquals(length(split(text, '/')), form === 'address' ? 1 : 2),
    host: ifText(isDottedQuad, concat('::ffff:', host), host),
    lengthText: ifText(hasLength, lastOfSplit(text, '/'), ifText(isVersion4, '32', '128')),
    lengthMaximum: ifInteger(isVersion4, 32, 128),
  };
}

function octetFields() {
  const host = field('host');
  const tail = lastOfSplit(host, ':');
  const lengthValid = contains(body(octetTexts), field('lengthText'));
  const prefixLength = int(ifText(lengthValid, field('lengthText'), '0'));
  return {
    host,
    head: substring(host, 0, sub(length(host), length(tail))),
    octets: split(tail, '.'),
    isDotted: contains(host, '.'),
    valid: and(field('slashesValid'), lengthValid, lessOrEquals(prefixLength, field('lengthMaximum'))),
    // Of 128: an IPv4 range of length 24 has the 96 bits of ::ffff: before its own.
    prefixLength: min(add(prefixLength, sub(128, field('lengthMaximum'))), 128),
  };
}

function groupFields() {
  const octet = (index: number) => coalesce(property(field('octets'), index), '');
  const isOctet = (index: number) => contains(body(octetTexts), octet(index));
  const hex = (index: number) => {
    const value = int(ifText(isOctet(index), octet(index), '0'));
    return concat(substring(hexDigits, div(value, 16), 1), substring(hexDigits, mod(value, 16), 1));
  };
  const isQuad = and(equals(length(field('octets')), 4), isOctet(0), isOctet(1), isOctet(2), isOctet(3));
  const quadGroups = concat(field('head'), hex(0), hex(1), ':', hex(2), hex(3));
  return {
    valid: and(field('valid'), or(not(field('isDotted')), isQuad)),
    prefixLength: field('prefixLength'),
    groups: ifText(field('isDotted'), quadGroups, field('host')),
  };
}

/** A `0` beside a `::` at either end, so that no group is empty there; one group more is then allowed. */
function edgeFields() {
  const groups = field('groups');
  const isCompressed = contains(groups, '::');
  const atEdge = or(startsWith(groups, '::'), endsWith(groups, '::'));
  const before = ifText(startsWith(groups, '::'), '0', '');
  const after = ifText(endsWith(groups, '::'), '0', '');
  return {
    valid: field('valid'),
    prefixLength: field('prefixLength'),
    groups: concat(before, groups, after),
    mostGroups: ifInteger(and(isCompressed, not(atEdge)), 7, 8),
  };
}

function expandedFields() {
  const groups = field('groups');
  const count = length(split(replace(groups, '::', ':'), ':'));
  const zeros = substring('0:0:0:0:0:0:0:0:', 0, mul(2, max(0, sub(8, count))));
  return {
    valid: and(field('valid'), lessOrEquals(length(split(groups, '::')), 2), lessOrEquals(count, field('mostGroups'))),
    prefixLength: field('prefixLength'),
    expanded: replace(groups, '::', concat(':', zeros)),
  };
}

function digitFields() {
  const expanded = field('expanded');
  const places = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const group = (index: number) => coalesce(property(split(expanded, ':'), index), '');
  const lengths = places.map((index) => length(group(index)));
  const withoutDigits = replaceInTurn(
    expanded,
    [...hexDigits].map((digit) => [digit, ''] as const),
  );
  // What is left are the colons, and seven of them part eight groups.
  const isGroups = and(
    equals(withoutDigits, ':::::::'),
    greaterOrEquals(min(...lengths), 1),
    lessOrEquals(max(...lengths), 4),
  );
  return {
    valid: and(field('valid'), isGroups),
    prefixLength: field('prefixLength'),
    digits: concat(...places.map((index) => substring(concat('0000', group(index)), length(group(index)), 4))),
  };
}

function bitFields() {
  const digits = ifText(field('valid'), field('digits'), '0'.repeat(32));
  return {
    valid: field('valid'),
    prefixLength: field('prefixLength'),
    digits,
    bits: bitsOf(digits),
  };
}

/** 0 and 1 wait as letters until the other digits are replaced: replacing writes zeros and ones itself. */
function bitsOf(digits: StringInput): Expression<'string'> {
  const steps: readonly (readonly [string, string])[] = [
    ['0', 'x'],
    ['1', 'y'],
    ...[...hexDigits].slice(2).map((digit, index) => [digit, (index + 2).toString(2).padStart(4, '0')] as const),
    ['x', '0000'],
    ['y', '0001'],
  ];
  return replaceInTurn(digits, steps);
}

function replaceInTurn(text: StringInput, steps: readonly (readonly [string, string])[]): Expression<'string'> {
  return steps.reduce((replaced, [from, to]) => replace(replaced, from, to), concat(text));
}

function resultFields() {
  return {
    valid: field('valid'),
    address: ifText(startsWith(field('digits'), mappedHex), dottedQuad(), eightGroups()),
    id: guidOf(field('digits')),
    bits: field('bits'),
    prefix: ifText(field('valid'), substring(field('bits'), 0, field('prefixLength')), noPrefix),
  };
}

function dottedQuad(): Expression<'string'> {
  const digit = (index: number) => indexOf(hexDigits, substring(field('digits'), index, 1));
  const octet = (index: number) => string(add(mul(digit(index), 16), digit(index + 1)));
  return concat(octet(24), '.', octet(26), '.', octet(28), '.', octet(30));
}

/** All eight groups with their zeros (RFC 4291, 2.2): one text for one address, without the rules of compression. */
function eightGroups(): Expression<'string'> {
  const groups = [0, 4, 8, 12, 16, 20, 24, 28].map((start) => substring(field('digits'), start, 4));
  return concat(...groups.flatMap((group, index) => (index === 0 ? [group] : [':', group])));
}

function guidOf(digits: StringInput): Expression<'string'> {
  const part = (start: number, count: number) => substring(digits, start, count);
  return concat(part(0, 8), '-', part(8, 4), '-', part(12, 4), '-', part(16, 4), '-', part(20, 12));
}

/** Every prefix of 128 bits, from none of them to all: the ranges that hold an address are those among them. */
export function enclosingPrefixes(bits: StringInput): Expression<'array'> {
  const [whole, ...shorter] = Array.from({ length: 129 }, (_, index) => substring(bits, 0, 128 - index));
  return createArray(whole as Expression<'string'>, ...shorter);
}

/** Whether an address, given by its enclosing prefixes, lies in one of the ranges, given by theirs. */
export function isInside(prefixes: ArrayInput, ranges: ArrayInput): Expression<'boolean'> {
  return not(empty(intersection(prefixes, ranges)));
}

/** `valid` and `wanted` decide, element by element, whether a range read by `readAddresses` counts. */
export function prefixWhere(wanted: Expression<'boolean'>): Expression<'string'> {
  return ifText(ifTruth(field('valid'), wanted, false), field('prefix'), noPrefix);
}

import { GeneratorError } from '../generator-error.ts';
import type { Operation } from '../operations.ts';
import type { Random } from '../random.ts';

type DrawIdentifier = (random: Random) => string;

function numbered(prefix: string, first: number, count: number): DrawIdentifier {
  return (random) => `${prefix}${first + random.below(count)}`;
}

/** How the identifiers in paths look, by the name between the braces. */
const identifiers: Readonly<Record<string, DrawIdentifier>> = {
  product: numbered('', 10_000, 14_000),
  sku: numbered('SKU-', 100_000, 14_000),
  store: numbered('S', 100, 120),
  cart: numbered('c', 1_000_000_000, 900_000_000),
  item: numbered('', 1, 6),
  order: numbered('', 5_000_000, 400_000),
  payment: numbered('pay_', 70_000_000, 9_000_000),
  customer: numbered('C', 10_000_000, 90_000),
  card: numbered('6034', 10_000_000, 60_000_000),
  shipment: numbered('SH', 3_000_000, 400_000),
  vehicle: numbered('V', 100, 800),
  receipt: numbered('R', 40_000_000, 9_000_000),
  day: (random) =>
    `2026-${String(1 + random.below(6)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`,
  notification: numbered('n', 8_000_000, 900_000),
  ticket: numbered('T', 200_000, 40_000),
};

/** Identifiers that were chosen before, by name: a session stays with its cart, its order, its product. */
export type ChosenIdentifiers = Record<string, string | undefined>;

type Part = { readonly text: string } | { readonly name: string; readonly draw: DrawIdentifier };

const compiled = new Map<Operation, readonly Part[]>();

/** A path of the operation; identifiers that are not chosen yet are drawn and remembered. */
export function fillPath(operation: Operation, random: Random, chosen: ChosenIdentifiers = {}): string {
  let path = '';
  for (const part of partsOf(operation)) {
    if ('text' in part) {
      path += part.text;
    } else {
      chosen[part.name] ??= part.draw(random);
      path += chosen[part.name];
    }
  }
  return path;
}

function partsOf(operation: Operation): readonly Part[] {
  const known = compiled.get(operation);
  if (known !== undefined) {
    return known;
  }
  const template = operation.id.slice(operation.id.indexOf(' ') + 1);
  const parts = template.split(/\{(\w+)\}/).map((piece, index): Part => {
    return index % 2 === 0 ? { text: piece } : { name: piece, draw: identifierNamed(piece) };
  });
  compiled.set(operation, parts);
  return parts;
}

function identifierNamed(name: string): DrawIdentifier {
  const draw = identifiers[name];
  if (draw === undefined) {
    throw new GeneratorError('bad-input', `no identifier is named {${name}}`, 'Add a row to identifiers.');
  }
  return draw;
}

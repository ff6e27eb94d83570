import { Batch } from '../../columns/batch.ts';
import { type Vector, valueReader } from '../../columns/column.ts';
import { gather } from '../../columns/gather.ts';
import { GroupIndex } from '../../columns/group-index.ts';
import { KqlError } from '../../kql-error.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import type { ColumnDefinition, ColumnType } from '../../values/value.ts';
import { IPV4_BITS, IPV6_BITS, type IpNetwork, maskBits, parseIpv4, parseIpv6 } from '../ip-address.ts';
import { columnIndexOf, constantOf, type Plugin, type PluginArgument, tableOf } from '../plugin.ts';

type Family = {
  readonly plugin: string;
  readonly bits: number;
  readonly parse: (text: string) => IpNetwork | undefined;
};

type Optional<T> = { readonly unmatched: T | undefined; readonly extraKeys: readonly T[] };

/** After the two keys: further key columns, and whether rows without a match stay. */
function optionalArguments<T extends EvaluateArgument | PluginArgument>(args: readonly T[]): Optional<T> {
  const rest = args.slice(3);
  const isColumn = (argument: T): boolean => argument.kind === 'expression' && argument.expression.kind === 'column';
  return {
    unmatched: rest.find((argument) => !isColumn(argument) || argument.label === 'return_unmatched'),
    extraKeys: rest.filter((argument) => isColumn(argument) && argument.label !== 'return_unmatched'),
  };
}

const columnName = (argument: EvaluateArgument | PluginArgument): string =>
  argument.kind === 'expression' && argument.expression.kind === 'column' ? argument.expression.name : '';

/** A name that is not taken, as joins make it: `name1`, `name2`, … */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let suffix = 0;
  let candidate = name;
  while (taken.has(candidate)) candidate = `${name}${++suffix}`;
  return candidate;
}

type Side = { readonly side: 'source' | 'lookup'; readonly index: number };

/** Where the output's columns come from: ipv4_lookup puts the source first, ipv6_lookup the lookup table. */
function outputSides(
  source: number,
  lookup: readonly ColumnDefinition[],
  extraKeys: readonly string[],
  bits: number,
): readonly Side[] {
  const own = Array.from({ length: source }, (_, index): Side => ({ side: 'source', index }));
  const looked = lookup.flatMap(({ name }, index): Side[] =>
    extraKeys.includes(name) ? [] : [{ side: 'lookup', index }],
  );
  return bits === IPV4_BITS ? [...own, ...looked] : [...looked, ...own];
}

function outputColumns(
  input: readonly ColumnDefinition[],
  lookup: readonly ColumnDefinition[],
  sides: readonly Side[],
) {
  const taken = new Set(input.map(({ name }) => name));
  return sides.map(({ side, index }): ColumnDefinition => {
    if (side === 'source') return input[index] as ColumnDefinition;
    const { name, type } = lookup[index] as ColumnDefinition;
    const free = freeName(name, taken);
    taken.add(free);
    return { name: free, type };
  });
}

/** The rows of the lookup table whose network holds an address, by prefix length and masked address. */
function networkIndex({ bits, parse }: Family, vector: Vector, rowCount: number): (text: string) => readonly number[] {
  const byPrefix = new Map<number, Map<bigint, number[]>>();
  const read = valueReader(vector);
  for (let row = 0; row < rowCount; row++) {
    const network = parse(String(read(row)));
    if (network === undefined) continue;
    const networks = byPrefix.get(network.prefix) ?? new Map<bigint, number[]>();
    byPrefix.set(network.prefix, networks);
    const masked = maskBits(network.address, network.prefix, bits);
    const rows = networks.get(masked);
    if (rows === undefined) networks.set(masked, [row]);
    else rows.push(row);
  }
  const known = new Map<string, readonly number[]>();
  return (text) => {
    const cached = known.get(text);
    if (cached !== undefined) return cached;
    const ip = parse(text);
    // An address with a prefix stands for its first address, as in ipv4_is_in_range().
    const address = ip === undefined ? undefined : maskBits(ip.address, ip.prefix, bits);
    const rows =
      address === undefined
        ? []
        : [...byPrefix].flatMap(([prefix, networks]) => networks.get(maskBits(address, prefix, bits)) ?? []);
    known.set(text, rows);
    return rows;
  };
}

/** Whether the further key columns of a source row and a lookup row are equal. */
function extraKeyTest(input: Batch, table: Batch, extraKeys: readonly PluginArgument[], plugin: string) {
  const types = extraKeys.map(
    (argument): ColumnType => (argument as { expression: { type: ColumnType } }).expression.type,
  );
  const index = new GroupIndex(types);
  const own = index.assign(
    extraKeys.map((argument) => input.column(columnIndexOf(plugin, argument))),
    input.rowCount,
  );
  const lookupColumns = extraKeys.map((argument) => {
    const at = table.columns.findIndex(({ name }) => name === columnName(argument));
    if (at < 0) throw new KqlError('binding', `${plugin}: the lookup table has no column '${columnName(argument)}'`);
    return table.column(at);
  });
  const other = index.assign(lookupColumns, table.rowCount, false);
  return (row: number, lookupRow: number): boolean => own[row] === other[lookupRow];
}

function lookUp(
  family: Family,
  input: Batch,
  args: readonly PluginArgument[],
  columns: readonly ColumnDefinition[],
): Batch {
  const { plugin } = family;
  const table = tableOf(plugin, args[0]);
  const { unmatched, extraKeys } = optionalArguments(args);
  const keepsUnmatched = unmatched !== undefined && constantOf(plugin, unmatched, 'return_unmatched') === true;
  const matches = networkIndex(family, table.column(columnIndexOf(plugin, args[2])), table.rowCount);
  const isSameKey = extraKeys.length === 0 ? () => true : extraKeyTest(input, table, extraKeys, plugin);
  const read = valueReader(input.column(columnIndexOf(plugin, args[1])));
  const sourceRows: number[] = [];
  const lookupRows: number[] = [];
  for (let row = 0; row < input.rowCount; row++) {
    const found = matches(String(read(row) ?? '')).filter((lookupRow) => isSameKey(row, lookupRow));
    for (const lookupRow of found.length === 0 && keepsUnmatched ? [-1] : found) {
      sourceRows.push(row);
      lookupRows.push(lookupRow);
    }
  }
  const own = Int32Array.from(sourceRows);
  const looked = Int32Array.from(lookupRows);
  const sides = outputSides(input.columns.length, table.columns, extraKeys.map(columnName), family.bits);
  return new Batch(
    columns,
    own.length,
    sides.map(
      ({ side, index }) =>
        () =>
          side === 'source' ? gather(input.column(index), own) : gather(table.column(index), looked),
    ),
  );
}

function lookupPlugin(family: Family, summary: string): Plugin {
  const { plugin, bits } = family;
  return {
    name: plugin,
    signature: `${plugin}(table, source_key, lookup_key [, key, …] [, return_unmatched: bool])`,
    summary,
    page: `${plugin.replace('_', '-')}-plugin`,
    lookupColumn: 2,
    columns(input, args) {
      const table = args[0];
      if (table?.kind !== 'table') throw new KqlError('binding', `${plugin} looks up in a table`);
      const extraKeys = optionalArguments(args).extraKeys.map(columnName);
      const lookup = table.plan.columns;
      return outputColumns(input, lookup, outputSides(input.length, lookup, extraKeys, bits));
    },
    run: (input, args, columns) => lookUp(family, input, args, columns ?? []),
  };
}

export const ipLookups: readonly Plugin[] = [
  lookupPlugin(
    { plugin: 'ipv4_lookup', bits: IPV4_BITS, parse: parseIpv4 },
    'The rows whose IPv4 address lies in a network of a lookup table, with the columns of that table.',
  ),
  lookupPlugin(
    { plugin: 'ipv6_lookup', bits: IPV6_BITS, parse: (text) => parseIpv6(text) },
    'The rows whose IPv6 or IPv4 address lies in a network of a lookup table, with the columns of that table.',
  ),
];

import type { ColumnType } from '../../../src/kql/index.ts';
import type { Random } from './random.ts';

/** Literals of each type: ordinary ones, and the borders where engines go wrong. */
const literals: Readonly<Record<ColumnType, readonly string[]>> = {
  bool: ['true', 'false', 'bool(null)'],
  int: ['int(0)', 'int(1)', 'int(-7)', 'int(2147483647)', 'int(-2147483648)', 'int(null)'],
  long: ['0', '1', '3', '-5', '1000', '9223372036854775807', 'long(-9223372036854775808)', 'long(null)'],
  real: ['0.0', '1.5', '-2.25', '1e308', '1e-300', 'real(nan)', 'real(+inf)', 'real(-inf)', 'real(null)'],
  decimal: ['decimal(0)', 'decimal(1.25)', 'decimal(-9999999999999999.99)', 'decimal(1e-20)', 'decimal(null)'],
  string: [
    '""',
    '"a"',
    '"GET /orders/{id}?x=1&y=%20"',
    '"192.0.2.7"',
    '"192.0.2.0/24"',
    '"2001:db8::1"',
    '"a,b;c"',
    '\'{"a":[1,{"b":null}]}\'',
    '"<a><b>1</b></a>"',
    '"[[[["',
    '"(a+)+$"',
    '"\\u0000\\uD83D\\uDE00"',
    '"2026-03-24T11:00:00Z"',
    '"1.02:03:04.5"',
    '"Straße CAFÉ"',
    '"%s %d {0}"',
    '"aGVsbG8="',
  ],
  datetime: [
    'datetime(2026-03-24)',
    'datetime(2026-03-24 10:20:30.1234567)',
    'datetime(0001-01-01)',
    'datetime(9999-12-31 23:59:59.9999999)',
    'datetime(null)',
  ],
  timespan: ['1d', '20m', '-3h', '1tick', 'timespan(10675199.02:48:05.4775807)', 'timespan(0)', 'timespan(null)'],
  guid: ['guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', 'guid(null)'],
  dynamic: [
    'dynamic(null)',
    'dynamic([])',
    'dynamic({})',
    'dynamic([1,2,3])',
    'dynamic([1.5,null,"x",true,[1]])',
    'dynamic({"a":1,"b":{"c":[1,2]}})',
    'dynamic("text")',
    'dynamic(3)',
    'dynamic([0,1,0,1,0,1,0,1])',
    'dynamic(["192.0.2.0/24","10.0.0.0/8"])',
  ],
};

/** A literal of the type; the binder sees through it. */
export const literalOf = (type: ColumnType, random: Random): string => random.pick(literals[type]);

/** As literalOf, but a dynamic value of which the binder does not know whether it is an array, a bag or a number. */
export const constantOf = (type: ColumnType, random: Random): string =>
  type === 'dynamic'
    ? `parse_json('${random.pick(literals.dynamic).replace(/^dynamic\((.*)\)$/, '$1')}')`
    : literalOf(type, random);

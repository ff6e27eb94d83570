import { aggregateRegistry, scalarRegistry, windowRegistry } from '../../../src/kql/functions/registry.ts';
import type { ParameterType, ScalarOverload } from '../../../src/kql/functions/scalar-function.ts';
import type { ColumnType } from '../../../src/kql/index.ts';
import { constantOf, literalOf } from './literals.ts';
import type { Random } from './random.ts';

type Column = { readonly name: string; readonly type: ColumnType };

const types: readonly ColumnType[] = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
];

type Call = { readonly name: string; readonly overload: ScalarOverload };

/** The functions that can be called by name, by the type that they return where that is fixed. */
const calls: readonly Call[] = [...scalarRegistry.values()]
  .filter(
    ({ name }) =>
      /^[a-z]\w*$/.test(name) &&
      !/^(and|or|in|has(_any|_all|prefix|suffix)?|contains|startswith|endswith)(_cs)?$/.test(name),
  )
  .flatMap(({ name, overloads }) => overloads.map((overload) => ({ name, overload })));
const callsOf = new Map(types.map((type) => [type, calls.filter(({ overload }) => overload.returns === type)]));

const comparisons = ['==', '!=', '<', '<=', '>', '>='];
const textTests = [...scalarRegistry.keys()].filter((name) =>
  /^!?(has|contains|startswith|endswith|matches)/.test(name),
);

/** Operators by the type of their result, with the types of their operands. */
const infix: Readonly<Partial<Record<ColumnType, readonly (readonly [ColumnType, readonly string[], ColumnType])[]>>> =
  {
    bool: [
      ...(['long', 'real', 'string', 'datetime', 'timespan', 'int', 'decimal', 'bool', 'guid'] as const).map(
        (type) =>
          [type, type === 'string' || type === 'bool' || type === 'guid' ? ['==', '!='] : comparisons, type] as const,
      ),
      ['string', textTests, 'string'],
      ['string', ['=~', '!~'], 'string'],
      ['bool', ['and', 'or'], 'bool'],
      ['string', ['in', '!in', 'in~', '!in~', 'has_any', 'has_all'], 'dynamic'],
    ],
    long: [['long', ['+', '-', '*', '/', '%'], 'long']],
    int: [['int', ['%'], 'int']],
    real: [
      ['real', ['+', '-', '*', '/', '%'], 'real'],
      ['timespan', ['/'], 'timespan'],
    ],
    decimal: [['decimal', ['+', '-', '*', '/', '%'], 'decimal']],
    datetime: [['datetime', ['+', '-'], 'timespan']],
    timespan: [
      ['timespan', ['+', '-'], 'timespan'],
      ['datetime', ['-'], 'datetime'],
      ['timespan', ['*', '/'], 'long'],
    ],
  };

const aggregates = [...aggregateRegistry.values()];
const windows = [...windowRegistry.values()];

/** An operator needs a column of a type that there is not: another operator is taken. */
class NoSuchColumn extends Error {}

/** A random query: a small table, and operators whose expressions call functions of the registries. Most of them bind. */
export class QueryGenerator {
  private readonly random: Random;
  private columns: Column[] = [];
  private fresh = 0;

  constructor(random: Random) {
    this.random = random;
  }

  query(): string {
    const lets = this.random.chance(0.2) ? `let v = ${this.scalar(2)};\n` : '';
    const source = this.source();
    const operators = Array.from({ length: 1 + this.random.below(4) }, () => this.operator());
    return `${lets}${[source, ...operators].join('\n| ')}`;
  }

  private source(): string {
    if (this.random.chance(0.2)) {
      this.columns = [{ name: 'x', type: 'long' }];
      return `range x from ${this.random.below(5)} to ${this.random.below(60)} step ${1 + this.random.below(3)}`;
    }
    if (this.random.chance(0.2)) {
      this.columns = [];
      const outputs = Array.from({ length: 1 + this.random.below(3) }, () => this.added(3));
      return `print ${outputs.join(', ')}`;
    }
    this.columns = Array.from({ length: 1 + this.random.below(5) }, (_, index) => ({
      name: `c${index}`,
      type: this.random.pick(types),
    }));
    const rows = this.random.below(6);
    const cells = Array.from({ length: rows }, () =>
      this.columns.map(({ type }) => literalOf(type, this.random)),
    ).flat();
    return `datatable(${this.columns.map(({ name, type }) => `${name}: ${type}`).join(', ')})[${cells.join(', ')}]`;
  }

  private operator(): string {
    for (;;) {
      const before = this.columns;
      try {
        return this.random.pick(this.operators)();
      } catch (error) {
        if (!(error instanceof NoSuchColumn)) throw error;
        this.columns = before;
      }
    }
  }

  private readonly operators: readonly (() => string)[] = [
    () => `where ${this.call('bool', 3)}`,
    () => `where ${this.call('bool', 2)} and ${this.call('bool', 1)}`,
    () => `extend ${this.added(3)}`,
    () => this.extendTwice(),
    () => this.project(),
    () => this.summarize(),
    () => this.summarize(),
    () => `order by ${this.sortKey()} ${this.random.pick(['asc', 'desc', 'asc nulls last', 'desc nulls first', ''])}`,
    () => `order by ${this.sortKey()} | extend ${this.name('long')} = ${this.window()}`,
    () => `top ${this.random.below(4)} by ${this.sortKey()}`,
    () => `take ${this.random.below(5)}`,
    () => this.distinct(),
    () => `mv-expand ${this.column('dynamic')}`,
    () =>
      `mv-expand with_itemindex=${this.name('long')} ${this.column('dynamic')} to typeof(${this.random.pick(types)})`,
    () => `mv-apply ${this.column('dynamic')} on (take 2)`,
    () => this.join(),
    () => this.union(),
    () => this.makeSeries(),
    () =>
      `partition by ${this.column('string', 'long')} (${this.random.pick(['take 1', 'where 1 == 1', 'top 1 by 1'])})`,
    () => `parse ${this.column('string')} with * ${literalOf('string', this.random)} ${this.parsed()} *`,
    () => `parse kind=relaxed ${this.column('string')} with ${this.parsed()} "," ${this.parsed()}`,
    () =>
      `parse-kv ${this.column('string')} as (${this.name('string')}: string) with (pair_delimiter=' ', kv_delimiter='=')`,
    () => `search ${literalOf('string', this.random)}`,
    () => `as A${this.fresh} | where ${this.column('string', 'long')} in (A${this.fresh++})`,
    () => this.last(`evaluate bag_unpack(${this.column('dynamic')})`),
    () => this.last(`evaluate pivot(${this.column('string')})`),
    () => this.last('evaluate narrow()'),
    () => this.last(`top-nested 2 of ${this.sortKey()} by ${this.aggregate()}`),
    () => this.last('getschema'),
    () => this.last('count'),
  ];

  /** An operator whose columns are not followed: nothing that comes after it knows any. */
  private last(operator: string): string {
    this.columns = [];
    return operator;
  }

  /** Both expressions see the columns before: an extend computes all at once. */
  private extendTwice(): string {
    const [a, b] = [this.random.pick(types), this.random.pick(types)];
    const [first, second] = [this.call(a, 2), this.call(b, 2)];
    return `extend ${this.name(a)} = ${first}, ${this.name(b)} = ${second}`;
  }

  private project(): string {
    const kept = this.columns.filter(() => this.random.chance(0.6));
    this.columns = kept;
    return `project ${[...kept.map(({ name }) => name), this.added(3)].join(', ')}`;
  }

  private summarize(): string {
    const aggregates = Array.from({ length: 1 + this.random.below(2) }, () => this.aggregate());
    const key = this.random.chance(0.6) && this.columns.length > 0 ? this.random.pick(this.columns) : undefined;
    this.columns = key === undefined ? [] : [key];
    const named = aggregates.map((aggregate) => `a${this.fresh++} = ${aggregate}`);
    return `summarize ${named.join(', ')}${key === undefined ? '' : ` by ${key.name}`}`;
  }

  private distinct(): string {
    if (this.random.chance(0.3) || this.columns.length === 0) return 'distinct *';
    const column = this.random.pick(this.columns);
    this.columns = [column];
    return `distinct ${column.name}`;
  }

  private join(): string {
    const kind = this.random.pick(joinKinds);
    const key = this.columns.length === 0 ? { name: 'k', type: 'long' as const } : this.random.pick(this.columns);
    const right = this.outside(() => `print ${key.name} = ${this.call(key.type, 1)}, w = ${this.scalar(1)}`);
    return `join kind=${kind} (${right}) on ${key.name}`;
  }

  private union(): string {
    const value = this.outside(() => this.call('string', 2));
    return `union (print ${this.name('string')} = ${value})`;
  }

  /** Text that sees no columns. */
  private outside(make: () => string): string {
    const { columns } = this;
    this.columns = [];
    const text = make();
    this.columns = columns;
    return text;
  }

  private makeSeries(): string {
    const axis = this.column('datetime', 'long');
    const isTime = this.columns.find(({ name }) => name === axis)?.type === 'datetime';
    const series = `make-series s = ${this.aggregate()} on ${axis} step ${isTime ? '1d' : '1'}`;
    this.columns = [{ name: 's', type: 'dynamic' }];
    return series;
  }

  private readonly parsed = (): string => {
    const type = this.random.pick(types);
    return `${this.name(type)}: ${type}`;
  };

  /** `name = expression`, as a column from here on. */
  private added(depth: number): string {
    const type = this.random.pick(types);
    const expression = this.call(type, depth);
    return `${this.name(type)} = ${expression}`;
  }

  private name(type: ColumnType): string {
    const name = `e${this.fresh++}`;
    this.columns = [...this.columns, { name, type }];
    return name;
  }

  /** Rows are not sorted by dynamic values. */
  private sortKey(): string {
    return this.column(...types.filter((type) => type !== 'dynamic'));
  }

  /** A column of one of the types, or of any where none is named. */
  private column(...wanted: readonly ColumnType[]): string {
    const fitting = this.columns.filter(({ type }) => wanted.length === 0 || wanted.includes(type));
    if (fitting.length === 0) throw new NoSuchColumn();
    return this.random.pick(fitting).name;
  }

  private scalar(depth: number): string {
    return this.call(this.random.pick(types), depth);
  }

  /** An expression that is mostly of the type: a column, a literal, or a call. */
  private call(type: ColumnType, depth: number): string {
    if (depth <= 0 || this.random.chance(0.25)) return this.leaf(type);
    const operators = infix[type] ?? [];
    if (operators.length > 0 && this.random.chance(0.3)) return this.infixCall(this.random.pick(operators), depth);
    const fitting = this.random.chance(0.85) ? (callsOf.get(type) ?? []) : calls;
    return fitting.length === 0 ? this.leaf(type) : this.functionCall(this.random.pick(fitting), depth);
  }

  private infixCall([left, names, right]: readonly [ColumnType, readonly string[], ColumnType], depth: number): string {
    const name = this.random.pick(names);
    const value = this.call(right, depth - 1);
    return `(${this.call(left, depth - 1)} ${name} ${/^(!?in~?|has_a.*)$/.test(name) ? `(${value})` : value})`;
  }

  private functionCall({ name, overload }: Call, depth: number): string {
    const { parameters, optional = 0, rest } = overload;
    const given = parameters.length - this.random.below(optional + 1);
    const args = parameters.slice(0, given).map((parameter) => this.argument(parameter, depth));
    if (rest !== undefined && given === parameters.length) {
      for (let more = this.random.below(3); more > 0; more--) args.push(this.argument(rest, depth));
    }
    return `${name}(${args.join(', ')})`;
  }

  private argument(parameter: ParameterType, depth: number): string {
    if (this.random.chance(0.03)) return this.scalar(0);
    if (parameter === 'any') return this.scalar(depth - 1);
    if (parameter === 'number') return this.call(this.random.pick(['long', 'real', 'int', 'decimal']), depth - 1);
    return this.call(parameter, depth - 1);
  }

  private leaf(type: ColumnType): string {
    const fitting = this.columns.filter((column) => column.type === type);
    return fitting.length > 0 && this.random.chance(0.7)
      ? this.random.pick(fitting).name
      : constantOf(type, this.random);
  }

  private aggregate(): string {
    const { name, parameters, optional = 0 } = this.random.pick(aggregates);
    const given = parameters.length - this.random.below(optional + 1);
    return `${name}(${parameters
      .slice(0, given)
      .map((parameter) => this.argument(parameter, 1))
      .join(', ')})`;
  }

  private window(): string {
    const { name, parameters, optional = 0 } = this.random.pick(windows);
    const given = parameters.length - this.random.below(optional + 1);
    const args = parameters
      .slice(0, given)
      .map((parameter, index) => (index === 0 ? this.column() : this.argument(parameter, 0)));
    return `${name}(${args.join(', ')})`;
  }
}

const joinKinds = [
  'innerunique',
  'inner',
  'leftouter',
  'rightouter',
  'fullouter',
  'leftsemi',
  'rightsemi',
  'leftanti',
  'rightanti',
];

import { Decimal } from 'decimal.js';
import type { SchemaElement } from 'hyparquet';
import { TICKS_PER_DAY, TICKS_PER_MS, UNIX_EPOCH_TICKS } from '../../../values/datetime.ts';
import type { ColumnType, Value } from '../../../values/value.ts';

/** How the values of one Parquet leaf column become values of KQL. */
export type LeafReader = {
  readonly type: ColumnType;
  /** Takes what the library decodes, never null. */
  readonly read: (raw: unknown) => Value;
};

const TICKS_PER_MICROSECOND = 10n;
const NANOSECONDS_PER_TICK = 100n;

/** Nanoseconds that are no whole tick are rounded down, as the service stores them; the division rounds to zero. */
const ticksOfNanoseconds = (nanoseconds: bigint): bigint => {
  const ticks = nanoseconds / NANOSECONDS_PER_TICK;
  return nanoseconds < 0n && ticks * NANOSECONDS_PER_TICK !== nanoseconds ? ticks - 1n : ticks;
};

const ticksBy = {
  MILLIS: (raw: bigint) => raw * TICKS_PER_MS,
  MICROS: (raw: bigint) => raw * TICKS_PER_MICROSECOND,
  NANOS: ticksOfNanoseconds,
} as const;
type Unit = keyof typeof ticksBy;

const asBigint = (raw: unknown): bigint => (typeof raw === 'bigint' ? raw : BigInt(Math.trunc(Number(raw))));

const datetime = (unit: Unit): LeafReader => ({
  type: 'datetime',
  read: (raw) => UNIX_EPOCH_TICKS + ticksBy[unit](asBigint(raw)),
});

const timespan = (unit: Unit): LeafReader => ({ type: 'timespan', read: (raw) => ticksBy[unit](asBigint(raw)) });

const text: LeafReader = {
  type: 'string',
  read: (raw) => (raw instanceof Uint8Array ? Buffer.from(raw).toString() : String(raw)),
};

const whole: LeafReader = { type: 'long', read: asBigint };
const narrow: LeafReader = { type: 'int', read: Number };
const unsigned = (bits: number, type: 'int' | 'long'): LeafReader => ({
  type,
  read: (raw) => (type === 'int' ? Number(raw) & (2 ** bits - 1) : BigInt.asUintN(bits, asBigint(raw))),
});
const real: LeafReader = { type: 'real', read: Number };

const decimal = (scale: number): LeafReader => ({
  type: 'decimal',
  read: (raw) => new Decimal(`${raw instanceof Uint8Array ? bigEndian(raw) : asBigint(raw)}e-${scale}`),
});

/** Two's complement, the first byte the highest. */
function bigEndian(bytes: Uint8Array): bigint {
  const value = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  return BigInt.asIntN(bytes.length * 8, value);
}

/** By the name of the logical or converted type; the rest follows from the physical type. */
const byAnnotation: Readonly<Record<string, LeafReader>> = {
  UTF8: text,
  STRING: text,
  ENUM: text,
  JSON: text,
  UUID: { type: 'guid', read: String },
  DATE: { type: 'datetime', read: (raw) => UNIX_EPOCH_TICKS + asBigint(raw) * TICKS_PER_DAY },
  TIMESTAMP_MILLIS: datetime('MILLIS'),
  TIMESTAMP_MICROS: datetime('MICROS'),
  TIME_MILLIS: timespan('MILLIS'),
  TIME_MICROS: timespan('MICROS'),
  UINT_8: unsigned(8, 'int'),
  UINT_16: unsigned(16, 'int'),
  UINT_32: unsigned(32, 'long'),
  UINT_64: unsigned(64, 'long'),
  INT_8: narrow,
  INT_16: narrow,
  INT_32: narrow,
  INT_64: whole,
  FLOAT16: real,
};

const byPhysicalType: Readonly<Record<string, LeafReader>> = {
  BOOLEAN: { type: 'bool', read: Boolean },
  INT32: narrow,
  INT64: whole,
  // 12 bytes of nanoseconds and days, which Impala and Spark write.
  INT96: datetime('NANOS'),
  FLOAT: real,
  DOUBLE: real,
  // Old writers do not say that their texts are texts.
  BYTE_ARRAY: text,
};

/** How a leaf is read; undefined for a type that no column of a log has (BSON, INTERVAL, GEOMETRY, VARIANT, bytes). */
export function leafReader(element: SchemaElement): LeafReader | undefined {
  const { converted_type: converted, logical_type: logical, type = '' } = element;
  if (logical?.type === 'TIMESTAMP') return datetime(logical.unit);
  if (logical?.type === 'TIME') return timespan(logical.unit);
  if (logical?.type === 'DECIMAL') return decimal(logical.scale);
  if (converted === 'DECIMAL') return decimal(element.scale ?? 0);
  if (logical?.type === 'INTEGER' && converted === undefined) {
    return byAnnotation[`${logical.isSigned ? 'INT' : 'UINT'}_${logical.bitWidth}`];
  }
  const annotation = logical?.type ?? converted;
  if (annotation !== undefined && Object.hasOwn(byAnnotation, annotation)) return byAnnotation[annotation];
  if (converted !== undefined && Object.hasOwn(byAnnotation, converted)) return byAnnotation[converted];
  return annotation === undefined || annotation === 'NULL' ? byPhysicalType[type] : undefined;
}

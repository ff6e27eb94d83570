import { KqlError } from '../../kql-error.ts';
import {
  calendarFromTicks,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from '../../values/datetime.ts';
import type { Value } from '../../values/value.ts';
import type { ScalarFunction, ScalarOverload } from '../scalar-function.ts';

/** What a format may be made of: the elements by their letters, longest first. */
type Elements = Readonly<Record<string, (ticks: bigint) => string>>;

const DELIMITERS = ' /-:,._[]';

const pad = (value: number | bigint, width: number): string => String(value).padStart(width, '0');
const fraction = (ticks: bigint): string => pad(ticks % TICKS_PER_SECOND, 7);

/** f to fffffff print that many digits of the second's fraction; F to FFFFFFF leave trailing zeros out. */
const fractionElements: Elements = Object.fromEntries(
  [7, 6, 5, 4, 3, 2, 1].flatMap((width) => [
    ['f'.repeat(width), (ticks: bigint) => fraction(ticks).slice(0, width)],
    ['F'.repeat(width), (ticks: bigint) => fraction(ticks).slice(0, width).replace(/0+$/, '')],
  ]),
);

const twelveHours = (ticks: bigint): number => ((calendarFromTicks(ticks).hour + 11) % 12) + 1;

const datetimeElements: Elements = {
  ...fractionElements,
  yyyy: (ticks) => pad(calendarFromTicks(ticks).year, 4),
  yy: (ticks) => pad(calendarFromTicks(ticks).year % 100, 2),
  y: (ticks) => String(calendarFromTicks(ticks).year % 100),
  MM: (ticks) => pad(calendarFromTicks(ticks).month, 2),
  M: (ticks) => String(calendarFromTicks(ticks).month),
  dd: (ticks) => pad(calendarFromTicks(ticks).day, 2),
  d: (ticks) => String(calendarFromTicks(ticks).day),
  HH: (ticks) => pad(calendarFromTicks(ticks).hour, 2),
  H: (ticks) => String(calendarFromTicks(ticks).hour),
  hh: (ticks) => pad(twelveHours(ticks), 2),
  h: (ticks) => String(twelveHours(ticks)),
  mm: (ticks) => pad(calendarFromTicks(ticks).minute, 2),
  m: (ticks) => String(calendarFromTicks(ticks).minute),
  ss: (ticks) => pad(calendarFromTicks(ticks).second, 2),
  s: (ticks) => String(calendarFromTicks(ticks).second),
  tt: (ticks) => (calendarFromTicks(ticks).hour < 12 ? 'AM' : 'PM'),
};

/** Elements of a timespan without its sign. */
const timespanElements: Elements = {
  ...fractionElements,
  ...Object.fromEntries(
    [8, 7, 6, 5, 4, 3, 2, 1].map((width) => ['d'.repeat(width), (ticks: bigint) => pad(ticks / TICKS_PER_DAY, width)]),
  ),
  ...Object.fromEntries(
    ['H', 'h'].flatMap((letter) => [
      [letter.repeat(2), (ticks: bigint) => pad((ticks / TICKS_PER_HOUR) % 24n, 2)],
      [letter, (ticks: bigint) => String((ticks / TICKS_PER_HOUR) % 24n)],
    ]),
  ),
  mm: (ticks) => pad((ticks / TICKS_PER_MINUTE) % 60n, 2),
  m: (ticks) => String((ticks / TICKS_PER_MINUTE) % 60n),
  ss: (ticks) => pad((ticks / TICKS_PER_SECOND) % 60n, 2),
  s: (ticks) => String((ticks / TICKS_PER_SECOND) % 60n),
};

/** The function that prints by a format; a letter repeated beyond the longest element starts the next one. */
function compileFormat(format: string, elements: Elements, functionName: string): (ticks: bigint) => string {
  const names = Object.keys(elements).sort((a, b) => b.length - a.length);
  const writers: ((ticks: bigint) => string)[] = [];
  for (let position = 0; position < format.length; ) {
    const name = names.find((element) => format.startsWith(element, position));
    const character = format[position] as string;
    if (name === undefined && !DELIMITERS.includes(character)) {
      throw new KqlError('evaluation', `${functionName} does not take '${character}' in the format '${format}'`, {
        hint: `elements are ${names.toReversed().join(' ')}, delimiters are ${[...DELIMITERS].map((c) => `'${c}'`).join(' ')}`,
      });
    }
    writers.push(name === undefined ? () => character : (elements[name] as (ticks: bigint) => string));
    position += name?.length ?? 1;
  }
  return (ticks) => writers.map((write) => write(ticks)).join('');
}

function formatOverload(
  functionName: string,
  type: 'datetime' | 'timespan',
  elements: Elements,
  print: (format: (ticks: bigint) => string, ticks: bigint) => string,
): ScalarOverload {
  return {
    parameters: [type, 'string'],
    returns: 'string',
    prepare: (_context, [, format]: readonly (Value | undefined)[]) => {
      const known = typeof format === 'string' ? compileFormat(format, elements, functionName) : undefined;
      return (ticks: bigint, text: string) => print(known ?? compileFormat(text, elements, functionName), ticks);
    },
  };
}

export const datetimeFormat: readonly ScalarFunction[] = [
  {
    name: 'format_datetime',
    signature: 'format_datetime(date: datetime, format: string): string',
    summary: 'A datetime printed by a format such as yyyy-MM-dd HH:mm:ss.',
    page: 'format-datetime-function',
    overloads: [formatOverload('format_datetime', 'datetime', datetimeElements, (format, ticks) => format(ticks))],
  },
  {
    name: 'format_timespan',
    signature: 'format_timespan(timespan: timespan, format: string): string',
    summary: 'A timespan printed by a format such as d.hh:mm:ss; a negative one starts with a minus.',
    page: 'format-timespan-function',
    overloads: [
      formatOverload('format_timespan', 'timespan', timespanElements, (format, ticks) =>
        ticks < 0n ? `-${format(-ticks)}` : format(ticks),
      ),
    ],
  },
];

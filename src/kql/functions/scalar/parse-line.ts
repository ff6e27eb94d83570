import { parse } from 'csv-parse/sync';
import { Decimal } from 'decimal.js';
import { KqlError } from '../../kql-error.ts';
import type { DynamicValue } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The fields of the first record of comma-separated text (RFC 4180); null where a quotation is not closed. */
function parseCsv(text: string): DynamicValue {
  if (text === '') return [''];
  try {
    const records = parse(text, {
      to: 1,
      relaxQuotes: true,
      relaxColumnCount: true,
      recordDelimiter: ['\r\n', '\n', '\r'],
    }) as string[][];
    return records[0] ?? [''];
  } catch {
    return null;
  }
}

/** The program's name ends at the closing quote, or at the first space where it has none. */
function programName(line: string): { readonly name: string; readonly end: number } {
  if (line.startsWith('"')) {
    const close = line.indexOf('"', 1);
    return close < 0 ? { name: line.slice(1), end: line.length } : { name: line.slice(1, close), end: close + 1 };
  }
  const end = /[ \t]|$/.exec(line)?.index ?? line.length;
  return { name: line.slice(0, end), end };
}

/**
 * One argument by the rules of CommandLineToArgvW: 2n backslashes before a quotation mark are n backslashes, one more
 * makes the mark literal; inside a quotation a doubled mark is a literal one and ends the quotation.
 */
function nextArgument(line: string, start: number): { readonly argument: string; readonly end: number } {
  let argument = '';
  let isQuoted = false;
  let at = start;
  while (at < line.length && (isQuoted || !/[ \t]/.test(line[at] as string))) {
    const backslashes = /\\*/y;
    backslashes.lastIndex = at;
    const count = (backslashes.exec(line)?.[0] ?? '').length;
    if (count > 0) {
      const isBeforeMark = line[at + count] === '"';
      argument += '\\'.repeat(isBeforeMark ? count >> 1 : count);
      at += count;
      if (isBeforeMark && count % 2 === 1) {
        argument += '"';
        at++;
      }
    } else if (line[at] === '"') {
      const isDoubled = isQuoted && line[at + 1] === '"';
      if (isDoubled) argument += '"';
      isQuoted = !isQuoted;
      at += isDoubled ? 2 : 1;
    } else argument += line[at++];
  }
  return { argument, end: at };
}

function parseCommandLine(line: string, parser: string): DynamicValue {
  if (parser.toLowerCase() !== 'windows') {
    throw new KqlError('evaluation', `parse_command_line() knows no parser '${parser}'`, { hint: 'it is "windows"' });
  }
  if (line === '') return null;
  const { name, end } = programName(line);
  const result = [name];
  for (let at = end; ; ) {
    while (at < line.length && /[ \t]/.test(line[at] as string)) at++;
    if (at >= line.length) return result;
    const next = nextArgument(line, at);
    result.push(next.argument);
    at = next.end;
  }
}

const VERSION_PARTS = 4;
const PART_DIGITS = 8;

/** Up to four parts of up to eight digits each, as one number that compares like the version. */
function parseVersion(version: string): Decimal | null {
  const parts = version.trim().split('.');
  if (parts.length > VERSION_PARTS || !parts.every((part) => /^\d{1,8}$/.test(part))) return null;
  const digits = Array.from({ length: VERSION_PARTS }, (_, index) => (parts[index] ?? '0').padStart(PART_DIGITS, '0'));
  return new Decimal(digits.join(''));
}

export const parseLines: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'parse_csv',
      signature: 'parse_csv(csv_text: string): dynamic',
      summary: 'The fields of one record of comma-separated values.',
    },
    ['string'],
    'dynamic',
    { evaluate: parseCsv },
  ),
  singleOverload(
    {
      name: 'parse_command_line',
      signature: 'parse_command_line(command_line: string, parser_type: string): dynamic',
      summary: 'The arguments of a Windows command line.',
    },
    ['string', 'string'],
    'dynamic',
    { evaluate: parseCommandLine },
  ),
  singleOverload(
    {
      name: 'parse_version',
      signature: 'parse_version(version: string): decimal',
      summary: 'A version as a number that compares like it; null where it is none.',
    },
    ['string'],
    'decimal',
    { evaluate: parseVersion },
  ),
];

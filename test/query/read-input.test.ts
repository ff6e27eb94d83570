import assert from 'node:assert/strict';
import { type Input, readInput } from '../../scripts/query/prompt/read-input.ts';

/** What comes of lines typed one after the other: the kinds, and the text of the query that the last one ends. */
function type(...lines: readonly string[]): string {
  let typed: readonly string[] = [];
  let input: Input = { kind: 'nothing' };
  for (const line of lines) {
    input = readInput(typed, line);
    typed = input.kind === 'more' ? input.lines : [];
  }
  switch (input.kind) {
    case 'query':
      return `query: ${input.text.replaceAll('\n', ' / ')}`;
    case 'command':
      return `command: ${input.name}(${input.argument})`;
    default:
      return input.kind;
  }
}

describe('lines typed at the prompt', () => {
  const expected: readonly (readonly [readonly string[], string])[] = [
    [['T | count'], 'more'],
    [['T', '| count', ''], 'query: T / | count'],
    [['T | count;'], 'query: T | count;'],
    [['let x = 1;'], 'more'],
    [['let x = 1;', 'print x;'], 'query: let x = 1; / print x;'],
    [['let f = (a: long) {', '  T | where n > a', '};'], 'more'],
    [['let x = "a;b";'], 'more'],
    [["let x = 'it''s';"], 'more'],
    [['let x = @"C:\\";', 'print x;'], 'query: let x = @"C:\\"; / print x;'],
    [['let x = 1; // the limit; all of it', 'print x', ''], 'query: let x = 1; // the limit; all of it / print x'],
    [['// only a remark;'], 'more'],
    [['set notruncation;'], 'more'],
    [['print ";";'], 'query: print ";";'],
    [[''], 'nothing'],
    [['.tables AGWFirewallLogs'], 'command: tables(AGWFirewallLogs)'],
    [['  .explain  '], 'command: explain()'],
    // Behind a first line a point begins a member, not a command.
    [['print dynamic({})', '.a;'], 'query: print dynamic({}) / .a;'],
  ];
  for (const [lines, outcome] of expected) {
    it(`${lines.join(' ⏎ ')} is ${outcome}`, () => assert.equal(type(...lines), outcome));
  }
});

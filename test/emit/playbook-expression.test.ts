import assert from 'node:assert/strict';
import { evaluateExpression, evaluateValue } from './evaluate-expression.ts';
import { ExpressionFailure, type Json } from './parse-expression.ts';

/** The evaluator that the playbook tests rest on: examples of Microsoft's function reference, and what it refuses. */
const variables: { readonly [name: string]: Json } = { Object: { Name: 'x', list: [1, 2] }, Null: null };
const context = (evaluation: 'lazy' | 'eager' = 'lazy') => ({
  lookUp: (_name: string, argument: string | undefined) => variables[argument ?? ''] ?? null,
  item: { a: 1 },
  now: '2026-03-24T11:05:00.123Z',
  evaluation,
});
const evaluate = (text: string) => evaluateExpression(text, context());

describe('The evaluator of workflow expressions in these tests', () => {
  const examples: readonly (readonly [string, Json])[] = [
    ["concat('Hello', 'World')", 'HelloWorld'],
    ["toLower('Hello World')", 'hello world'],
    ["trim(' Hello World  ')", 'Hello World'],
    ["replace('the old string', 'old', 'new')", 'the new string'],
    ["split('a_b_c', '_')", ['a', 'b', 'c']],
    ["startsWith('hello world', 'HELLO')", true],
    ["endsWith('hello world', 'WORLD')", true],
    ["indexOf('hello world', 'world')", 6],
    ["substring('hello world', 6, 5)", 'world'],
    ["contains('hello world', 'World')", false],
    ["contains(createArray(1, 2), '1')", false],
    ['union(createArray(1, 2, 3), createArray(1, 2, 10, 101))', [1, 2, 3, 10, 101]],
    ['intersection(createArray(1, 2, 3), createArray(101, 2, 1, 10))', [1, 2]],
    ["join(createArray('a', 'b'), '.')", 'a.b'],
    ['take(createArray(0, 1, 2), 2)', [0, 1]],
    ['range(1, 4)', [1, 2, 3, 4]],
    ['div(11, 5)', 2],
    ['mod(3, 2)', 1],
    ["coalesce(null, 'hello', 'world')", 'hello'],
    ["int('10')", 10],
    ["setProperty(json('{\"a\":1}'), 'b', 2)", { a: 1, b: 2 }],
    ["uriComponent('https://contoso.com')", 'https%3A%2F%2Fcontoso.com'],
    ["addHours('2018-03-15T00:00:00Z', 10, 'yyyy-MM-ddTHH:mm:ssZ')", '2018-03-15T10:00:00Z'],
    ["utcNow('yyyy-MM-ddTHH:mm:ssZ')", '2026-03-24T11:05:00Z'],
    ["'it''s'", "it's"],
    ["variables('Object')?['name']", 'x'],
    ["variables('Object')?['list']?[7]", null],
    ["variables('Null')?['a']?['b']", null],
    ["item()?['a']", 1],
  ];

  it('answers the examples of the function reference', () => {
    assert.deepEqual(
      examples.map(([text]) => [text, evaluate(text)]),
      examples,
    );
  });

  it('puts expressions into text, and leaves doubled signs alone', () => {
    assert.equal(evaluateValue("a @{add(1, 2)} b @@{x} @{null}'", context()), "a 3 b @{x} '");
    assert.equal(evaluateValue('@@concat', context()), '@concat');
  });

  it('fails where the host would, and where nobody says what the host does', () => {
    const failures = [
      ...[
        "substring('abc', 2, 2)",
        "int('1x')",
        "first(json('[]'))",
        'range(0, 0)',
        "replace('a', '', 'b')",
        "split(null, ',')",
      ],
      ...[
        "unknown('a')",
        "'a'?['b']",
        "'a' == 'b'",
        '"a"',
        'length(1)',
        "and('true', true)",
        "concat('a', 1)",
        'equals(1, 1',
      ],
      ...["setProperty(null, 'a', 1)", "variables('Object')['name']", 'add(1, 0.5)'],
    ];
    for (const text of failures) {
      assert.throws(() => evaluate(text), ExpressionFailure, text);
    }
  });

  it('evaluates both results of an if only when told to', () => {
    const text = "if(equals(1, 1), 'yes', int('no'))";
    assert.equal(evaluateExpression(text, context('lazy')), 'yes');
    assert.throws(() => evaluateExpression(text, context('eager')), ExpressionFailure);
  });
});

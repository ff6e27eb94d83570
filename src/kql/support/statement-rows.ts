/** A statement: one row of the support matrix. */
export type StatementRow = {
  readonly name: string;
  readonly page: string;
  readonly summary: string;
  readonly example: string;
  /** The parser's kind of node, where the planner refuses it. */
  readonly kind?: string;
};

export const statementRows: readonly StatementRow[] = [
  {
    name: 'alias',
    kind: 'AliasStatement',
    page: 'alias-statement',
    summary: 'Names another database.',
    example: 'alias database other = cluster("help").database("samples"); print 1',
  },
  {
    name: 'let',
    page: 'let-statement',
    summary: 'Names a scalar, a table, a function with defaults and named arguments, or a view.',
    example: 'let f = (a: long, b: long = 2) { a + b }; print f(b = 1, a = 3)',
  },
  {
    name: 'pattern',
    page: 'pattern-statement',
    summary: 'Maps literal texts to queries.',
    example: 'declare pattern p = (a: string)[b: string] { ("x").["y"] = { print 1 }; }; p("x").y',
  },
  {
    name: 'query parameters',
    page: 'query-parameters-statement',
    summary: 'Declares parameters; each takes its default.',
    example: 'declare query_parameters(n: long = 3); print n',
  },
  {
    name: 'restrict',
    page: 'restrict-statement',
    summary: 'Limits what the rest of the query may name.',
    example: 'let V = view () { print 1 }; restrict access to (V); V',
  },
  {
    name: 'set',
    page: 'set-statement',
    summary: 'Sets a request property; read and left without effect.',
    example: 'set notruncation; print 1',
  },
  {
    name: 'tabular expression',
    page: 'tabular-expression-statements',
    summary: 'The query itself.',
    example: 'print 1',
  },
  {
    name: 'several tabular expressions',
    page: 'batches',
    summary: 'A text with several of them gives a table for each.',
    example: 'print 1; print 2',
  },
];

/*
 * The grammar of Workflow Definition Language expressions, in the form in which the emitter writes them: literals, calls
 * and `?[…]`. There are no infix operators in it, and no other forms are accepted.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export class ExpressionFailure extends Error {}

export type Node =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly Node[] }
  | { readonly kind: 'index'; readonly of: Node; readonly key: Node };

export class Parser {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  /** Parses one expression and says where it ends. */
  parsePrefix(): { readonly node: Node; readonly end: number } {
    const node = this.parseOperand();
    return { node, end: this.position };
  }

  parseOperand(): Node {
    let node = this.parsePrimary();
    while (this.text.startsWith('?[', this.position) || this.text[this.position] === '[') {
      // An index without a question mark fails where something is missing: the playbooks write none.
      this.expect('?[');
      const key = this.parseOperand();
      this.expect(']');
      node = { kind: 'index', of: node, key };
    }
    return node;
  }

  parsePrimary(): Node {
    const rest = this.text.slice(this.position);
    const literal = /^'((?:[^']|'')*)'/.exec(rest) ?? /^-?\d+(?![.\d])/.exec(rest);
    if (literal !== null) {
      this.position += literal[0].length;
      const value = literal[1] === undefined ? Number(literal[0]) : literal[1].replaceAll("''", "'");
      return { kind: 'literal', value };
    }
    const name = /^[A-Za-z]+/.exec(rest)?.[0];
    if (name === undefined) {
      throw new ExpressionFailure(`no expression at ${this.position} in ${this.text}`);
    }
    this.position += name.length;
    if (name === 'true' || name === 'false' || name === 'null') {
      return { kind: 'literal', value: name === 'null' ? null : name === 'true' };
    }
    return { kind: 'call', name, parameters: this.parseParameters() };
  }

  parseParameters(): readonly Node[] {
    this.expect('(');
    const parameters: Node[] = [];
    while (this.text[this.position] !== ')') {
      if (parameters.length > 0) {
        this.expect(', ');
      }
      parameters.push(this.parseOperand());
    }
    this.expect(')');
    return parameters;
  }

  expect(token: string): void {
    if (!this.text.startsWith(token, this.position)) {
      throw new ExpressionFailure(`expected ${token} at ${this.position} in ${this.text}`);
    }
    this.position += token.length;
  }
}

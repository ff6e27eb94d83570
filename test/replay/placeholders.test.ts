import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fillPlaceholders, findPlaceholders } from '../../src/replay/placeholders.ts';

const fill = (text: string, values: Record<string, string>): string | undefined =>
  fillPlaceholders(text, (columnName) => (Object.hasOwn(values, columnName) ? values[columnName] : undefined));

describe('placeholders of alert details', () => {
  it('are filled wherever they stand, as often as they stand', () => {
    assert.equal(
      fill('{{A}} to {{ B }} and {{A}}', { A: '865', B: 'PUT /orders/{id}' }),
      '865 to PUT /orders/{id} and 865',
    );
  });

  it('give no text at all where one of them has no value', () => {
    assert.equal(fill('{{A}} to {{B}}', { A: '865' }), undefined);
    assert.equal(fill('{{A}} to {{B}}', { A: '865', B: '' }), undefined);
  });

  it('leave a text without placeholders as it is', () => {
    assert.equal(fill('{A} {{}} {{ }} $& {{A B}}', {}), '{A} {{}} {{ }} $& {{A B}}');
  });

  it('never expand a value that was logged with braces of its own', () => {
    assert.equal(fill('from {{A}}', { A: '{{Secret}}', Secret: 's3cret' }), 'from {{Secret}}');
    assert.equal(fill('{{A}}{{B}}', { A: '{{', B: 'C}}', C: 'x' }), '{{C}}');
  });

  it('take a value literally, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (value) => {
        assert.equal(fill('a {{A}} b', { A: value }), `a ${value} b`);
      }),
    );
  });

  it('are found in order with repeats', () => {
    assert.deepEqual(findPlaceholders('{{A}} {{ B }} {{A}} {C}'), ['A', 'B', 'A']);
  });
});

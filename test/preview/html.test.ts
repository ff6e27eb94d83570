import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { escapeHtml, html, joinHtml } from '../../src/preview/html.ts';
import { hostileStrings } from './hostile-strings.ts';
import { hostileTexts } from './report-fixture.ts';

describe('html', () => {
  it('escapes what is put in, keeps markup, and leaves out undefined and false', () => {
    const inner = html`<b>${'<i>'}</b>`;
    const text = html`<p title="${'"x"'}">${inner}${undefined}${false}${7}${[inner, inner]}</p>`.text;
    assert.equal(text, '<p title="&quot;x&quot;"><b>&lt;i&gt;</b>7<b>&lt;i&gt;</b><b>&lt;i&gt;</b></p>');
  });

  it('escapes separators too', () => {
    assert.equal(joinHtml([html`a`, html`b`], ' < ').text, 'a &lt; b');
  });

  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`makes hostile text inert: ${name}`, () => {
      assert.doesNotMatch(escapeHtml(text), /[<>"']/);
    });
  }

  it('shows characters that would not show, so that no text can be reordered or cut short', () => {
    assert.equal(escapeHtml('a\u202Eb\u0000c\u200Bd'), 'a⟨U+202E⟩b⟨U+0000⟩c⟨U+200B⟩d');
    assert.equal(escapeHtml('a\tb\nc'), 'a\tb\nc');
    assert.equal(escapeHtml('\uD800'), '⟨U+D800⟩');
  });

  it('lets no string whatever out of a quoted attribute or an element', () => {
    fc.assert(
      fc.property(hostileStrings, (text) => {
        const inert = '(?:[^&<>"\']|&(?:amp|lt|gt|quot|#39);)*';
        assert.match(html`<p title="${text}">${text}</p>`.text, new RegExp(`^<p title="${inert}">${inert}</p>$`));
      }),
    );
  });
});

import { strict as assert } from 'node:assert';
import { drawMarkdown } from '../../../src/preview/workbook/markdown.ts';
import { hostileTexts } from '../report-fixture.ts';

describe('drawMarkdown', () => {
  it('draws headings below those of the page, paragraphs, lists, bold and code', () => {
    const text = '# Title\nFirst line\nsecond **bold** `code`\n\n- one\n- two\n\n## Part';
    assert.equal(
      drawMarkdown(text, 3).text,
      '<h3>Title</h3><p>First line second <strong>bold</strong> <code>code</code></p><ul><li>one</li><li>two</li></ul><h4>Part</h4>',
    );
  });

  it('makes no links and takes over no markup', () => {
    const text = `[click](javascript:alert(1)) ${hostileTexts.element} **${hostileTexts.attribute}**`;
    assert.equal(
      drawMarkdown(text, 3).text,
      '<p>[click](javascript:alert(1)) &lt;script&gt;alert(1)&lt;/script&gt; <strong>&quot;&gt;&lt;img src=x onerror=alert(1)&gt;</strong></p>',
    );
  });
});

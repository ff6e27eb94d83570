import { type Html, html, joinHtml, trustedHtml } from '../html.ts';

/**
 * The Markdown that workbook texts use: headings, lists, paragraphs, **bold** and `code`. Everything else stays text:
 * markup is never taken over, and links are not made, because a page about logs should lead nowhere.
 * @param firstLevel of headings: the page around the text has its own above it
 */
export function drawMarkdown(markdown: string, firstLevel: number): Html {
  const blocks = markdown
    .split(/\n{2,}|\n(?=#)|(?<=^#.*)\n/m)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  return joinHtml(blocks.map((block) => drawBlock(block, firstLevel)));
}

function drawBlock(block: string, firstLevel: number): Html {
  const heading = /^(#{1,6})\s+(.*)$/s.exec(block);
  if (heading !== null) {
    const level = Math.min(6, firstLevel + (heading[1] ?? '#').length - 1);
    return html`${trustedHtml(`<h${level}>`)}${drawInline(heading[2] ?? '')}${trustedHtml(`</h${level}>`)}`;
  }
  const lines = block.split('\n');
  if (lines.every((line) => /^[-*] /.test(line))) {
    return html`<ul>${lines.map((line) => html`<li>${drawInline(line.slice(2))}</li>`)}</ul>`;
  }
  return html`<p>${drawInline(lines.join(' '))}</p>`;
}

function drawInline(text: string): Html {
  const parts = text.split(/(\*\*[^*]+\*\*|`[^`]+`)/);
  return joinHtml(
    parts.map((part) => {
      if (/^\*\*[^*]+\*\*$/.test(part)) return html`<strong>${part.slice(2, -2)}</strong>`;
      return /^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`;
    }),
  );
}

/** Markup that may stand in a page as it is: it comes from an `html` template, never from data. */
export type Html = { readonly kind: 'html'; readonly text: string };

/** What a template may hold: markup as it is, text and numbers escaped, lists joined, nothing for undefined and false. */
export type HtmlValue = Html | string | number | undefined | false | readonly Html[];

export const noHtml: Html = { kind: 'html', text: '' };

/** The only way to write markup: template text is taken as it is, every string that is put in is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const text = strings.raw.reduce((soFar, part, index) => soFar + renderValue(values[index - 1]) + part);
  return { kind: 'html', text };
}

/** Markup that another renderer produced and whose own escaping is relied on: the SVG of a chart, the page's styles. */
export function trustedHtml(text: string): Html {
  return { kind: 'html', text };
}

export function joinHtml(parts: readonly Html[], separator: string = ''): Html {
  return { kind: 'html', text: parts.map(({ text }) => text).join(escapeHtml(separator)) };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as it may stand between tags and in quoted attributes. Characters that do not show are made visible, so that
 * log content can neither reorder what a person reads (Unicode TR 36, "Trojan Source") nor end the document early.
 */
export function escapeHtml(text: string): string {
  return showControls(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Control, format and lone surrogate characters as their code points, `⟨U+202E⟩`; line ends and tabs stay. */
export function showControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return /[\t\n\r]/.test(character) ? character : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

function renderValue(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'object') return 'kind' in value ? value.text : joinHtml(value).text;
  return escapeHtml(String(value));
}

import { type Html, html, trustedHtml } from './html.ts';
import { pageStyle } from './page-style.ts';

/** Nothing but the page's own styles and SVG: no script runs, no address is called, whatever the logs held. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A part of a page; the frame draws its heading and names it by that. */
export type PageSection = { readonly id: string; readonly title: string; readonly content: Html };

export type Page = {
  readonly title: string;
  readonly summary: string;
  /** Where the link goes that skips what stands above it; a section's id. */
  readonly skipTo: PageSection['id'];
  readonly sections: readonly PageSection[];
};

/** A page as one self-contained HTML document; the same input gives the same bytes. */
export function renderPage({ title, summary, skipTo, sections }: Page): string {
  const skipTitle = sections.find(({ id }) => id === skipTo)?.title ?? title;
  const links = sections.map(
    (section) => html`
  <li><a href="#${section.id}">${section.title}</a></li>`,
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trustedHtml(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#${skipTo}">Skip to the ${skipTitle.toLowerCase()}</a>
<header class="page">
  <div><h1>${title}</h1><p>${summary}</p></div>
  ${themeChoice}
</header>
<nav aria-label="Sections"><ul>${links}
</ul></nav>
<main>
${sections.map(
  (section) => html`${drawSection(section)}
`,
)}</main>
</body>
</html>
`;
  return page.text;
}

/** Radio buttons that the style sheet reads: a choice of theme without a script. */
const themeChoice: Html = html`<fieldset class="theme"><legend>Theme</legend>
  <label><input type="radio" name="theme" id="theme-auto" checked> Auto</label>
  <label><input type="radio" name="theme" id="theme-light"> Light</label>
  <label><input type="radio" name="theme" id="theme-dark"> Dark</label>
</fieldset>`;

/** A section with its heading, by which it is named. */
const drawSection = ({
  id,
  title,
  content,
}: PageSection): Html => html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;

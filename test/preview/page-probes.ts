/** One chart of the page: pictures that are shown, and paths in them that have an extent and a colour. */
export type DrawnChart = { readonly shown: number; readonly seen: number };

export type FoundContent = { readonly foreign: number; readonly handlers: number; readonly text: string };

export type Focused = { readonly name: string; readonly outlined: boolean };

/** Expressions that run in the browser; as text, because the project's own code knows no `document`. */
export const probes = {
  charts: `[...document.querySelectorAll('.chart')].map((chart) => {
    const pictures = [...chart.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
    const paper = getComputedStyle(document.body).backgroundColor;
    const seen = pictures.flatMap((svg) => [...svg.querySelectorAll('path')]).filter((path) => {
      const { width, height } = path.getBoundingClientRect();
      const { fill, stroke } = getComputedStyle(path);
      return width + height > 0 && [fill, stroke].some((color) => color.startsWith('rgb(') && color !== paper);
    });
    return { shown: pictures.length, seen: seen.length };
  })`,
  overflow: 'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  content: `({
    foreign: document.querySelectorAll('script, img, iframe, object, embed, link, style ~ style').length,
    handlers: [...document.querySelectorAll('*')].filter((element) =>
      element.getAttributeNames().some((name) => name.startsWith('on')),
    ).length,
    text: document.body.textContent,
  })`,
  paper: 'getComputedStyle(document.body).backgroundColor',
  focused: `({
    name: document.activeElement.tagName + '.' + document.activeElement.className,
    outlined: getComputedStyle(document.activeElement).outlineStyle !== 'none',
  })`,
  brokenLinks: `[...document.querySelectorAll('a')]
    .map((link) => link.getAttribute('href') ?? '')
    .filter((href) => !href.startsWith('#') || document.getElementById(href.slice(1)) === null)`,
} as const;

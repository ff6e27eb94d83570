/**
 * The colours that a chart may use, each a CSS variable of the page (page-style.ts), so that one SVG serves light and
 * dark. Neutral shades tell series apart; colour is kept for severity and deviation.
 */
export type ChartColor =
  | 'paper'
  | 'ink'
  | 'muted'
  | 'hairline'
  | 'band'
  | 'deviation'
  | 'severity-high'
  | 'severity-medium'
  | 'severity-low'
  | 'severity-informational'
  | 'shade-1'
  | 'shade-2'
  | 'shade-3'
  | 'shade-4'
  | 'shade-5';

/** What goes into the SVG; browsers resolve variables in presentation attributes as they do in styles. */
export const cssColor = (color: ChartColor): string => `var(--${color})`;

/** From light to dark, so that in a stack the first and usually largest series weighs least. */
const shades: readonly ChartColor[] = ['shade-4', 'shade-2', 'shade-1', 'shade-3', 'shade-5'];

/** The neutral colour of the nth series; from the sixth on they repeat, and labels have to tell. */
export const shade = (index: number): ChartColor => shades[index % shades.length] ?? 'shade-1';

const severityColors: Readonly<Record<string, ChartColor>> = {
  High: 'severity-high',
  Medium: 'severity-medium',
  Low: 'severity-low',
  Informational: 'severity-informational',
};

/** The colour of a Sentinel severity; undefined for any other text. */
export const severityColor = (name: string): ChartColor | undefined =>
  Object.hasOwn(severityColors, name) ? severityColors[name] : undefined;

import type { Severity } from '../../replay/analytics-rule.ts';
import { type Html, html } from '../html.ts';

/** A severity as a coloured word; the colour repeats the word and adds nothing to it. */
export function drawSeverity(severity: Severity): Html {
  return html`<span class="tag color-severity-${severity.toLowerCase()}">${severity}</span>`;
}

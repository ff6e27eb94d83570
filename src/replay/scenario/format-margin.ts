import { formatTimeMs } from '../clock.ts';
import { printable } from '../printable.ts';
import type { ScenarioCondition, ScenarioMargin } from './scenario-margin.ts';

/** `Deviation >= 6 missed at 5.9, by 0.1 (1.7 %)` */
export function formatMargin(margin: ScenarioMargin): string {
  const { threshold, side, valueText, distanceText, decides } = margin;
  const percent = ` (${Number((margin.relative * 100).toPrecision(2))} %)`;
  const distance =
    side === 'misses'
      ? `missed at ${valueText}, by ${distanceText}`
      : `held at ${valueText}, with ${distanceText} to spare`;
  return printable(`${threshold} ${distance}${percent}${decides ? '' : '; other conditions decide'}`);
}

const SHOWN_COLUMNS = 6;
const SHOWN_CHARACTERS = 60;

/** The run in which the value was measured, and the row that has it, its short columns. */
export function formatMarginRow({ scheduledMs, row }: ScenarioMargin): string {
  const cells = Object.entries(row).filter(([, text]) => text.length <= SHOWN_CHARACTERS);
  const shown = cells.slice(0, SHOWN_COLUMNS).map(([name, text]) => `${name} ${text}`);
  return printable(`run of ${formatTimeMs(scheduledMs)}: ${shown.join(' · ')}`);
}

/** `only isnotempty(Change) keeps it silent` */
export function formatCondition({ text }: ScenarioCondition): string {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
  return printable(`only ${shown} keeps it silent`);
}

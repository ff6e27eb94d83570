import { answers } from '../answers.ts';
import { minuteMs } from '../time-window.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

export type OutageFacts = {
  readonly apiId: string;
  readonly at: readonly [day: number, hour: number, minute: number];
  readonly minutes: number;
};

/** The backend of an API is down; apps and integrations send every call three or four times more before they give up. */
export function outage({ apiId, at, minutes }: OutageFacts): PlaceEvent {
  return (month) => {
    const span = spanAt(month, at, minutes * minuteMs);
    return {
      name: `outage-${apiId}`,
      description: `The backend of ${apiId} is down for ${minutes} minutes, and clients retry.`,
      spans: [span],
      troubles: [{ apiId, span, share: 0.97, answer: answers.backendUnreachable }],
    };
  };
}

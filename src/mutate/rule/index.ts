import type { RuleMutation } from '../rule-mutation.ts';
import { frequencyChanged, periodChanged, suppressionChanged } from './duration-changed.ts';
import { incidentChanged } from './incident-changed.ts';
import { alertTextDropped, customDetailDropped, entityMappingDropped } from './mapping-dropped.ts';
import {
  eventGroupingChanged,
  severityChanged,
  triggerOperatorChanged,
  triggerThresholdChanged,
} from './trigger-changed.ts';

/** Every kind of change to what stands around the query. */
export const ruleMutations: readonly RuleMutation[] = [
  triggerOperatorChanged,
  triggerThresholdChanged,
  frequencyChanged,
  periodChanged,
  suppressionChanged,
  eventGroupingChanged,
  severityChanged,
  entityMappingDropped,
  customDetailDropped,
  alertTextDropped,
  incidentChanged,
];

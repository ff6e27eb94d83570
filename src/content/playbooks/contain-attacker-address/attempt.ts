import { type Action, anyOutcome } from '../../workflow/action.ts';
import {
  and,
  contains,
  createArray,
  equals,
  greaterOrEquals,
  ifAny,
  ifText,
  lessOrEquals,
  not,
  or,
  outputs,
  variables,
} from '../../workflow/expression-functions.ts';
import { decide, isDecision } from './decide.ts';
import { outcome, wafPolicyUri } from './names.ts';
import { noteStateBefore, recordExpiry } from './record-expiry.ts';
import { hasWritten, writePolicy } from './write-policy.ts';

/** Answers after which the same change may well succeed: conflicts, throttling, a request that took too long. */
const passingStatuses = createArray(408, 409, 412, 429);

const status = variables('Http_status');
const isRefusedForGood = and(
  greaterOrEquals(status, 400),
  lessOrEquals(status, 499),
  not(contains(passingStatuses, status)),
);
const isConfirmed = equals(variables('Confirmed'), true);

const held = ifText(
  not(equals(outputs('Is_enforced'), true)),
  outcome('not-enforced'),
  ifText(hasWritten, outcome('contained'), outcome('already-blocked')),
);

const unconfirmed = ifText(
  isRefusedForGood,
  outcome('write-refused'),
  ifText(hasWritten, outcome('not-confirmed'), outcome('not-written')),
);

// The other decisions are named as the outcome that they lead to.
const afterAttempt = ifAny(
  or(isDecision('unchanged'), isConfirmed),
  held,
  ifAny(isDecision('write'), unconfirmed, outputs('Decision')),
);

/**
 * Up to five times: read the policy, decide on that reading, write, read back. An attempt that fails in the middle leaves
 * `Outcome` at the phase it had reached, and the next begins from the policy as it is by then.
 */
export const attempts: readonly Action[] = [
  { type: 'SetVariable', name: 'Phase_reading', variable: 'Outcome', value: outcome('policy-unreadable') },
  {
    type: 'Until',
    name: 'Attempt',
    condition: equals(variables('Settled'), true),
    limit: { count: 5, timeout: 'PT30M' },
    actions: [
      { type: 'Http', name: 'Get_policy', method: 'GET', uri: wafPolicyUri },
      ...decide,
      noteStateBefore,
      recordExpiry,
      writePolicy,
      { type: 'SetVariable', name: 'Note_outcome', variable: 'Outcome', value: afterAttempt },
      {
        type: 'SetVariable',
        name: 'Note_settled',
        variable: 'Settled',
        value: or(not(isDecision('write')), isConfirmed, isRefusedForGood),
      },
      {
        type: 'If',
        name: 'Wait_if_not_settled',
        runsOn: anyOutcome,
        condition: not(equals(variables('Settled'), true)),
        whenTrue: [{ type: 'Wait', name: 'Wait_before_next_attempt', seconds: 20 }],
      },
    ],
  },
];

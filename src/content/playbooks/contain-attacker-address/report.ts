import { type Action, anyOutcome } from '../../workflow/action.ts';
import { type Expression, property, type TextTemplate } from '../../workflow/expression.ts';
import {
  and,
  coalesce,
  concat,
  contains,
  createArray,
  empty,
  equals,
  greater,
  ifText,
  join,
  lastOfSplit,
  length,
  not,
  or,
  outputs,
  parameters,
  string,
  sub,
  take,
  textOf,
  triggerBody,
  variables,
  workflowRunName,
} from '../../workflow/expression-functions.ts';
import { htmlText } from '../../workflow/html-text.ts';
import { text } from '../../workflow/workflow-value.ts';
import { failedOutcomes, type Outcome, outcomeSoFar, ownRuleName } from './names.ts';

/*
 * The report reads variables, parameters and the trigger only, never an action of the scope before it: whatever failed
 * or was skipped there, the comment can be written. What it shows of the incident are addresses in the canonical text
 * that the playbook itself computed, and counts.
 */

/** A comment takes 30,000 characters, and an incident may have 500 entities; all of them are in the run's history. */
const listed = 50;

function listText(list: Expression<'any'>): Expression<'string'> {
  const rest = ifText(greater(length(list), listed), concat(' and ', string(sub(length(list), listed)), ' more'), '');
  return concat(join(take(list, listed), ', '), rest);
}

const attackers = listText(variables('Addresses'));
const added = listText(variables('Added'));
const policy = htmlText(lastOfSplit(textOf(parameters('WafPolicyId')), '/'));
const until = htmlText(textOf(variables('Expires_at')));
const status = string(variables('Http_status'));
const rangesBefore = string(
  length(coalesce(property(variables('Policy_before'), 'ownRule', 'matchConditions', 0, 'matchValues'), '')),
);

/** One sentence for each outcome; a missing one does not compile. */
const sentences: { readonly [O in Outcome]: string | TextTemplate } = {
  contained: text`Contained: ${attackers}. Added to rule ${ownRuleName} of WAF policy ${policy}: ${added}. Ranges in the rule before: ${rangesBefore}. The block ends at ${until}.`,
  'already-blocked': text`Already blocked in WAF policy ${policy}: ${attackers}. The policy was not written; the block now ends at ${until}.`,
  'not-enforced': text`Not blocked: rule ${ownRuleName} of WAF policy ${policy} holds ${attackers}, but the policy is in detection mode or disabled, or the rule is. Set the policy to prevention mode to enforce it. The entry ends at ${until}.`,
  'dry-run': text`Dry run, nothing was changed. Would be added to rule ${ownRuleName} of WAF policy ${policy}: ${added}.`,
  'no-address': text`Nothing to contain: the incident has no public IP address that may be blocked.`,
  'too-many-addresses': text`Refused: ${string(length(variables('Addresses')))} addresses are more than MaximumAddresses (${string(parameters('MaximumAddresses'))}). Nothing was changed.`,
  'not-configured': text`Refused: WafPolicyId is not the resource id of an Application Gateway WAF policy. Nothing was changed.`,
  'allow-list-unreadable': text`Refused: the watchlist of allowed addresses could not be read to its end, and without it an allowed address could be blocked. Nothing was changed.`,
  'guard-invalid': text`Refused: ${string(variables('Unreadable_guard_count'))} entries of the allow list or of the gateway ranges are not addresses or CIDR ranges. Correct them; nothing was changed.`,
  'own-rule-altered': text`Refused: rule ${ownRuleName} of WAF policy ${policy} is no longer a single condition that blocks client addresses. Delete or restore it; nothing was changed.`,
  'too-many-ranges': text`Refused: rule ${ownRuleName} of WAF policy ${policy} would hold more than MaximumRanges (${string(parameters('MaximumRanges'))}) ranges. Remove expired ones; nothing was changed.`,
  'too-many-rules': text`Refused: WAF policy ${policy} has no room for another custom rule. Nothing was changed.`,
  'policy-unreadable': text`Failed: WAF policy ${policy} could not be read or understood. Nothing was written to it.`,
  'not-recorded': text`Failed: the end of the block could not be recorded in the watchlist of blocked addresses, so the block was not made. Nothing was written to WAF policy ${policy}.`,
  'not-written': text`Failed: WAF policy ${policy} kept changing or could not be read again. Nothing was written to it; ${attackers} may be in the watchlist of blocked addresses without being blocked.`,
  'write-refused': text`Failed: Azure refused the change of WAF policy ${policy} (HTTP ${status}). ${attackers} may be in the watchlist of blocked addresses without being blocked.`,
  'not-confirmed': text`Failed: WAF policy ${policy} was written to (last answer HTTP ${status}) but does not show ${attackers} when read back. Check rule ${ownRuleName} by hand.`,
  failed: text`Failed before the WAF policy was read. Nothing was changed; see the run of the playbook.`,
};

const sparedText = ifText(
  empty(variables('Spared')),
  '',
  concat('<br>Left alone: ', listText(variables('Spared')), '.'),
);
const malformedText = ifText(
  equals(variables('Malformed_count'), 0),
  '',
  concat('<br>IP entities that are not IP addresses: ', string(variables('Malformed_count')), '.'),
);

const incidentId = property(triggerBody(), 'object', 'id');
const sentence = textOf(property(outputs('Sentences'), outcomeSoFar));

/** Comment, tag, end: each runs whatever became of those before it. */
export const report: readonly Action[] = [
  {
    type: 'Compose',
    name: 'State_before',
    purpose: 'The custom rules as they were before this run, to go back to by hand.',
    runsOn: anyOutcome,
    inputs: variables('Policy_before'),
  },
  { type: 'Compose', name: 'Sentences', inputs: sentences },
  {
    type: 'SentinelConnector',
    name: 'Add_comment',
    method: 'post',
    path: '/Incidents/Comment',
    body: {
      incidentArmId: incidentId,
      message: text`<p>${sentence}${sparedText}${malformedText}<br>Playbook run ${htmlText(textOf(workflowRunName()))}.</p>`,
    },
  },
  { type: 'SetVariable', name: 'Note_comment', variable: 'Commented', value: true },
  {
    type: 'SentinelConnector',
    name: 'Add_tag',
    runsOn: ['Succeeded', 'Failed', 'Skipped'],
    method: 'put',
    path: '/Incidents',
    body: { incidentArmId: incidentId, tagsToAdd: { TagsToAdd: [{ Tag: concat('api-pack-', outcomeSoFar) }] } },
  },
  { type: 'SetVariable', name: 'Note_tag', variable: 'Tagged', value: true },
  {
    type: 'If',
    name: 'Fail_if_not_done',
    runsOn: ['Succeeded', 'Failed', 'Skipped'],
    condition: or(
      contains(createArray(...failedOutcomes), outcomeSoFar),
      not(and(equals(variables('Commented'), true), equals(variables('Tagged'), true))),
    ),
    whenTrue: [
      {
        type: 'Terminate',
        name: 'Fail',
        runStatus: 'Failed',
        code: outcomeSoFar,
        message: text`${sentence}`,
      },
    ],
  },
];

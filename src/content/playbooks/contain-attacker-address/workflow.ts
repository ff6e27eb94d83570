import type { Action, InitializeVariable, VariableType } from '../../workflow/action.ts';
import { defineWorkflow } from '../../workflow/define-workflow.ts';
import {
  addHours,
  body,
  concat,
  equals,
  length,
  outputs,
  parameters,
  utcNow,
} from '../../workflow/expression-functions.ts';
import { nonPublicRanges, publicRanges } from '../../workflow/special-purpose-ranges.ts';
import type { WorkflowValue } from '../../workflow/workflow-value.ts';
import { attempts } from './attempt.ts';
import { chooseAddresses, getAddresses } from './choose-addresses.ts';
import { preflight } from './decide.ts';
import { outcome } from './names.ts';
import { readAllowList } from './read-allow-list.ts';
import { report } from './report.ts';

const initialise = (variable: string, variableType: VariableType, value: WorkflowValue): InitializeVariable => ({
  type: 'InitializeVariable',
  name: `Initialize_${variable}`,
  variable,
  variableType,
  value,
});

/** Variables carry what the report needs out of the scope, and state from one attempt to the next; no list is built in one. */
const variablesOfRun: readonly Action[] = [
  initialise('Outcome', 'String', outcome('failed')),
  initialise('Expires_at', 'String', addHours(utcNow(), parameters('BlockHours'))),
  initialise('Allow_list_page', 'String', ''),
  initialise('Allow_list_items', 'Array', []),
  initialise('Addresses', 'Array', []),
  initialise('Spared', 'Array', []),
  initialise('Malformed_count', 'Integer', 0),
  initialise('Unreadable_guard_count', 'Integer', 0),
  initialise('Policy_before', 'Object', {}),
  initialise('Added', 'Array', []),
  initialise('Recorded', 'Boolean', false),
  initialise('Written', 'Boolean', false),
  initialise('Confirmed', 'Boolean', false),
  initialise('Http_status', 'Integer', 0),
  initialise('Settled', 'Boolean', false),
  initialise('Commented', 'Boolean', false),
  initialise('Tagged', 'Boolean', false),
];

const noteChoice: readonly Action[] = [
  { type: 'SetVariable', name: 'Note_addresses', variable: 'Addresses', value: body('Attacker_addresses') },
  { type: 'SetVariable', name: 'Note_spared', variable: 'Spared', value: body('Spared_texts') },
  { type: 'SetVariable', name: 'Note_malformed', variable: 'Malformed_count', value: length(body('Malformed')) },
  {
    type: 'SetVariable',
    name: 'Note_unreadable_guards',
    variable: 'Unreadable_guard_count',
    value: length(body('Unreadable_guards')),
  },
];

const contain: Action = {
  type: 'Scope',
  name: 'Contain',
  actions: [
    getAddresses,
    ...readAllowList,
    ...chooseAddresses,
    ...noteChoice,
    preflight,
    {
      type: 'If',
      name: 'Contain_if_ready',
      condition: equals(outputs('Preflight'), 'ready'),
      whenTrue: attempts,
      whenFalse: [
        { type: 'SetVariable', name: 'Note_refusal', variable: 'Outcome', value: concat(outputs('Preflight')) },
      ],
    },
  ],
};

export const containAttackerAddressWorkflow = defineWorkflow({
  parameters: {
    WafPolicyId: { type: 'String' },
    WorkspaceId: { type: 'String' },
    AllowedRanges: { type: 'Array' },
    GatewayRanges: { type: 'Array' },
    AllowedWatchlist: { type: 'String' },
    BlockedWatchlist: { type: 'String' },
    BlockHours: { type: 'Int' },
    MaximumAddresses: { type: 'Int' },
    MaximumRanges: { type: 'Int' },
    DryRun: { type: 'Bool' },
    PublicRanges: { type: 'Array', defaultValue: publicRanges },
    NonPublicRanges: { type: 'Array', defaultValue: nonPublicRanges },
  },
  actions: [...variablesOfRun, contain, ...report],
});

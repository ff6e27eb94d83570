import type { Action } from '../../workflow/action.ts';
import { property } from '../../workflow/expression.ts';
import {
  body,
  concat,
  empty,
  not,
  or,
  outputs,
  parameters,
  startsWith,
  textOf,
  union,
  uriComponent,
  variables,
} from '../../workflow/expression-functions.ts';
import { apiVersions, managementEndpoint } from './names.ts';

const firstPage = concat(
  managementEndpoint,
  parameters('WorkspaceId'),
  '/providers/Microsoft.SecurityInsights/watchlists/',
  uriComponent(parameters('AllowedWatchlist')),
  `/watchlistItems?api-version=${apiVersions.watchlist}`,
);

const page = variables('Allow_list_page');

/**
 * Reads every page of the watchlist of allowed addresses. Afterwards `Allow_list_page` is empty if and only if the list
 * was read to its end: a guard that is read in part is no guard, so anything else stops the playbook.
 */
export const readAllowList: readonly Action[] = [
  { type: 'SetVariable', name: 'Start_allow_list', variable: 'Allow_list_page', value: firstPage },
  {
    type: 'Until',
    name: 'Read_allow_list',
    purpose: 'Follows the pages of the watchlist, at Azure Resource Manager only: the token is for it alone.',
    condition: or(empty(page), not(startsWith(page, `${managementEndpoint}/`))),
    limit: { count: 100, timeout: 'PT10M' },
    actions: [
      { type: 'Http', name: 'Get_allow_list_page', method: 'GET', uri: page },
      {
        type: 'Compose',
        name: 'Allow_list_so_far',
        // No coalesce: an answer without a list has to fail here, not to count as an empty list.
        inputs: union(variables('Allow_list_items'), property(body('Get_allow_list_page'), 'value')),
      },
      {
        type: 'SetVariable',
        name: 'Keep_allow_list',
        variable: 'Allow_list_items',
        value: outputs('Allow_list_so_far'),
      },
      {
        type: 'SetVariable',
        name: 'Turn_page',
        variable: 'Allow_list_page',
        value: textOf(property(body('Get_allow_list_page'), 'nextLink')),
      },
      {
        type: 'SetVariable',
        name: 'Give_up_allow_list',
        runsOn: ['Failed', 'Skipped', 'TimedOut'],
        variable: 'Allow_list_page',
        value: 'unreadable',
      },
    ],
  },
];

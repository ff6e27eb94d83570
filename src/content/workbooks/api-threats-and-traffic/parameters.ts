import { type KqlFragment, kql } from '../../kql.ts';
import {
  inRange,
  isChosen,
  type ListParameter,
  type TimeRangeParameter,
  type WorkspaceParameter,
  withSafeValues,
} from '../../workbook-parameters.ts';

export const workspace: WorkspaceParameter = { kind: 'workspace', name: 'Workspace', label: 'Workspace' };

const DAY_HOURS = 24;

export const timeRange: TimeRangeParameter = {
  kind: 'time-range',
  name: 'TimeRange',
  label: 'Time range',
  selectableHours: [4, DAY_HOURS, 2 * DAY_HOURS, 7 * DAY_HOURS, 14 * DAY_HOURS, 30 * DAY_HOURS],
  defaultHours: 7 * DAY_HOURS,
};

export const apis: ListParameter = {
  kind: 'list',
  name: 'Apis',
  label: 'APIs',
  query: kql`
    ApiManagementGatewayLogs
    | where ${inRange(timeRange)}
    | where isnotempty(ApiId)
    ${withSafeValues(kql`ApiId`)}
    | summarize Requests = count() by ApiId
    | sort by Requests desc
    | project ApiId`,
};

/** What API Management logged in the chosen range for the chosen APIs. */
export const chosenRequests: KqlFragment = kql`
  ApiManagementGatewayLogs
  | where ${inRange(timeRange)}
  | where ${isChosen(apis, kql`ApiId`)}`;

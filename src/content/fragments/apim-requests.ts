import type { RuleEnvironment } from '../define-rule.ts';
import { type KqlFragment, kql, kqlLines, noKql } from '../kql.ts';
import { withoutAllowedAddresses, withoutAllowedEndpoints } from './allow-list.ts';
import { clientAddressColumns, forwardedHopPattern, withClientAddress } from './client-address.ts';
import { withEndpoint } from './endpoint.ts';
import { scheduledOnly } from './windows.ts';

/** Whether a rule needs each request's client address; resolving it is the dearest step, so only on demand. */
export type AddressNeed = { readonly addresses: boolean };

function needsAddresses({ addresses }: AddressNeed, { allowList }: RuleEnvironment): boolean {
  return addresses || allowList.addresses.length > 0;
}

/**
 * `Requests`: what API Management logged in the look-back up to `EvaluatedTo`, reduced to the columns that traffic rules
 * read. Put it after `evaluatedWindows`.
 */
export function requests(environment: RuleEnvironment, need: AddressNeed): KqlFragment {
  const { period } = scheduledOnly(environment.schedule);
  const withAddresses = needsAddresses(need, environment);
  const columns = withAddresses ? kql`, ${clientAddressColumns(environment)}` : noKql;
  return kqlLines(
    withAddresses ? forwardedHopPattern(environment) : noKql,
    kql`
      let Requests = ApiManagementGatewayLogs
          | where TimeGenerated >= ago(${period}) and TimeGenerated < EvaluatedTo
          | project TimeGenerated, _ResourceId, ApiId, OperationId, Method, Url, ResponseCode${columns};`,
  );
}

/** Adds `Endpoint`, and `ClientAddress` on demand, and leaves out what the allow-list names. */
export function identified(environment: RuleEnvironment, need: AddressNeed): KqlFragment {
  return kqlLines(
    withEndpoint,
    withoutAllowedEndpoints(environment.allowList),
    needsAddresses(need, environment) ? withClientAddress(environment) : noKql,
    withoutAllowedAddresses(environment.allowList),
  );
}

/**
 * Keeps the baseline's rows: before the evaluated windows, and of operations that `Observed` holds. Without a suspect
 * the baseline costs nothing, and with one it reads the suspect's rows only.
 */
export const baselineOfObserved: KqlFragment = kql`
  | where TimeGenerated < EvaluatedFrom
  | where OperationId in ((Observed | project OperationId))`;

/** Drops the window that the look-back cuts in two: its count would be too low. */
export function wholeWindowsOnly(environment: RuleEnvironment): KqlFragment {
  return kql`| where Window >= ago(${scheduledOnly(environment.schedule).period})`;
}

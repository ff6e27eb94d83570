import { type KqlFragment, kql, noKql } from '../kql.ts';
import type { PackConfig, Topology } from '../pack-config.ts';

// Pieces of one regular expression, in the syntax that RE2 and Kusto share.
const octet = kql`(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])`;
const ipv4 = kql`(?:${octet}\.){3}${octet}`;
const ipv6 = kql`[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*`;
/** One hop of X-Forwarded-For: an address, in brackets or not, with a port or without. */
const hop = kql` *\[?(${ipv4}|${ipv6})\]?(?::[0-9]+)? *`;
/** Leftmost match: the first hop that is an address. */
const firstHop = kql`(?:^|,)${hop}(?:,|$)`;
/** The greedy prefix takes all it can: the last hop that is an address. */
const lastHop = kql`^(?:.*,)?${hop}(?:,.*)?$`;

/** Headers that carry the client's address, the most trustworthy first. */
const headers: Readonly<Record<Topology, readonly string[]>> = {
  direct: [],
  'application-gateway': ['X-Forwarded-For'],
  // The socket's address as Front Door saw it; unlike X-Forwarded-For, no client can set it.
  'front-door': ['X-Azure-SocketIP', 'X-Forwarded-For'],
};

type AddressSettings = Pick<PackConfig, 'topology' | 'forwardedHop'>;

/** The columns that `withClientAddress` reads, for a projection early in the query. */
export function clientAddressColumns({ topology }: AddressSettings): KqlFragment {
  return topology === 'direct' ? kql`CallerIpAddress` : kql`CallerIpAddress, RequestHeaders`;
}

/**
 * `ForwardedHop`: the pattern behind `withClientAddress`, to be put before the query's first statement.
 * Empty where API Management is called directly.
 */
export function forwardedHopPattern({ topology, forwardedHop }: AddressSettings): KqlFragment {
  return topology === 'direct' ? noKql : kql`let ForwardedHop = @"${forwardedHop === 'first' ? firstHop : lastHop}";`;
}

/**
 * Adds `ClientAddress` to rows that hold `clientAddressColumns`. Behind a gateway CallerIpAddress is the gateway's own
 * address, and the client stands in a request header (where its logging is switched on); without a valid hop the
 * immediate caller is all that is known.
 */
export function withClientAddress({ topology }: AddressSettings): KqlFragment {
  const [first, second] = headers[topology];
  if (first === undefined) {
    return kql`| extend ClientAddress = CallerIpAddress`;
  }
  const forwarded =
    second === undefined
      ? kql`tostring(RequestHeaders[${first}])`
      : kql`coalesce(tostring(RequestHeaders[${first}]), tostring(RequestHeaders[${second}]))`;
  return kql`
    | extend ClientAddress = tolower(extract(ForwardedHop, 1, ${forwarded}))
    | extend ClientAddress = iff(isempty(ClientAddress), CallerIpAddress, ClientAddress)`;
}

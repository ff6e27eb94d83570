/** How a filtering parameter of an ASIM parser chooses rows. */
type FilterKind =
  /** A list of prefixes of IPv4 addresses, each ending in a point, or whole addresses. */
  | 'address-prefixes'
  /** A list of texts, one of which the column has as a term. */
  | 'has-any'
  /** A list of values, one of which the column equals, whatever the case. */
  | 'in'
  /** One value, or `*` for all. */
  | 'is'
  /** One IPv4 address that stands in the column, or `*` for all. */
  | 'has-address'
  /** One number, or null for all. */
  | 'number';

/** A filtering parameter: its name, and the columns of which one must pass. */
export type AsimFilter = {
  readonly name: string;
  readonly kind: FilterKind;
  readonly columns: readonly string[];
  /** What the parameter is where the call leaves it out; all rows pass where this is absent. */
  readonly fallback?: string;
};

/** A schema of the Advanced Security Information Model, as its unifying parsers offer it. */
export type AsimSchema = {
  readonly name: string;
  readonly filters: readonly AsimFilter[];
  /** Names under which its parsers are deployed besides those that all schemas have. */
  readonly otherNames?: readonly string[];
};

const filter = (name: string, kind: FilterKind, ...columns: readonly string[]): AsimFilter => ({ name, kind, columns });

const processFilters: readonly AsimFilter[] = [
  filter('commandline_has_any', 'has-any', 'CommandLine'),
  filter('actingprocess_has_any', 'has-any', 'ActingProcessName'),
  filter('targetprocess_has_any', 'has-any', 'TargetProcessName'),
  filter('parentprocess_has_any', 'has-any', 'ParentProcessName'),
  filter('dvcipaddr_has_any_prefix', 'address-prefixes', 'DvcIpAddr'),
  filter('dvchostname_has_any', 'has-any', 'DvcHostname'),
  filter('eventtype', 'is', 'EventType'),
];

/**
 * The schemas and their filtering parameters besides starttime and endtime.
 * Source: the schema pages of learn.microsoft.com/azure/sentinel/normalization-about-schemas.
 */
export const asimSchemas: readonly AsimSchema[] = [
  { name: 'AlertEvent', filters: [] },
  {
    name: 'AuditEvent',
    filters: [
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('actorusername_has_any', 'has-any', 'ActorUsername'),
      filter('operation_has_any', 'has-any', 'Operation'),
      filter('eventtype_in', 'in', 'EventType'),
      filter('eventresult', 'is', 'EventResult'),
      filter('object_has_any', 'has-any', 'Object'),
      filter('newvalue_has_any', 'has-any', 'NewValue'),
    ],
  },
  {
    name: 'Authentication',
    filters: [
      filter('username_has_any', 'has-any', 'TargetUsername', 'ActorUsername'),
      filter('targetappname_has_any', 'has-any', 'TargetAppName'),
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('srchostname_has_any', 'has-any', 'SrcHostname'),
      filter('eventtype_in', 'in', 'EventType'),
      filter('eventresultdetails_in', 'in', 'EventResultDetails'),
      filter('eventresult', 'is', 'EventResult'),
    ],
  },
  {
    name: 'DhcpEvent',
    filters: [
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('srchostname_has_any', 'has-any', 'SrcHostname'),
      filter('srcusername_has_any', 'has-any', 'SrcUsername'),
      filter('eventresult', 'is', 'EventResult'),
    ],
  },
  {
    name: 'Dns',
    filters: [
      filter('srcipaddr', 'is', 'SrcIpAddr'),
      filter('domain_has_any', 'has-any', 'DnsQuery'),
      filter('responsecodename', 'is', 'EventResultDetails'),
      filter('response_has_ipv4', 'has-address', 'DnsResponseName'),
      filter('response_has_any_prefix', 'address-prefixes', 'DnsResponseName'),
      // Without it only lookups are returned, and not updates or transfers of zones.
      { ...filter('eventtype', 'is', 'EventType'), fallback: 'Query' },
    ],
  },
  {
    name: 'FileEvent',
    filters: [
      filter('eventtype_in', 'in', 'EventType'),
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('actorusername_has_any', 'has-any', 'ActorUsername'),
      filter('targetfilepath_has_any', 'has-any', 'TargetFilePath'),
      filter('srcfilepath_has_any', 'has-any', 'SrcFilePath'),
      filter('hashes_has_any', 'has-any', 'TargetFileMD5', 'TargetFileSHA1', 'TargetFileSHA256', 'TargetFileSHA512'),
      filter('dvchostname_has_any', 'has-any', 'DvcHostname'),
    ],
  },
  {
    name: 'NetworkSession',
    filters: [
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('dstipaddr_has_any_prefix', 'address-prefixes', 'DstIpAddr'),
      filter('ipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr', 'DstIpAddr'),
      filter('dstportnumber', 'number', 'DstPortNumber'),
      filter('hostname_has_any', 'has-any', 'SrcHostname', 'DstHostname'),
      filter('dvcaction', 'in', 'DvcAction'),
      filter('eventresult', 'is', 'EventResult'),
    ],
  },
  { name: 'ProcessEvent', otherNames: ['imProcess', 'ASimProcess'], filters: processFilters },
  { name: 'ProcessCreate', filters: processFilters },
  { name: 'ProcessTerminate', filters: processFilters },
  {
    name: 'RegistryEvent',
    otherNames: ['imRegistry', 'ASimRegistry'],
    filters: [
      filter('eventtype_in', 'in', 'EventType'),
      filter('actorusername_has_any', 'has-any', 'ActorUsername'),
      filter('registrykey_has_any', 'has-any', 'RegistryKey'),
      filter('registryvalue_has_any', 'has-any', 'RegistryValue'),
      filter('registrydata_has_any', 'has-any', 'RegistryValueData'),
      filter('dvchostname_has_any', 'has-any', 'DvcHostname'),
    ],
  },
  {
    name: 'UserManagement',
    filters: [
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('targetusername_has_any', 'has-any', 'TargetUsername'),
      filter('actorusername_has_any', 'has-any', 'ActorUsername'),
      filter('eventtype_in', 'in', 'EventType'),
    ],
  },
  {
    name: 'WebSession',
    filters: [
      filter('srcipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr'),
      filter('ipaddr_has_any_prefix', 'address-prefixes', 'SrcIpAddr', 'DstIpAddr'),
      filter('url_has_any', 'has-any', 'Url'),
      filter('httpuseragent_has_any', 'has-any', 'HttpUserAgent'),
      filter('eventresultdetails_in', 'in', 'EventResultDetails'),
      filter('eventresult', 'is', 'EventResult'),
    ],
  },
];

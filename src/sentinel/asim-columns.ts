import type { ColumnDefinition, ColumnType } from '../kql/index.ts';

/**
 * The columns of the schemas of the Advanced Security Information Model, made of what its pages call entities in roles:
 * a device, a user, an application, a process as source, destination, target or actor.
 * Source: the schema pages of learn.microsoft.com/azure/sentinel/normalization-about-schemas.
 */
type Fields = readonly string[];

const common: Fields = [
  'TimeGenerated:datetime Type _ResourceId _ItemId TenantId AdditionalFields:dynamic',
  'EventMessage EventCount:int EventStartTime:datetime EventEndTime:datetime EventType EventSubType EventResult',
  'EventResultDetails EventOriginalResultDetails EventSeverity EventOriginalSeverity EventUid EventOriginalUid',
  'EventOriginalType EventOriginalSubType EventProduct EventProductVersion EventVendor EventSchema EventSchemaVersion',
  'EventReportUrl EventOwner Dvc DvcIpAddr DvcHostname DvcDomain DvcDomainType DvcFQDN DvcId DvcIdType DvcMacAddr DvcZone',
  'DvcAction DvcOriginalAction DvcDescription DvcOs DvcOsVersion DvcInterface DvcSubscriptionId DvcScope DvcScopeId',
];
const threat: Fields = [
  'ThreatId ThreatName ThreatCategory ThreatRiskLevel:int ThreatOriginalRiskLevel ThreatRiskLevelOriginal ThreatField',
  'ThreatIpAddr ThreatConfidence:int ThreatOriginalConfidence ThreatIsActive:bool ThreatFirstReportedTime:datetime',
  'ThreatLastReportedTime:datetime Rule RuleName RuleNumber:int',
];

/** The fields with the name of the role before each. */
const inRole = (role: string, ...fields: Fields): Fields =>
  fields.map((line) =>
    line
      .split(' ')
      .map((field) => `${role}${field}`)
      .join(' '),
  );

const device = (role: string): Fields => [
  ...inRole(
    role,
    'IpAddr PortNumber:int Hostname Domain DomainType FQDN DvcId DvcIdType DvcScope DvcScopeId DeviceType MacAddr Zone',
    'Description GeoCountry GeoRegion GeoCity GeoLatitude:real GeoLongitude:real RiskLevel:int OriginalRiskLevel Isp DvcOs',
  ),
  ...(role === 'Dvc' ? [] : [role]),
];
const user = (role: string): Fields =>
  inRole(
    role,
    'UserId UserIdType Username UsernameType UserType OriginalUserType UserDomain UserScope UserScopeId UserAadId UserSid',
    'SessionId',
  );
const application = (role: string): Fields => inRole(role, 'AppName AppId AppType');
const process = (role: string): Fields =>
  inRole(
    `${role}Process`,
    'Name CommandLine Id Guid FileCompany FileDescription FileProduct FileVersion FileInternalName FileOriginalName Filename',
    'FileSize:long IsHidden:bool InjectedAddress IntegrityLevel MD5 SHA1 SHA256 SHA512 IMPHASH CreationTime:datetime',
    'TokenElevation StatusCode CurrentDirectory',
  );
const file = (role: string): Fields =>
  inRole(
    `${role}File`,
    'Name Path PathType Directory Extension MimeType MD5 SHA1 SHA256 SHA512 Size:long CreationTime:datetime',
  );

const network: Fields = [
  ...['Src', 'Dst'].flatMap((role) => [...device(role), ...user(role), ...application(role)]),
  ...['Src', 'Dst'].flatMap((role) =>
    inRole(role, 'InterfaceName InterfaceGuid VlanId Bytes:long Packets:long NatIpAddr NatPortNumber:int'),
  ),
  'NetworkApplicationProtocol NetworkProtocol NetworkProtocolVersion NetworkDirection NetworkDuration:int Duration:int',
  'NetworkIcmpCode:int NetworkIcmpType NetworkBytes:long NetworkPackets:long NetworkSessionId SessionId NetworkRuleName',
  'NetworkRuleNumber:int NetworkConnectionHistory TcpFlagsAck:bool TcpFlagsFin:bool TcpFlagsSyn:bool TcpFlagsRst:bool',
  'DvcInboundInterface DvcOutboundInterface OuterVlanId InnerVlanId Hostname IpAddr User',
  'ASimMatchingHostname ASimMatchingIpAddr',
];
const processEvent: Fields = [
  ...user('Actor'),
  ...user('Target'),
  ...['Acting', 'Parent', 'Target'].flatMap(process),
  'User Process CommandLine Hash',
];

const columnsBySchema: Readonly<Record<string, Fields>> = {
  AlertEvent: [
    'AlertId AlertName AlertDescription AlertStatus AlertOriginalStatus AlertVerdict AttackTactics AttackTechniques',
    'AttackRemediationSteps DetectionMethod IndicatorType IndicatorAssociation UserId Username UserType UserSessionId',
    'ProcessId ProcessName ProcessCommandLine ProcessFileCompany FileName FilePath FileMD5 FileSHA1 FileSHA256 FileSize:long',
    'Url RegistryKey RegistryValue RegistryValueData EmailSubject EmailMessageId IpAddr Hostname User',
  ],
  AuditEvent: [
    ...user('Actor'),
    ...device('Src'),
    ...device('Target'),
    ...application('Acting'),
    ...application('Target'),
    'Operation Object ObjectId ObjectType OldValue NewValue Value ValueType TargetUrl HttpUserAgent User IpAddr Application',
  ],
  Authentication: [
    ...user('Actor'),
    ...user('Target'),
    ...device('Src'),
    ...device('Target'),
    ...application('Acting'),
    ...application('Target'),
    'LogonMethod LogonProtocol LogonTarget TargetUrl HttpUserAgent User IpAddr Dst Application',
  ],
  DhcpEvent: [
    ...user('Src'),
    ...device('Src'),
    'RequestedIpAddr DhcpSessionId DhcpSessionDuration:int DhcpLeaseDuration:int DhcpSrcDHCId DhcpCircuitId DhcpSubscriberId',
    'DhcpVendorClassId DhcpVendorClass DhcpUserClassId DhcpUserClass SessionId Duration:int User IpAddr Hostname',
  ],
  Dns: [
    ...user('Src'),
    ...device('Src'),
    ...device('Dst'),
    ...process('Src'),
    'DnsQuery DnsQueryType:int DnsQueryTypeName DnsQueryClass:int DnsQueryClassName DnsResponseCode:int DnsResponseCodeName',
    'DnsResponseName DnsResponseIpCountry DnsResponseIpCity DnsResponseIpLatitude:real DnsResponseIpLongitude:real DnsFlags',
    'DnsFlagsAuthenticated:bool DnsFlagsAuthoritative:bool DnsFlagsCheckingDisabled:bool DnsFlagsRecursionAvailable:bool',
    'DnsFlagsRecursionDesired:bool DnsFlagsTruncated:bool DnsFlagsZ:bool DnsNetworkDuration:int DnsSessionId Flags Domain',
    'DomainCategory UrlCategory Duration:int NetworkProtocol NetworkProtocolVersion TransactionIdHex SessionId Hostname',
    'IpAddr Process User',
  ],
  FileEvent: [
    ...user('Actor'),
    ...device('Src'),
    ...process('Acting'),
    ...file('Target'),
    ...file('Src'),
    ...application('Target'),
    'TargetUrl HttpUserAgent NetworkApplicationProtocol HashType User Process CommandLine FilePath FileName Hash IpAddr Url',
    'Application',
  ],
  NetworkSession: network,
  ProcessEvent: processEvent,
  ProcessCreate: processEvent,
  ProcessTerminate: processEvent,
  RegistryEvent: [
    ...user('Actor'),
    ...process('Acting'),
    ...process('Parent'),
    'RegistryKey RegistryValue RegistryValueType RegistryValueData RegistryPreviousKey RegistryPreviousValue',
    'RegistryPreviousValueType RegistryPreviousValueData User Process',
  ],
  UserManagement: [
    ...user('Actor'),
    ...user('Target'),
    ...device('Src'),
    ...application('Acting'),
    'GroupId GroupIdType GroupName GroupNameType GroupType GroupOriginalType UpdatedPropertyName PreviousPropertyValue',
    'NewPropertyValue HttpUserAgent User IpAddr Hostname',
  ],
  WebSession: [
    ...network,
    'Url UrlCategory UrlOriginal HttpVersion HttpRequestMethod HttpStatusCode HttpContentType HttpContentFormat HttpReferrer',
    'HttpUserAgent UserAgent HttpRequestXff HttpRequestTime:int HttpResponseTime:int HttpHost HttpCookie HttpRequestBodyBytes:long',
    'FileName FileMD5 FileSHA1 FileSHA256 FileSHA512 FileSize:int FileContentType Hash',
  ],
};

const known = new Map<string, readonly ColumnDefinition[]>();

/** The columns of a schema's normalised rows, each once; one array a schema, since the binder keeps its work by it. */
export function asimColumns(schema: string): readonly ColumnDefinition[] {
  const columns = known.get(schema) ?? columnsOf([...common, ...(columnsBySchema[schema] ?? []), ...threat]);
  known.set(schema, columns);
  return columns;
}

/** Fields are texts where no type is said. */
function columnsOf(lines: Fields): readonly ColumnDefinition[] {
  const fields = lines.flatMap((line) => line.split(' '));
  const types = new Map(fields.map((field) => field.split(':') as [string, ColumnType | undefined]));
  return [...types].map(([name, type]) => ({ name, type: type ?? 'string' }));
}

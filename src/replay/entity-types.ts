export type EntityTypeDefinition = {
  /** `Type` in the Entities field of SecurityAlert. */
  readonly entitiesType: string;
  /** Identifiers that name an entity of this type … */
  readonly required: readonly string[];
  /** … of which one is enough, or all are needed. */
  readonly needs: 'any' | 'all';
};

const anyOf = (entitiesType: string, ...required: readonly string[]): EntityTypeDefinition => ({
  entitiesType,
  required,
  needs: 'any',
});

/**
 * The entity types that a rule can map, with their required identifiers.
 * Source: Microsoft Sentinel entity types reference (learn.microsoft.com/azure/sentinel/entities-reference).
 */
export const entityTypes: ReadonlyMap<string, EntityTypeDefinition> = new Map([
  ['Account', anyOf('account', 'FullName', 'Sid', 'Name', 'AadUserId', 'PUID', 'ObjectGuid')],
  ['AzureResource', anyOf('azure-resource', 'ResourceId')],
  ['CloudApplication', anyOf('cloud-application', 'AppId', 'Name')],
  ['DNS', anyOf('dns', 'DomainName')],
  ['File', anyOf('file', 'Name')],
  ['FileHash', { entitiesType: 'filehash', required: ['Algorithm', 'Value'], needs: 'all' }],
  ['Host', anyOf('host', 'FullName', 'HostName', 'NetBiosName', 'AzureID', 'OMSAgentID')],
  ['IP', anyOf('ip', 'Address')],
  ['MailCluster', anyOf('mailCluster', 'Query', 'Source')],
  ['MailMessage', anyOf('mailMessage', 'NetworkMessageId', 'Recipient')],
  ['Mailbox', anyOf('mailbox', 'MailboxPrimaryAddress')],
  ['Malware', anyOf('malware', 'Name')],
  ['Process', anyOf('process', 'CommandLine', 'ProcessId')],
  ['RegistryKey', anyOf('registry-key', 'Key', 'Hive')],
  ['RegistryValue', anyOf('registry-value', 'Name')],
  ['SecurityGroup', anyOf('security-group', 'DistinguishedName', 'SID', 'ObjectGuid')],
  ['SubmissionMail', anyOf('submissionMail', 'SubmissionId', 'NetworkMessageId', 'Recipient', 'Submitter')],
  ['URL', anyOf('url', 'Url')],
]);

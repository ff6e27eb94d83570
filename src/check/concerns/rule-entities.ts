import type { Check, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';

type Identifiers = { readonly required: readonly string[]; readonly all?: true; readonly optional: readonly string[] };

/**
 * Identifiers of Microsoft Sentinel's entity types. One of `required` has to be mapped, or every one where `all` is set
 * (source: the entity types reference, and the entity validation of the public content repository).
 */
const identifiers: Readonly<Record<string, Identifiers>> = {
  Account: {
    required: ['FullName', 'Sid', 'Name', 'AadUserId', 'PUID', 'ObjectGuid'],
    optional: ['AadTenantId', 'DisplayName', 'DnsDomain', 'IsDomainJoined', 'NTDomain', 'UPNSuffix'],
  },
  AzureResource: { required: ['ResourceId'], optional: [] },
  CloudApplication: { required: ['AppId', 'Name'], optional: ['InstanceName'] },
  DNS: { required: ['DomainName'], optional: [] },
  File: { required: ['Name'], optional: ['Directory'] },
  FileHash: { required: ['Algorithm', 'Value'], all: true, optional: [] },
  Host: {
    required: ['FullName', 'HostName', 'NetBiosName', 'AzureID', 'OMSAgentID'],
    optional: ['DnsDomain', 'IsDomainJoined', 'NTDomain', 'OSFamily', 'OSVersion'],
  },
  IP: { required: ['Address'], optional: ['AddressScope'] },
  MailCluster: { required: ['Query', 'Source'], optional: ['Threats'] },
  MailMessage: {
    required: ['NetworkMessageId', 'Recipient'],
    optional: ['InternetMessageId', 'P1Sender', 'P2Sender', 'SenderIP', 'Subject', 'Urls', 'DeliveryAction'],
  },
  Mailbox: { required: ['MailboxPrimaryAddress'], optional: ['DisplayName', 'Upn'] },
  Malware: { required: ['Name'], optional: ['Category'] },
  Process: { required: ['CommandLine', 'ProcessId'], optional: ['CreationTimeUtc', 'ElevationToken'] },
  RegistryKey: { required: ['Hive', 'Key'], optional: [] },
  RegistryValue: { required: ['Name'], optional: ['Value', 'ValueType'] },
  SecurityGroup: { required: ['DistinguishedName', 'SID', 'ObjectGuid'], optional: [] },
  SubmissionMail: {
    required: ['SubmissionId', 'NetworkMessageId', 'Recipient', 'Submitter'],
    optional: ['ReportType', 'Sender', 'SenderIp', 'Subject', 'SubmissionDate', 'Timestamp'],
  },
  URL: { required: ['Url'], optional: [] },
};

/** Columns of the mapping that was in use before entity mappings; each needs a mapping of its entity type now. */
const legacyColumns: Readonly<Record<string, string>> = {
  AccountCustomEntity: 'Account',
  FileHashCustomEntity: 'FileHash',
  HostCustomEntity: 'Host',
  IPCustomEntity: 'IP',
  ProcessCustomEntity: 'Process',
  URLCustomEntity: 'URL',
};

/** Each mapping identifies an entity, with identifiers that its type has, none of them twice. */
export const ruleEntities: Check = {
  name: 'rule entities',
  run: ({ rules }) => rules.flatMap((file) => [...mappingIssues(file), ...legacyIssues(file)]),
};

function mappingIssues(file: RuleFile): readonly Issue[] {
  return file.rule.entityMappings.flatMap(({ entityType, fieldMappings }, index) => {
    const known = identifiers[entityType] ?? { required: [], optional: [] };
    const mapped = fieldMappings.map(({ identifier }) => identifier);
    const unknown = mapped.filter((name) => !known.required.includes(name) && !known.optional.includes(name));
    const twice = mapped.filter((name, position) => mapped.indexOf(name) !== position);
    const isMapped = (name: string): boolean => mapped.includes(name);
    const identified = known.all ? known.required.every(isMapped) : known.required.some(isMapped);
    const wants = known.required.join(known.all ? ' and ' : ' or ');
    const problems = [
      ...unknown.map((name) => [`${entityType} has no identifier ${name}`, 'Use an identifier of the entity type.']),
      ...twice.map((name) => [`${name} is mapped twice`, 'Map each identifier once.']),
      ...(identified ? [] : [[`${entityType} is not identified`, `Map ${wants}.`]]),
    ];
    const place = file.placeOf(['entityMappings', index]);
    return problems.map(([message = '', hint = '']) => issue('rule-entity', place, message, hint));
  });
}

function legacyIssues(file: RuleFile): readonly Issue[] {
  const mapped = file.rule.entityMappings.map(({ entityType }) => entityType);
  return Object.entries(legacyColumns)
    .filter(([column, type]) => new RegExp(`\\b${column}\\b`).test(file.rule.query) && !mapped.includes(type))
    .map(([column, type]) =>
      issue(
        'rule-entity-legacy',
        file.placeOf(['query']),
        `${column} has no mapping`,
        `Map an entity of type ${type}.`,
      ),
    );
}

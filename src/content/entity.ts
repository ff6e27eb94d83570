/** Sentinel's entity types with the identifiers that this pack maps; each entity needs one of its required ones. */
export type EntityType = 'Account' | 'AzureResource' | 'IP' | 'URL';

export type FieldMapping = { readonly identifier: string; readonly columnName: string };

export type EntityMapping = { readonly entityType: EntityType; readonly fieldMappings: readonly FieldMapping[] };

export function account(columns: { readonly fullName: string }): EntityMapping {
  return { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: columns.fullName }] };
}

export function azureResource(resourceIdColumn: string): EntityMapping {
  return { entityType: 'AzureResource', fieldMappings: [{ identifier: 'ResourceId', columnName: resourceIdColumn }] };
}

export function ip(addressColumn: string): EntityMapping {
  return { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: addressColumn }] };
}

export function url(urlColumn: string): EntityMapping {
  return { entityType: 'URL', fieldMappings: [{ identifier: 'Url', columnName: urlColumn }] };
}

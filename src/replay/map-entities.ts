import type { AnalyticsRule, EntityMapping } from './analytics-rule.ts';
import { entityTypes } from './entity-types.ts';
import type { ResultView } from './result-view.ts';
import { serviceLimits } from './service-limits.ts';

/** One entity of an alert: the `Type` of the Entities field and its identifiers in the order of the mapping. */
export type Entity = { readonly type: string; readonly identifiers: Readonly<Record<string, string>> };

export type MappedEntities = {
  readonly entities: readonly Entity[];
  /** Distinct entities that the limits of the service left out. */
  readonly dropped: number;
};

/**
 * The entities of an alert, row by row in the order of the mappings, each once. The service takes 500 in all, in equal
 * shares for each mapping, and 64 KB of the Entities field; an entity without a required identifier is none.
 */
export function mapEntities(view: ResultView, rule: Pick<AnalyticsRule, 'entityMappings'>): MappedEntities {
  const { entityMappings } = rule;
  const share = Math.floor(serviceLimits.entitiesPerAlert / Math.max(1, entityMappings.length));
  const taken = entityMappings.map(() => 0);
  const seen = new Set<string>();
  const entities: Entity[] = [];
  let bytes = '[]'.length;
  let full = false;
  let dropped = 0;
  for (let row = 0; row < view.rowCount; row++) {
    for (const [index, mapping] of entityMappings.entries()) {
      const entity = readEntity(view, row, mapping);
      const key = JSON.stringify(entity);
      if (entity === undefined || seen.has(key)) continue;
      seen.add(key);
      const size = Buffer.byteLength(entityJson(entity, entities.length)) + (entities.length === 0 ? 0 : ','.length);
      // Once the field is full everything later is dropped, also what would be small enough.
      full ||= bytes + size > serviceLimits.entitiesBytes;
      if (full || (taken[index] ?? 0) >= share) {
        dropped++;
        continue;
      }
      taken[index] = (taken[index] ?? 0) + 1;
      bytes += size;
      entities.push(entity);
    }
  }
  return { entities, dropped };
}

function readEntity(view: ResultView, row: number, mapping: EntityMapping): Entity | undefined {
  const definition = entityTypes.get(mapping.entityType);
  if (definition === undefined) return undefined;
  const identifiers: Record<string, string> = {};
  for (const { identifier, columnName } of mapping.fieldMappings) {
    const text = view.text(row, columnName);
    if (text !== '') identifiers[identifier] = text;
  }
  const present = definition.required.filter((identifier) => Object.hasOwn(identifiers, identifier)).length;
  const enough = definition.needs === 'all' ? present === definition.required.length : present > 0;
  return enough ? { type: definition.entitiesType, identifiers } : undefined;
}

/** The Entities field of SecurityAlert: a JSON array whose objects carry `$id` and `Type`; '' without entities. */
export function formatEntities(entities: readonly Entity[]): string {
  return entities.length === 0 ? '' : `[${entities.map(entityJson).join(',')}]`;
}

const entityJson = ({ type, identifiers }: Entity, index: number): string =>
  JSON.stringify({ $id: String(index + 1), ...identifiers, Type: type });

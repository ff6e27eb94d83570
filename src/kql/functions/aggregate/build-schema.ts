import { dynamicScalarType } from '../../values/convert.ts';
import { type DynamicValue, isArray, isBag } from '../../values/dynamic.ts';
import type { Value } from '../../values/value.ts';
import type { AggregateFunction } from '../aggregate-function.ts';
import { foldAggregate } from '../fold-aggregate.ts';

/** What values may be: scalars of some types, containers with some keys; an array is a container whose key is `indexer`. */
type Schema = { readonly scalars: Set<string>; readonly keys: Map<string, Schema> };

const emptySchema = (): Schema => ({ scalars: new Set(), keys: new Map() });

const INDEXER = '`indexer`';

function admit(schema: Schema, value: DynamicValue): void {
  if (value === null) return;
  if (isArray(value)) for (const item of value) admit(keyOf(schema, INDEXER), item);
  else if (isBag(value)) for (const [key, item] of value) admit(keyOf(schema, key), item);
  else schema.scalars.add(scalarName(value));
}

function keyOf(schema: Schema, key: string): Schema {
  let known = schema.keys.get(key);
  if (known === undefined) {
    known = emptySchema();
    schema.keys.set(key, known);
  }
  return known;
}

/** The service calls a real `double` here; its other names are those of the types. */
const scalarName = (value: DynamicValue): string => {
  const type = dynamicScalarType(value) ?? 'dynamic';
  return type === 'real' ? 'double' : type;
};

/** The schema as the service writes it: a name, a container, or an array of what it may be, the container first. */
function describe(schema: Schema): DynamicValue {
  const forms: DynamicValue[] = [...schema.scalars].sort();
  if (schema.keys.size > 0) forms.unshift(new Map([...schema.keys].map(([key, item]) => [key, describe(item)])));
  return forms.length === 1 ? (forms[0] as DynamicValue) : forms;
}

const isEmpty = (schema: Schema): boolean => schema.scalars.size === 0 && schema.keys.size === 0;

export const buildSchema: readonly AggregateFunction[] = [
  {
    name: 'buildschema',
    signature: 'buildschema(expression: dynamic): dynamic',
    summary: 'The smallest schema that admits all values of the group; null where there is none.',
    page: 'buildschema-aggregation-function',
    parameters: ['dynamic'],
    returns: () => 'dynamic',
    create: () =>
      foldAggregate<Schema>('dynamic', {
        initial: emptySchema,
        step(schema, [value]: readonly Value[]) {
          admit(schema, value as DynamicValue);
          return schema;
        },
        result: (schema) => (isEmpty(schema) ? null : describe(schema)),
      }),
  },
];

/** A JSON value as it stands in an ARM template; key order is kept as given. */
export type ArmValue = string | number | boolean | null | readonly ArmValue[] | { readonly [key: string]: ArmValue };

export type ArmObject = { readonly [key: string]: ArmValue };

/** One resource of a deployment template; `type` and `apiVersion` are what the deployment engine routes on. */
export type ArmResource = ArmObject & { readonly type: string; readonly apiVersion: string; readonly name: string };

/** A resource-group deployment template (schema 2019-04-01). */
export type ArmTemplate = {
  readonly $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  readonly contentVersion: string;
  readonly metadata?: ArmObject;
  readonly parameters: ArmObject;
  readonly variables: ArmObject;
  readonly resources: readonly ArmResource[];
  readonly outputs: ArmObject;
};

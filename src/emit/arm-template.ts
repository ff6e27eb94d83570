import { isDeepStrictEqual } from 'node:util';
import type { ArmObject, ArmResource, ArmTemplate } from './arm.ts';
import { EmitError } from './emit-error.ts';
import { generator } from './generator.ts';

/** What one definition contributes to a template. */
export type Deployment = {
  readonly parameters: ArmObject;
  readonly variables: ArmObject;
  readonly resources: readonly ArmResource[];
};

export type TemplateDescription = {
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** What has to be switched on before the content sees anything. */
  readonly prerequisites?: readonly string[];
};

/** A template that deploys everything the deployments contribute. */
export function armTemplate(about: TemplateDescription, deployments: readonly Deployment[]): ArmTemplate {
  const { parameters, variables, resources } = mergeDeployments(deployments);
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: `${about.version}.0`,
    metadata: {
      title: about.title,
      description: about.description,
      ...(about.prerequisites !== undefined && { prerequisites: about.prerequisites }),
      _generator: generator,
    },
    parameters,
    variables,
    resources,
    outputs: {},
  };
}

/**
 * One deployment of several. A parameter or variable may stand in more than one of them if it is the same in all.
 * @throws EmitError where two differ, or where two resources have the same type and name.
 */
export function mergeDeployments(deployments: readonly Deployment[]): Deployment {
  const parameters: Record<string, ArmObject[string]> = {};
  const variables: Record<string, ArmObject[string]> = {};
  const resources = deployments.flatMap((deployment) => deployment.resources);
  for (const deployment of deployments) {
    addSettings('parameter', parameters, deployment.parameters);
    addSettings('variable', variables, deployment.variables);
  }
  const identities = resources.map(({ type, name }) => `${type} ${name}`);
  const repeated = identities.find((identity, index) => identities.indexOf(identity) !== index);
  if (repeated !== undefined) {
    throw new EmitError('conflicting-template', `two resources are ${repeated}`, 'Give each its own name.');
  }
  return { parameters, variables, resources };
}

function addSettings(kind: string, all: Record<string, ArmObject[string]>, more: ArmObject): void {
  for (const [name, value] of Object.entries(more)) {
    if (Object.hasOwn(all, name) && !isDeepStrictEqual(all[name], value)) {
      throw new EmitError(
        'conflicting-template',
        `two definitions of the ${kind} ${name} differ`,
        'Rename one of them, or give both the same definition.',
      );
    }
    all[name] = value;
  }
}

import type { Workbook } from '../content/define-workbook.ts';
import type { ArmResource } from './arm.ts';
import { armLiteral } from './arm-literal.ts';
import { workbookContent } from './workbook-json.ts';

/**
 * The workbook as a resource that Sentinel lists among its own. The template that holds it has the parameter
 * `workspace`, the name of the workspace (workspaceParameter).
 * Source: learn.microsoft.com/azure/templates/microsoft.insights/workbooks.
 */
export function workbookResource(workbook: Workbook): ArmResource {
  const workspace = "resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))";
  return {
    type: 'Microsoft.Insights/workbooks',
    apiVersion: '2023-06-01',
    // A resource group may hold two workspaces, and each its own copy.
    name: `[guid(${workspace}, '${workbook.id}')]`,
    location: '[resourceGroup().location]',
    kind: 'shared',
    tags: { 'hidden-title': armLiteral(workbook.name) },
    properties: {
      displayName: armLiteral(workbook.name),
      description: armLiteral(workbook.description),
      version: workbook.version,
      category: 'sentinel',
      sourceId: `[${workspace}]`,
      // It begins with a brace, so the deployment engine takes it as it is.
      serializedData: JSON.stringify(workbookContent(workbook)),
    },
  };
}

import type { Workbook } from '../content/define-workbook.ts';
import { armTemplate, type Deployment } from './arm-template.ts';
import type { GeneratedFile } from './generated-file.ts';
import { workspaceParameter } from './rule-arm.ts';
import { stableJson } from './stable-json.ts';
import { workbookResource } from './workbook-arm.ts';
import { workbookFile } from './workbook-json.ts';

/** A workbook as JSON for the editor, as a template of its own, and as a connected repository takes it. */
export function workbookFiles(workbook: Workbook): readonly GeneratedFile[] {
  const { slug, version, name, description } = workbook;
  const template = stableJson(armTemplate({ version, title: name, description }, [workbookDeployment(workbook)]));
  return [
    workbookFile(workbook),
    { path: `workbooks/${slug}.azuredeploy.json`, text: template },
    { path: `package/repository/Workbooks/${slug}.json`, text: template },
  ];
}

/** What a workbook adds to a template that deploys more than it. */
export function workbookDeployment(workbook: Workbook): Deployment {
  return { parameters: workspaceParameter, variables: {}, resources: [workbookResource(workbook)] };
}

import { strict as assert } from 'node:assert';
import { kql } from '../../src/content/kql.ts';
import { inRange } from '../../src/content/workbook-parameters.ts';
import { workbookResource } from '../../src/emit/workbook-arm.ts';
import { emitWorkbookJson } from '../../src/emit/workbook-json.ts';
import { parameters, query, timeRange, workbookOf } from '../content/workbooks/workbook-fixture.ts';

describe('workbookResource', () => {
  const workbook = workbookOf(parameters, query(kql`Requests | where ${inRange(timeRange)}`));

  it('belongs to the workspace that the template names, in the category that Sentinel lists', () => {
    const { properties, ...resource } = workbookResource(workbook);
    const workspace = "resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))";
    assert.deepEqual(resource, {
      type: 'Microsoft.Insights/workbooks',
      apiVersion: '2023-06-01',
      name: `[guid(${workspace}, '0d1c2b3a-4f5e-4d6c-8b7a-9f8e7d6c5b4a')]`,
      location: '[resourceGroup().location]',
      kind: 'shared',
      tags: { 'hidden-title': 'Test workbook' },
    });
    assert.deepEqual(
      { ...(properties as object), serializedData: undefined },
      {
        displayName: 'Test workbook',
        description: 'For tests.',
        version: '1.0.0',
        category: 'sentinel',
        sourceId: `[${workspace}]`,
        serializedData: undefined,
      },
    );
  });

  it('carries the same workbook as the file does, and nothing that the deployment engine would run', () => {
    const { properties } = workbookResource(workbook);
    const { serializedData } = properties as { readonly serializedData: string };
    assert.deepEqual(JSON.parse(serializedData), JSON.parse(emitWorkbookJson(workbook)));
    assert.equal(serializedData.startsWith('{'), true);
  });

  it('keeps a name in square brackets a name', () => {
    const { properties, tags } = workbookResource({ ...workbook, name: "[concat('a')]" });
    assert.equal((properties as { readonly displayName: string }).displayName, "[[concat('a')]");
    assert.deepEqual(tags, { 'hidden-title': "[[concat('a')]" });
  });
});

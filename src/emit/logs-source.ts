/** Where a Logs query of a workbook runs: the workspace that the parameter above the steps names. */
export const logsSource = {
  queryType: 0,
  resourceType: 'microsoft.operationalinsights/workspaces',
  crossComponentResources: ['{Workspace}'],
} as const;

/** 90 days, which a workspace with Sentinel keeps without charge: the query itself narrows it. */
export const wholeRetention = { durationMs: 7_776_000_000 } as const;

export type CloudName = 'public' | 'government' | 'china';

/** Where a cloud's query API is, and who signs its users in. */
export type Cloud = { readonly api: string; readonly authority: string };

/** Source: learn.microsoft.com/azure/azure-monitor/logs/api/access-api and the national clouds' endpoint tables. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: { api: 'https://api.loganalytics.io', authority: 'https://login.microsoftonline.com' },
  government: { api: 'https://api.loganalytics.us', authority: 'https://login.microsoftonline.us' },
  china: { api: 'https://api.loganalytics.azure.cn', authority: 'https://login.chinacloudapi.cn' },
};

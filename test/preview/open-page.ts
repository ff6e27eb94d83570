import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

export type View = { readonly width: number; readonly theme: 'light' | 'dark' };

export const views: readonly View[] = [
  { width: 1280, theme: 'light' },
  { width: 1280, theme: 'dark' },
  { width: 400, theme: 'light' },
  { width: 400, theme: 'dark' },
];

/** Opens a file in the browser; the second value is what the browser complained about. */
export async function openPage(
  browser: Browser,
  path: string,
  { width, theme }: View,
): Promise<readonly [Page, readonly string[]]> {
  const complaints: string[] = [];
  const view = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme });
  view.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  view.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  view.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  view.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(`request: ${request.url()}`);
  });
  await view.goto(pathToFileURL(path).href, { waitUntil: 'load' });
  return [view, complaints];
}

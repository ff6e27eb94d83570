import { existsSync } from 'node:fs';

/** Where Debian, Fedora, macOS and Windows put the browser; CHROMIUM names another place. */
const places: readonly (string | undefined)[] = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium, or undefined where none is installed. */
export const findBrowser = (): string | undefined => places.find((place) => place !== undefined && existsSync(place));

/** A browser that shows pages to nobody, and asks its maker for nothing. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

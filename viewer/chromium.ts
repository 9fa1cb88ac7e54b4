import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const given = process.env['HIGHWATER_CHROMIUM'];

/** Where a browser is, or undefined if this machine has none. */
const chromiumPath: string | undefined = (given === undefined ? usualPaths : [given]).find(path =>
  existsSync(path),
);

const isRequired = process.env['HIGHWATER_BROWSER'] === 'required';

/** Tests in a browser are left out where there is none, unless somebody wants them in any case. */
export const isLeftOut: boolean = chromiumPath === undefined && !isRequired;

/** The name of a group of tests, which says why they are left out if they are. */
export function inBrowser(name: string): string {
  return isLeftOut ? `${name} (left out: no Chromium; HIGHWATER_CHROMIUM names one)` : name;
}

/** Starts the browser; whoever does must close it. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) {
    throw new Error(`no Chromium in ${(given === undefined ? usualPaths : [given]).join(', ')}`);
  }
  return await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

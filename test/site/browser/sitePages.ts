import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SiteFile } from '../../../site/bundle/siteFile.ts';
import { launchChromium } from '../../../viewer/chromium.ts';

/** How a page of the site is opened. */
interface Opening {
  readonly hash?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

/** Opens a page of the site from a folder, without a network; closed after the test, without a complaint. */
export type Open = (file: string, how?: Opening) => Promise<Page>;

/** Files of the site, as they are built. */
export type Build = () => Promise<readonly SiteFile[]>;

/** Writes the site into a folder, and opens its pages with one browser for a file of tests. */
export function withSite(build: Build): { readonly open: Open } {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-site-'));
  let browser: Browser | undefined;
  let close: (() => Promise<readonly string[]>) | undefined;
  beforeAll(async () => {
    for (const { file, text } of await build()) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    const complaints = (await close?.()) ?? [];
    close = undefined;
    expect(complaints).toEqual([]);
  });
  return {
    open: async (file, { hash = '', width = 1280, scheme = 'light' } = {}) => {
      if (browser === undefined) throw new Error('there is no browser before the tests begin');
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        offline: true,
      });
      const page = await context.newPage();
      const complaints = watched(page, pathToFileURL(folder).href);
      close = async () => {
        await context.close();
        return complaints;
      };
      await page.goto(`${pathToFileURL(join(folder, file)).href}${hash}`);
      return page;
    },
  };
}

/** Errors, warnings, and every request but for a page of the folder and a worker that it has made itself. */
function watched(page: Page, folder: string): readonly string[] {
  const complaints: string[] = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  page.context().on('request', request => {
    const url = request.url();
    const isOwn = url.startsWith(`${folder}/`) || url.startsWith('blob:') || url === 'data:,';
    if (!isOwn) complaints.push(`request for ${url}`);
  });
  return complaints;
}

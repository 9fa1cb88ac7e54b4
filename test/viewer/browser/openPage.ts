import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { pageTemplate } from '../../../cli/output/pageTemplate.ts';
import type { ClusterView } from '../../../viewer/data/clusterView.ts';
import { embedCluster, embedTraces } from '../../../viewer/embed.ts';

/** How a page is opened. */
export interface Opening {
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** The answer that the traces are stories of. */
  readonly view?: ClusterView;
}

/** A page that was opened from a file, and everything that it did beside being shown. */
export interface OpenedPage {
  readonly page: Page;
  /** The size of the file, in bytes. */
  readonly bytes: number;
  /** Errors and warnings of the console, uncaught errors, and requests other than for the file. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens a page with the traces as somebody would who was sent the file. */
export async function openPage(
  browser: Browser,
  traces: readonly TraceFile[],
  { hash = '', width = 1280, height = 900, scheme = 'light', view }: Opening = {},
): Promise<OpenedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-page-'));
  const path = join(folder, 'trace.html');
  const named = traces.map((trace, index) => ({ name: `trace-${index + 1}.trace.json`, trace }));
  const template = await pageTemplate();
  const html =
    view === undefined ? embedTraces(template, named) : embedCluster(template, view, named);
  writeFileSync(path, html);
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  const complaints: string[] = [];
  const url = pathToFileURL(path).href;
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', request => {
    const asked = request.url().replace(/#.*$/, '');
    if (asked !== url && asked !== 'data:,') complaints.push(`request for ${asked}`);
  });
  await page.goto(`${url}${hash}`);
  const close = async (): Promise<void> => {
    await page.close();
    rmSync(folder, { recursive: true });
  };
  return { page, bytes: Buffer.byteLength(html), complaints, close };
}

import { posix } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isLong } from '../../long.ts';
import type { Build, Open } from './sitePages.ts';
import { axeViolations } from './violations.ts';

/** Files of the documentation are complete, whatever a browser makes of them. */
export function docsCases(build: Build): void {
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => {
    files = new Map((await build()).map(({ file, text }) => [file, text]));
  });

  test('leads nowhere that there is nothing: every link has its file and its heading', () => {
    const pages = [...files].filter(([file]) => file.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(100);
    const broken = pages.flatMap(([file, text]) =>
      [...text.matchAll(/ (?:href|src)="([^"]*)"/g)]
        .map(([, target = '']) => target)
        .filter(target => !/^[a-z]+:/.test(target) && !leads(file, target))
        .map(target => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  function leads(from: string, target: string): boolean {
    const [path = '', id] = target.split('#');
    const file = path === '' ? from : posix.join(posix.dirname(from), path);
    if (file === 'api/index.html') return true;
    const text = files.get(file);
    return text !== undefined && (id === undefined || text.includes(` id="${decodeURI(id)}"`));
  }

  test('has every page of the folder docs, and its first page is small', () => {
    expect(files.has('docs/findings.html')).toBe(true);
    expect(files.has('docs/decisions/0023-views-are-looked-at-as-objects.html')).toBe(true);
    const first = ['index.html', 'assets/docs.css', 'assets/docs.js'];
    const bytes = first.map(file => Buffer.byteLength(files.get(file) ?? ''));
    expect(bytes.every(each => each > 0)).toBe(true);
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(200_000);
  });
}

/** Pages of the documentation are found, filtered and read from a folder. */
export function docPageCases(open: Open): void {
  test('are found by a search from a folder, and can be used by everybody', async () => {
    const page = await open('index.html');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('searchbox', { name: /search/ }).fill('eligible leader replicas');
    await page.locator('.found a').first().click();
    await page.waitForURL(/\/docs\/.*\.html#/);
    expect(await page.locator('main').innerText()).toContain('ligible leader replicas');
    if (isLong) expect(await axeViolations(page)).toEqual([]);
  });

  test('have tables that are filtered, and stories that open', async () => {
    const page = await open('docs/guarantees.html', { scheme: 'dark' });
    const rows = page.locator('.filter + table').first().locator('tbody tr:visible');
    const all = await rows.allInnerTexts();
    const filter = page.locator('.filter').first();
    await filter.fill(all[1] ?? '');
    expect(await rows.allInnerTexts()).toEqual([all[1]]);
    if (isLong) expect(await axeViolations(page)).toEqual([]);
    await filter.fill('');
    await page.locator('main a[href*="stories/"]').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('.story').innerText()).not.toBe('');
  });
}

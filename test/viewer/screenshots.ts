import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { launchChromium } from '../../viewer/chromium.ts';
import { commentedTrace } from './browser/commentedTrace.ts';
import { openPage } from './browser/openPage.ts';

/*
 * Takes pictures of the page, to be looked at: `npm run screenshots` writes them to out/screenshots.
 * Each story at its most telling step, narrow and wide, light and dark.
 */
const folder = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const [repeats, stays, settles] = [
  commentedTrace('followers-refuse-pre-votes--quorum-gets-leader'),
  commentedTrace('isr-change-not-repeated--replicas-come-back'),
  commentedTrace('timers-run-out-together--quorum-gets-leader'),
];
const [lost, powerLoss, quorum] = [
  commentedTrace('truncates-to-high-watermark--acknowledged-records-survive'),
  commentedTrace('correlated-power-loss--acknowledged-records-survive'),
  commentedTrace('voter-change-before-commit--leaders-hold-committed-records'),
];
const deposed = commentedTrace('leader-loses-power-with-controller--acknowledged-records-survive');
const stories: readonly (readonly [name: string, traces: readonly TraceFile[], step: number])[] = [
  ['lost-record', [lost], 11],
  ['power-loss', [powerLoss], 9],
  ['quorum', [quorum], 18],
  ['zookeeper', [deposed], 9],
  ['compared', [lost, powerLoss], 7],
  ['repeats', [repeats], 8],
  ['stays', [stays], 7],
  ['settles', [settles], 3],
];

async function take(browser: Browser, index: number, width: number, scheme: 'light' | 'dark') {
  const [name, traces, step] = stories[index] ?? ['none', [], 0];
  const how = { width, height: 1080, scheme, hash: `#step=${step}` };
  const { page, close } = await openPage(browser, traces, how);
  // What is not in view is not painted: everything is to be in view, and then has its own height.
  for (let round = 0; round < 3; round++) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(150);
  }
  await page.screenshot({ path: `${folder}${name}-${width}-${scheme}.png`, fullPage: true });
  await close();
}

mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
for (const index of stories.keys()) {
  for (const width of [360, 1920]) {
    for (const scheme of ['light', 'dark'] as const) await take(browser, index, width, scheme);
  }
}
await browser.close();
process.stdout.write(`${stories.length * 4} pictures in ${folder}\n`);

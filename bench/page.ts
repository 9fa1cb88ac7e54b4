import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { Commentary } from '../application/commentary.ts';
import { builtInModels } from '../catalogue/models.ts';
import { readTrace } from '../checker/trace/readTrace.ts';
import { pageTemplate } from '../cli/output/pageTemplate.ts';
import { launchChromium } from '../viewer/chromium.ts';
import { embedTraces } from '../viewer/embed.ts';
import { longTrace } from './longTrace.ts';

/*
 * Measures the page in Chromium with a run of 2,000 steps and 7 brokers: how long it takes to open
 * from a file, and from a key to the picture of the next step. `npm run bench:page` prints.
 */
const STEPS = 2_000;
const PRESSES = 200;
const short = new URL(
  '../traces/truncates-to-high-watermark--acknowledged-records-survive.trace.json',
  import.meta.url,
);

/** Milliseconds from the start of loading until something is to be seen. */
async function openingTime(page: Page): Promise<number> {
  return await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
}

/** Milliseconds from each press of a key until the frame after it was drawn. */
async function steppingTimes(page: Page): Promise<number[]> {
  // No function in here has a name: what is compiled of one would not be found in the page.
  return await page.evaluate(async presses => {
    const times: number[] = [];
    for (let press = 0; press < presses; press++) {
      await new Promise(done => requestAnimationFrame(done));
      const start = performance.now();
      dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
      await new Promise(done => requestAnimationFrame(done));
      // Only after the first frame has been drawn can the second begin.
      await new Promise(done => requestAnimationFrame(done));
      times.push(performance.now() - start);
    }
    return times;
  }, PRESSES);
}

function share(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

async function measure(name: string, html: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-bench-'));
  const path = join(folder, 'trace.html');
  writeFileSync(path, html);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(path).href);
  await page.waitForTimeout(500);
  const opening = await openingTime(page);
  const atDiagram = await steppingTimes(page);
  await page.locator('.node-rows').scrollIntoViewIfNeeded();
  const atState = await steppingTimes(page);
  await browser.close();
  rmSync(folder, { recursive: true });
  process.stdout.write(
    `${name}: ${(html.length / 1_000).toFixed(0)} kB, opens in ${opening.toFixed(0)} ms; ` +
      `a step takes ${summaryOf(atDiagram)} with the diagram in view, ` +
      `${summaryOf(atState)} with the state in view\n`,
  );
}

function summaryOf(times: readonly number[]): string {
  const ms = (part: number): string => `${share(times, part).toFixed(0)} ms`;
  return `${ms(0.5)} (95th percentile ${ms(0.95)})`;
}

const template = await pageTemplate();
const trace = new Commentary(builtInModels).on(readTrace('trace', readFileSync(short, 'utf8')));
process.stdout.write(`template: ${(template.length / 1_000).toFixed(0)} kB\n`);
await measure(`${trace.steps.length} steps`, embedTraces(template, [{ name: 'short', trace }]));
const long = longTrace(trace, STEPS);
await measure(`${STEPS} steps, 7 brokers`, embedTraces(template, [{ name: 'long', trace: long }]));

import { describe, expect, test } from 'vitest';
import { longTrace } from '../../../bench/longTrace.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import { commentedTrace } from './commentedTrace.ts';
import { hostile } from './hostile.ts';
import { withBrowser } from './withBrowser.ts';

const lost = commentedTrace('truncates-to-high-watermark--acknowledged-records-survive');
const quorum = commentedTrace('double-vote--one-leader-per-epoch');

describe.skipIf(isLeftOut)(inBrowser('the page of other traces'), () => {
  const { open, openUnwatched } = withBrowser();

  test.each([
    ['', lost],
    [' of a quorum', quorum],
  ])('shows hostile texts of a trace%s as text, and runs nothing', async (_, trace) => {
    const bad = hostile(trace);
    const { page } = await open([bad, { ...bad, model: trace.model }], { hash: '#step=2' });
    // What cannot be seen of a text is written out.
    const shown = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\\u202e"';
    for (const place of ['.property-name', '.clause', '.phrase', '.story .what', '.lane-name']) {
      const texts = await page.locator(place).allTextContents();
      expect(texts.some(text => text.includes(shown))).toBe(true);
    }
    expect(await page.title()).toContain(shown);
    expect(await page.locator('script').count()).toBe(3);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
    await page.keyboard.press('End');
    await page
      .getByText(/^step \d+ of \d+$/)
      .first()
      .waitFor();
  });

  test('would not run or load anything, and these tests would notice', async () => {
    const { page, complaints, close } = await openUnwatched([lost]);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'alert(1)';
      const image = document.createElement('img');
      image.src = 'https://kafka.invalid/image.png';
      document.body.append(script, image);
      document.body.setAttribute('style', 'color: red');
    });
    await expect.poll(() => complaints.length).toBe(4);
    await close();
    for (const what of [
      'script-src',
      'img-src',
      'style-src',
      'request for https://kafka.invalid',
    ]) {
      expect(complaints.some(text => text.includes(what))).toBe(true);
    }
  });

  test('compares two runs: side by side, stepping together, and from where they differ', async () => {
    const other: TraceFile = {
      ...lost,
      model: { ...lost.model, defects: [] },
      steps: lost.steps.slice(0, 6).map((step, index) => {
        return index === 3 ? { ...step, params: { ...step.params, other: 1 } } : step;
      }),
    };
    const { page } = await open([lost, other], { width: 1920 });
    expect(await page.locator('.comparison').textContent()).toBe(
      'The first 3 steps are the same; the runs differ from step 4.',
    );
    expect(await page.locator('.run-name').allTextContents()).toEqual([
      'trace-1.trace.json',
      'trace-2.trace.json',
    ]);
    const runs = page.locator('.run');
    const [left, right] = [await runs.nth(0).boundingBox(), await runs.nth(1).boundingBox()];
    expect(left?.y).toBe(right?.y);
    await page.locator('.comparison a').click();
    await page.getByText('step 4 of 11', { exact: true }).waitFor();
    expect(await page.locator('.step-card h2').allInnerTexts()).toEqual([
      expect.stringContaining('STEP 4'),
      expect.stringContaining('STEP 4'),
    ]);
    await page.keyboard.press('End');
    await page.getByText('step 11 of 11', { exact: true }).waitFor();
    expect(await page.locator('.step-card h2').allInnerTexts()).toEqual([
      expect.stringContaining('STEP 11'),
      expect.stringContaining('STEP 6'),
    ]);
  });

  test('puts two runs below each other where it is narrow', async () => {
    const { page } = await open([lost, quorum], { width: 360, hash: '#step=3' });
    const runs = page.locator('.run');
    const [first, second] = [await runs.nth(0).boundingBox(), await runs.nth(1).boundingBox()];
    expect(first?.x).toBe(second?.x);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('shows nothing of a comparison where there is one run', async () => {
    const { page } = await open([quorum], { hash: '#step=3' });
    expect(await page.locator('.comparison, .run-name').count()).toBe(0);
  });

  test('says that there is no trace where there is none', async () => {
    const { page } = await open([]);
    expect(await page.locator('main').textContent()).toBe('There is no trace in this page.');
  });

  test('opens and steps through two thousand steps of seven brokers, drawing what is seen', async () => {
    const { page } = await open([longTrace(lost, 2_000)], { hash: '#step=0' });
    await page.getByText('before step 1 of 2000', { exact: true }).waitFor();
    expect(await page.locator('.mark').count()).toBeLessThan(100);
    await page.keyboard.press('End');
    await page.getByText('step 2000 of 2000', { exact: true }).waitFor();
    await page.locator('.mark[data-step="2000"]').waitFor();
    expect(await page.locator('.mark').count()).toBeLessThan(100);
    expect(await page.locator('.story .note').textContent()).toBe('Steps 1881 to 2000 of 2000.');
    await page.keyboard.press('ArrowLeft');
    await page.getByText('step 1999 of 2000', { exact: true }).waitFor();
    expect(await page.locator('.story [aria-current] .number').textContent()).toBe('1999');
  });
});

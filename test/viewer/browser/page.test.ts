import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import { commentedTrace } from './commentedTrace.ts';
import { withBrowser } from './withBrowser.ts';

const lost = commentedTrace('truncates-to-high-watermark--acknowledged-records-survive');

/** Waits until the page says that it is there; it draws a moment after a key. */
async function expectPlace(page: Page, text: string): Promise<void> {
  const place = page.locator('.place strong');
  await expect.poll(() => place.textContent()).toBe(text);
}

/** What the signs of the diagram say when they are pointed at. */
async function titles(page: Page, what: string): Promise<string[]> {
  return await page.locator(`.timeline ${what} > title`).allTextContents();
}

describe.skipIf(isLeftOut)(inBrowser('the page of a trace'), () => {
  const { open } = withBrowser();

  test('opens from a file, says what broke, and begins where it broke', async () => {
    const { page, bytes } = await open([lost]);
    expect(await page.title()).toBe('acknowledged-records-survive is broken - Highwater');
    const header = await page.locator('.header').innerText();
    expect(header).toContain(lost.property.statement);
    expect(header).toContain(lost.property.clause);
    expect(header).toContain(lost.property.loss);
    expect(header).toContain('truncates-to-high-watermark');
    await expectPlace(page, 'step 11 of 11');
    expect(bytes).toBeLessThan(300_000);
  });

  test('steps to the violation by keyboard, and back', async () => {
    const { page } = await open([lost], { hash: '#step=0' });
    for (let step = 1; step <= 11; step++) {
      await page.keyboard.press('ArrowRight');
      await expectPlace(page, `step ${step} of 11`);
    }
    await page.keyboard.press('ArrowRight');
    await expectPlace(page, 'step 11 of 11');
    // Other properties may break before.
    const violated = page
      .locator('.property.now-violated .property-label')
      .filter({ hasText: /^acknowledged-records-survive$/ });
    expect(await violated.count()).toBe(1);
    await page.keyboard.press('ArrowLeft');
    await expectPlace(page, 'step 10 of 11');
    expect(await violated.count()).toBe(0);
    await page.keyboard.press('Home');
    await expectPlace(page, 'before step 1 of 11');
    await page.keyboard.press('End');
    await expectPlace(page, 'step 11 of 11');
  });

  test('has all of the diagram on paper, in rows', async () => {
    const { page } = await open([lost], { width: 700 });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const drawn = await page
      .locator('.printed .mark')
      .evaluateAll(marks => marks.map(mark => mark.getAttribute('data-step')));
    expect(new Set(drawn)).toEqual(new Set(lost.steps.map((_, index) => String(index + 1))));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await expect.poll(() => page.locator('.printed').count()).toBe(0);
  });

  test('plays with the space bar, and stops', async () => {
    const { page } = await open([lost], { hash: '#step=9' });
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'pause' }).waitFor();
    await page.getByText('step 11 of 11', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'play' }).waitFor();
  });

  test('has every lane, every step and every message of the run', async () => {
    const { page } = await open([lost], { hash: '#step=11', width: 1920 });
    expect(await page.locator('.lane-name').allTextContents()).toEqual([
      'broker-1',
      'broker-2',
      'broker-3',
      'controller',
      'producer',
    ]);
    const steps = lost.commentary?.steps.map(({ phrase }, index) => `${index + 1} ${phrase}`);
    expect(await titles(page, '.mark')).toEqual(steps);
    const said = await titles(page, '.message');
    expect(said.map(text => /^[^:]*/.exec(text)?.[0])).toEqual([
      'fetch answer, broker-1 to broker-2',
      'fetch answer, broker-1 to broker-3',
      'fetch answer, broker-1 to broker-2',
      'fetch answer, broker-1 to broker-3',
    ]);
    expect(said.map(text => /\([^(]*\)$/.exec(text)?.[0])).toEqual([
      '(sent in step 2, delivered in step 4)',
      '(sent in step 3, delivered in step 6)',
      '(sent in step 5, still in flight at the end)',
      '(sent in step 7, still in flight at the end)',
    ]);
    expect(await titles(page, '.lane-event')).toEqual(['broker-3 starts to lead in step 11']);
    expect(await titles(page, '.lane[data-lane="broker-3"] .segment')).toEqual([
      'broker-3: up, following, epoch 0',
      'broker-3: up, following, epoch 1',
      'broker-3: up, leading, epoch 2',
    ]);
  });

  test('has every cell of every log, as it is at the chosen step', async () => {
    const { page } = await open([lost], { hash: '#step=7' });
    const cells = async (log: string): Promise<(string | null)[]> => {
      const found = await page.locator(`[aria-label^="${log}"] .log-cell[aria-label]`).all();
      return await Promise.all(found.map(cell => cell.getAttribute('aria-label')));
    };
    expect(await cells('log of broker-1')).toEqual([
      'offset 0, epoch 0, record 1, not flushed, committed',
    ]);
    expect(await cells('log of broker-2')).toEqual(['offset 0, epoch 0, record 1, not flushed']);
    expect(await cells('log of broker-3')).toEqual(['offset 0, epoch 0, record 1, not flushed']);
    expect(await cells('acknowledged')).toEqual(['offset 0, record 1 with acks=all, changed']);
    expect(await cells('exposed')).toEqual(['offset 0, epoch 0, record 1, committed, changed']);
    await page.keyboard.press('End');
    await expectPlace(page, 'step 11 of 11');
    await expect.poll(() => cells('log of broker-3')).toEqual([]);
    expect(await cells('log of broker-2')).toHaveLength(1);
  });

  test('goes to the step whose column is clicked', async () => {
    const { page } = await open([lost]);
    await page.locator('.mark[data-step="8"]').click({ force: true });
    await expectPlace(page, 'step 8 of 11');
    await page.locator('.step-number', { hasText: /^4$/ }).click();
    await expectPlace(page, 'step 4 of 11');
  });

  test('goes where links lead: in its address, in the list and in the explanation', async () => {
    const { page } = await open([lost], { hash: '#step=7' });
    await expectPlace(page, 'step 7 of 11');
    expect(await page.locator('.story [aria-current="step"]').innerText()).toContain('7');
    await page.locator('.story a[href="#step=3"]').click();
    await expectPlace(page, 'step 3 of 11');
    await page.locator('.clause a').click();
    await expectPlace(page, 'step 11 of 11');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/#step=10$/);
  });

  test('tells the step in full: who, what, why and what it changed', async () => {
    const { page } = await open([lost], { hash: '#step=7' });
    await expectPlace(page, 'step 7 of 11');
    const card = page.locator('.step-card');
    const text = await card.innerText();
    expect(text).toContain(lost.commentary?.steps[6]?.phrase);
    expect(text).toContain('fetch(follower=broker-3, leader=broker-1)');
    expect(await card.locator('.causes a').allTextContents()).toEqual(
      lost.commentary?.steps[6]?.causes.map(String),
    );
    expect(await card.locator('.of-protocol .path').allTextContents()).toContain(
      'replicas.broker-1.highWatermark',
    );
    expect(await card.locator('.of-ghost .path').allTextContents()).toContain('acknowledged[0]');
  });

  test('can be used by keyboard alone: the controls first, then what there is to read', async () => {
    const { page } = await open([lost], { hash: '#step=3' });
    const names: string[] = [];
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? 'none'),
      );
    }
    expect(names).toEqual([
      'first step',
      'previous step',
      'play',
      'next step',
      'last step',
      'step',
    ]);
    await page.keyboard.press('ArrowRight');
    await expectPlace(page, 'step 4 of 11');
    expect(await page.locator('.slider').getAttribute('aria-valuetext')).toBe('step 4 of 11');
  });

  test.each([360, 768, 1920])('does not scroll sideways as a whole at %i pixels', async width => {
    const { page } = await open([lost], { hash: '#step=11', width });
    const [content, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(content).toBe(room);
  });

  test('keeps the chosen step in sight where the diagram scrolls', async () => {
    const { page } = await open([lost], { width: 360 });
    await page.keyboard.press('End');
    const current = page.locator('.lanes .current');
    await expect.poll(async () => (await current.boundingBox())?.x ?? 1_000).toBeLessThan(350);
  });

  test('shows a trace without a commentary, with less', async () => {
    const { commentary: _, ...bare } = lost;
    const { page } = await open([bare], { hash: '#step=7' });
    expect(await page.locator('.mark').count()).toBe(11);
    expect(await page.locator('.plot .message').count()).toBe(0);
    expect(await page.locator('.explanation').count()).toBe(0);
    expect(await page.locator('.story [aria-current]').innerText()).toContain(
      'broker-3: fetch(follower=broker-3, leader=broker-1)',
    );
  });
});

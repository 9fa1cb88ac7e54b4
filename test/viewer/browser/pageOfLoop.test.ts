import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import { commentedTrace } from './commentedTrace.ts';
import { withBrowser } from './withBrowser.ts';

const repeats = commentedTrace('followers-refuse-pre-votes--quorum-gets-leader');
const stays = commentedTrace('isr-change-not-repeated--replicas-come-back');
const lost = commentedTrace('truncates-to-high-watermark--acknowledged-records-survive');

/** Waits until the page says that it is there; it draws a moment after a key. */
async function expectPlace(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.locator('.place strong').textContent()).toBe(text);
}

describe.skipIf(isLeftOut)(inBrowser('the page of what never happens'), () => {
  const { open } = withBrowser();

  test('says since when it is due and what could have happened, with links', async () => {
    const { page } = await open([stays]);
    const why = page.locator('.explanation');
    const text = await why.innerText();
    expect(text).toContain('The goal is due since step 2: controller handles the AlterPartition');
    expect(text).toContain('Nothing else has to happen: it stays so for ever.');
    expect(text).toMatch(
      /Not possible all along \(1\)\s+controller handles .* no request is in flight/,
    );
    expect(text).toMatch(/Possible, but never has to happen \(\d\)/);
    await why.getByRole('link', { name: '6' }).click();
    await expectPlace(page, 'step 6 of 7');
  });

  test('marks in the timeline since when it is due', async () => {
    const { page } = await open([repeats], { hash: '#step=6' });
    const row = page.locator('.property').first();
    expect(await row.locator('.property-label').textContent()).toBe('quorum-gets-leader');
    expect(await row.locator('svg').getAttribute('aria-label')).toMatch(/, due in states 6 to 12$/);
    expect(await page.locator('.property.now-due .property-label').first().textContent()).toBe(
      'quorum-gets-leader',
    );
  });

  test('frames what repeats, and leads from its end back', async () => {
    const { page } = await open([repeats], { hash: '#step=11' });
    const title = page.locator('.timeline .ending > title');
    expect(await title.textContent()).toBe('Steps 7 to 12 repeat for ever');
    expect(await page.locator('.timeline .repeated').count()).toBe(1);
    expect(await page.locator('.timeline .way-back').count()).toBe(1);
    expect(await page.locator('.story .repeated').count()).toBe(6);
    expect(await page.locator('.story-end').innerText()).toContain('steps 7 to 12 repeat for ever');
    await page.keyboard.press('ArrowRight');
    await expectPlace(page, 'step 12 of 12');
    await page.keyboard.press('ArrowRight');
    await expectPlace(page, 'step 7 of 12');
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'next step' }).click();
    await expectPlace(page, 'step 7 of 12');
  });

  test('ends where it stays, and does not lead back', async () => {
    const { page } = await open([stays], { hash: '#step=7' });
    expect(await page.locator('.story-end').innerText()).toContain('it stays so for ever');
    expect(await page.locator('.timeline .repeated').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await expectPlace(page, 'step 7 of 7');
  });

  test('has none of this where something is violated', async () => {
    const { page } = await open([lost], { hash: '#step=11' });
    expect(await page.locator('.timeline .ending').count()).toBe(0);
    expect(await page.locator('.story-end').count()).toBe(0);
    expect(await page.locator('.property.now-due').count()).toBe(0);
  });
});

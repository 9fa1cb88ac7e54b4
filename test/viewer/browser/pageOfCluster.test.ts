import { describe, expect, test } from 'vitest';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import type { ClusterView } from '../../../viewer/data/clusterView.ts';
import { commentedTrace } from './commentedTrace.ts';
import { withBrowser } from './withBrowser.ts';

const lost = commentedTrace('truncates-to-high-watermark--acknowledged-records-survive');
const powerLoss = commentedTrace('correlated-power-loss--acknowledged-records-survive');

const view: ClusterView = {
  title: 'Kafka 3.6, KRaft: 2 brokers',
  facts: '1 of 3 controllers may fail',
  remarks: [],
  verdict: { word: 'violated', tone: 'bad', meaning: 'Records can be lost.' },
  failures: [
    { title: 'one node', what: 'a broker is killed' },
    { title: 'power loss', what: 'a broker loses power' },
  ],
  classes: [
    {
      ...{ topics: ['orders', 'payments'], copies: '2', minimum: '1*', placed: [1, 0] },
      cells: [
        { text: 'nothing', tone: 'good' },
        { text: 'LOST', tone: 'bad', story: 1 },
      ],
    },
  ],
  legend: ['*: assumed.'],
  nodes: ['one', 'two'].map((name, index) => ({
    ...{ name, id: String(index + 1), isBroker: true, isVoter: index === 0, isDescribed: true },
  })),
  groups: [
    { name: 'rack a', nodes: [0] },
    { name: 'rack b', nodes: [1] },
  ],
  beside: '2 more controllers',
  stories: [
    { title: 'first', says: 'The first.' },
    { title: 'second', says: 'The second.' },
  ],
  advice: [
    {
      ...{ title: 'min.insync.replicas=2', buys: 'nothing is LOST', costs: 'writes stop' },
      edits: [{ file: 'a.yml', line: 7, before: 'MIN: 1', after: 'MIN: 2' }],
    },
  ],
  assumptions: [{ setting: 'minimum', value: '1', why: 'not set' }],
  warnings: ['Careful.'],
  files: ['a.yml'],
  by: 'Highwater',
};

describe.skipIf(isLeftOut)(inBrowser('the page of a cluster'), () => {
  const { open } = withBrowser();

  test('says what is lost, where and what helps, and shows the story of a cell', async () => {
    const { page } = await open([lost, powerLoss], { view, width: 390 });
    expect(await page.title()).toBe('Kafka 3.6, KRaft: 2 brokers - Highwater');
    expect(await page.locator('h1').first().textContent()).toBe('violated Records can be lost.');
    expect(await page.locator('.group h3').allTextContents()).toEqual(['rack a', 'rack b']);
    expect(await page.locator('.node .copy.leads').count()).toBe(1);
    expect(await page.locator('.diff').innerText()).toContain('+ MIN: 2');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: 'LOST' }).click();
    await page.getByText('The second.', { exact: true }).waitFor();
    await page.getByText(`step ${powerLoss.steps.length} of ${powerLoss.steps.length}`).waitFor();
    expect(new URL(page.url()).hash).toBe('#story=1');
    await page.keyboard.press('Home');
    await expect.poll(() => new URL(page.url()).hash).toBe('#story=1&step=0');
  });

  test('opens at the story and the step of its address', async () => {
    const { page } = await open([lost, powerLoss], { view, hash: '#story=1&step=3' });
    expect(await page.locator('.story-says').textContent()).toBe('The second.');
    await page.getByText(`step 3 of ${powerLoss.steps.length}`, { exact: true }).waitFor();
  });
});

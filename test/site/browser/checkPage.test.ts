import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { clusterReport } from '../../../site/engine/clusterReport.ts';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import { withSite } from './sitePages.ts';
import { axeViolations } from './violations.ts';

const COMPOSE = 'apache-kafka-cluster-combined.docker-compose.yml';
const file = {
  name: COMPOSE,
  text: readFileSync(join(import.meta.dirname, '../../../examples', COMPOSE), 'utf8'),
};

describe.skipIf(isLeftOut)(inBrowser('the page that checks a cluster'), () => {
  const { open } = withSite();

  test('answers a pasted compose file as the program does, opens its story, and keeps its address', async () => {
    const page = await open('check.html');
    const address = page.url();
    await page.getByRole('textbox', { name: 'pasted' }).fill(file.text);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.locator('.advice').waitFor();
    const here = await clusterReport([{ ...file, name: 'pasted' }], {
      said: {},
      surroundings: { jobs: 1, interrupt: new InterruptFlag() },
      limits: {},
      onAnswer: () => undefined,
    });
    expect(await page.locator('.verdict').innerText()).toBe(`${here.verdict} ${here.meaning}`);
    const cells = here.classes.flatMap(each => each.cells.map(({ words }) => words));
    const shown = await page.locator('.costs tbody td:nth-child(n+4)').allInnerTexts();
    expect(shown.map(text => text.replace(/\s*story$/, ''))).toEqual(cells);
    expect(cells).toEqual(['stops', 'LOST']);
    await page.getByRole('button', { name: 'story' }).click();
    const [story] = here.stories;
    expect(await page.locator('.story-panel .place strong').innerText()).toBe(
      `step ${story?.trace.steps.length} of ${story?.trace.steps.length}`,
    );
    expect(await page.locator('.diff').innerText()).toContain(
      'KAFKA_DEFAULT_REPLICATION_FACTOR: 3',
    );
    expect(page.url()).toBe(address);
    expect(await axeViolations(page)).toEqual([]);
  });

  test('says in one line what it cannot understand, and takes several files', async () => {
    const page = await open('check.html');
    await page.locator('input[type=file]').setInputFiles([
      { name: 'one.yml', mimeType: 'text/plain', buffer: Buffer.from('a: [1') },
      { name: 'two.properties', mimeType: 'text/plain', buffer: Buffer.from('node.id=1\n') },
    ]);
    await page.getByRole('textbox', { name: 'two.properties' }).waitFor();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(/^one\.yml: /);
  });
});

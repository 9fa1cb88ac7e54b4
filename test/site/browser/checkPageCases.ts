import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { isLong } from '../../long.ts';
import type { Open } from './sitePages.ts';
import { axeViolations } from './violations.ts';

const COMPOSE = 'apache-kafka-cluster-combined.docker-compose.yml';
const file = {
  name: COMPOSE,
  text: readFileSync(join(import.meta.dirname, '../../../examples', COMPOSE), 'utf8'),
};

/** The page that checks a cluster answers as the program does. */
export function checkPageCases(open: Open): void {
  test('answers a pasted compose file, opens its story, and keeps its address', async () => {
    const page = await open('check.html');
    const address = page.url();
    await page.getByRole('textbox', { name: 'pasted' }).fill(file.text);
    if (isLong) expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.locator('.answer').waitFor();
    // As test/cli has it of the program.
    expect(await page.locator('.verdict').innerText()).toContain('violated Records of');
    const shown = await page.locator('.costs tbody td:nth-child(n+4)').allInnerTexts();
    expect(shown).toEqual(['stops', 'LOST story']);
    await page.getByRole('button', { name: 'story' }).click();
    expect(await page.locator('.story-panel .place strong').innerText()).toBe('step 7 of 7');
    if (isLong) expect(await axeViolations(page)).toEqual([]);
    expect(page.url()).toBe(address);
  });

  test.runIf(isLong)('says what the program says, to the last change that helps', async () => {
    const page = await open('check.html');
    await page.getByRole('textbox', { name: 'pasted' }).fill(file.text);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.locator('.advice').waitFor();
    // What only the long runs need is not loaded by the others.
    const { clusterReport } = await import('../../../site/engine/clusterReport.ts');
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
    const advice = here.advice?.map(({ title }) => title);
    expect(await page.locator('.advice li > strong').allInnerTexts()).toEqual(advice);
    expect(await page.locator('.diff').innerText()).toContain(
      'KAFKA_DEFAULT_REPLICATION_FACTOR: 3',
    );
    await page.getByRole('button', { name: 'story' }).click();
    await page.locator('.story-panel').waitFor();
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
}

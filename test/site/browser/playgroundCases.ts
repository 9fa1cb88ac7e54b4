import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isLong } from '../../long.ts';
import type { Open } from './sitePages.ts';
import { axeViolations } from './violations.ts';

/** A model of which one property is wrong, as somebody would type it. */
const counter = (step: string): string => `import {
  actionsOf, defineConfig, defineModel, defineSchema, int, propertiesOf,
} from 'highwater';

interface Limits { readonly most: number }
const limits: Limits = { most: 3 };
const schema = defineSchema({ protocol: { value: int(0, limits.most) }, ghost: {}, budget: {} });
const model = defineModel({
  name: 'counter', version: 1, config: {}, bounds: {}, defects: [], schema, recorders: {},
  initialStates: [() => undefined],
  actions: [
    actionsOf(schema, {})({
      name: 'count', kind: 'protocol', actor: 'counter', phrase: 'counts', params: {},
      enabled: ({ protocol }) => protocol.value < limits.most || 'it is full',
      step: ({ protocol }) => { ${step} },
    }),
  ],
});
const properties = [
  propertiesOf(schema).invariant({
    name: 'stays-small', statement: 'The value stays below 3.',
    holds: ({ protocol }) => protocol.value < 3 || \`the value is \${protocol.value}\`,
  }),
];
export default defineConfig({ models: [{ model, properties }] });
`;

/** Types over what is in the editor. */
async function write(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'The model, in TypeScript' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

/** The pages that explore find bugs and tell them, and what is typed wrong. */
export function playgroundCases(open: Open): void {
  test('a link says what is explored, and the bug comes back as its story', async () => {
    const hash = `#model=kraft&defect=double-vote${isLong ? '' : '&maxStates=1000'}`;
    const page = await open('explore.html', { hash });
    if (isLong) expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await page.getByRole('article', { name: 'Result' }).waitFor();
    expect(await page.locator('.verdict strong').innerText()).toBe('violated');
    const caught = page.getByRole('row', { name: /^one-leader-per-epoch violated/ });
    await caught.getByRole('button', { name: 'story' }).click();
    expect(await page.locator('.story-panel h1').innerText()).toContain('one-leader-per-epoch');
    expect(new URL(page.url()).hash).toBe(hash);
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a model that is typed finds its bug, and its address says nothing until it is asked to', async () => {
    const page = await open('write.html');
    await write(page, counter('protocol.value++;'));
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await page.getByRole('article', { name: 'Result' }).waitFor();
    expect(await page.locator('.verdict').innerText()).toContain('violated 4 distinct states');
    expect(await page.locator('.story-panel .place').innerText()).toContain('step 3 of 3');
    expect(new URL(page.url()).hash).toBe('');
    if (isLong) expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /to share/ }).click();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#code=[\w-]+$/);
    await page.reload();
    await page.getByText('The value stays below 3.').waitFor();
  });

  test('an error is told at its line', async () => {
    const page = await open('write.html');
    await write(page, counter("throw new Error('too much');"));
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.innerText()).toMatch(/^line 15: .*too much/);
  });

  test.runIf(isLong)('an endless loop is ended, and the page goes on', async () => {
    const page = await open('write.html');
    await write(page, counter('for (;;) protocol.value = 0;'));
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await page.getByRole('button', { name: 'stop' }).click();
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.innerText()).toContain('ended');
    await write(page, counter('protocol.value++; }) } ('));
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await expect.poll(() => alert.innerText()).toMatch(/^line 15: /);
    await page.getByRole('button', { name: 'Paxos' }).click();
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await page.getByRole('article', { name: 'Result' }).waitFor();
    expect(await page.locator('.verdict strong').innerText()).toBe('holds');
  });
}

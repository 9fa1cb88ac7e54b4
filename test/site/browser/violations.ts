import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What somebody could not see, hear or reach on the page as it stands: a line for each, none at best. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { axe: rules } = globalThis as unknown as { axe: Pick<typeof import('axe-core'), 'run'> };
    const { violations } = await rules.run(document, {
      resultTypes: ['violations'],
      // It would ask for style sheets again.
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
  });
}

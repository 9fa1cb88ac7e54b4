import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { pageTemplate } from '../../cli/output/pageTemplate.ts';
import { buildPage } from '../../viewer/build.ts';

const folder = fileURLToPath(new URL('../../viewer/page', import.meta.url));
const kept = new URL('../../node_modules/.cache/highwater/', import.meta.url);

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe('the page as it is built', () => {
  let page = '';
  let policy = '';

  beforeAll(async () => {
    page = await buildPage(folder);
    policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  });

  test('is the same each time', async () => {
    expect(await buildPage(folder)).toBe(page);
  });

  test('lets only its own script and style in, and nothing out', () => {
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(script.length).toBeGreaterThan(10_000);
    expect(style.length).toBeGreaterThan(1_000);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('refers to nothing outside of itself', () => {
    const markup = page.replace(/<(script|style)>.*?<\/\1>/gs, '');
    expect(markup).not.toMatch(/\ssrc=|\sstyle=|\son\w+=/);
    expect([...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['data:,']);
    expect(page).not.toMatch(/@import|url\(\s*['"]?(?!#|\$\{)[a-z/.]/);
    // Names of vocabularies, which no browser asks for.
    const names = page.match(/https?:\/\/[\w./-]*/g) ?? [];
    expect(names.filter(name => !name.startsWith('http://www.w3.org/'))).toEqual([]);
  });

  test('is small', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(180_000);
  });

  test('is what the program uses, and is kept until its sources change', async () => {
    expect(await pageTemplate()).toBe(page);
    expect(await pageTemplate()).toBe(page);
    const files = readdirSync(kept);
    expect(files.some(name => /^page-[0-9a-f]{16}\.html$/.test(name))).toBe(true);
    expect(files.filter(name => /^page-.*(?<!\.html)$/.test(name))).toEqual([]);
  });
});

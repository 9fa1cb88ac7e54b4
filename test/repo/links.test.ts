import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { brokenLinks, pagesIn } from './links.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('every link of a page to a file or a heading of this project leads there', () => {
  const pages = pagesIn(root);
  expect(pages.length).toBeGreaterThan(20);
  expect(brokenLinks(root, pages)).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-links-'));
  try {
    writeFileSync(
      join(folder, 'a.md'),
      '# A, and `b`\n[x](b.md) [y](#a-and-b) [z](#a) [w](https://w.org)\n',
    );
    writeFileSync(
      join(folder, 'c.md'),
      '```\n# no heading\n[v](v.md)\n```\n[a](a.md) [n](#no-heading)\n',
    );
    const broken = ['a.md: b.md', 'a.md: #a', 'c.md: #no-heading'];
    expect(brokenLinks(folder, pagesIn(folder))).toEqual(broken);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

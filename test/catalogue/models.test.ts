import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInModels } from '../../catalogue/models.ts';
import { fromRoot } from '../../tools/marked.ts';
import { withReference } from '../../tools/models/reference.ts';

describe.each(builtInModels)('the model $name', entry => {
  it('has a page with the tables of its descriptor (after a change: npm run docs)', () => {
    const page = readFileSync(fromRoot(entry.page ?? ''), 'utf8');
    expect(withReference(page, entry)).toBe(page);
    const other = page.replace('### Settings', '### Other settings');
    expect(withReference(other, entry)).toBe(page);
    expect(() => withReference(page.replace('reference: end', ''), entry)).toThrow('expected');
  });

  it('is built under its own name, and refuses what it does not know', () => {
    const scope = { config: {}, bounds: entry.smallScope, defects: [] };
    expect(entry.build(scope).model.name).toBe(entry.name);
    expect(() => entry.build({ ...scope, bounds: { nothing: 1 } })).toThrow('unknown bound');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withHero } from '../../tools/hero/hero.ts';
import { fromRoot } from '../../tools/marked.ts';
import { run } from './runInProcess.ts';

const readme = readFileSync(fromRoot('README.md'), 'utf8');

describe('the violation that the README begins with', () => {
  it('is the one that is found and printed (after a change: npm run hero)', () => {
    expect(withHero(readme)).toBe(readme);
  });

  it('is what show prints of a trace of the corpus', async () => {
    const [, trace = ''] = /highwater -- replay (\S+)/.exec(readme) ?? [];
    const { stdout } = await run(['show', trace]);
    expect(readme).toContain(`\n${stdout}`);
  });

  it('is noticed if it is another, and its marks if they are gone', () => {
    const other = readme.replace('is broken', 'is not broken');
    expect(withHero(other)).toBe(readme);
    expect(() => withHero(readme.replace('hero: end', ''))).toThrow('expected');
  });
});

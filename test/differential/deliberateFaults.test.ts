import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isLong } from '../long.ts';
import { faulty, needed, notice, root } from './deliberateFaults.ts';
import { type Fault, faults } from './faults.ts';

const fault: Fault = { name: 'off by one', file: 'a.ts', find: 'a + 1', replace: 'a' };

describe('a deliberate fault', () => {
  test('replaces text that is there exactly once', () => {
    expect(faulty('b = a + 1;', fault)).toBe('b = a;');
    expect(() => faulty('b = a;', fault)).toThrow('off by one: expected once in a.ts, found 0');
    expect(() => faulty('a + 1; a + 1', fault)).toThrow('found 2 times');
  });

  test.each(faults)('can be put into the sources: $name', each => {
    const text = readFileSync(join(root, each.file), 'utf8');
    expect(faulty(text, each)).not.toBe(text);
  });

  test('is put into a copy of all that the comparison needs', () => {
    expect(needed.filter(path => !existsSync(join(root, path)))).toEqual([]);
  });

  // The others take more models: npm run differential:faults.
  const soon = faults.filter(({ isSoon }) => isSoon === true);
  test.runIf(isLong)(
    'is noticed by the comparison with the reference',
    () => {
      expect(soon.length).toBeGreaterThanOrEqual(8);
      for (const { fault: name, models } of notice(100, soon))
        expect([name, models]).not.toEqual([name, undefined]);
    },
    900_000,
  );
});

import { describe, expect, test } from 'vitest';
import { faulty, notice } from './deliberateFaults.ts';
import { type Fault, faults } from './faults.ts';

const fault: Fault = { name: 'off by one', file: 'a.ts', find: 'a + 1', replace: 'a' };

describe('a deliberate fault', () => {
  test('replaces text that is there exactly once', () => {
    expect(faulty('b = a + 1;', fault)).toBe('b = a;');
    expect(() => faulty('b = a;', fault)).toThrow('off by one: expected once in a.ts, found 0');
    expect(() => faulty('a + 1; a + 1', fault)).toThrow('found 2 times');
  });

  // The others take more models: npm run differential:faults.
  const soon = faults.filter(({ isSoon }) => isSoon === true);
  test.runIf(process.env['HIGHWATER_LONG'] !== undefined)(
    'is noticed by the comparison with the reference',
    () => {
      expect(soon.length).toBeGreaterThanOrEqual(8);
      for (const { fault: name, models } of notice(100, soon))
        expect([name, models]).not.toEqual([name, undefined]);
    },
    900_000,
  );
});

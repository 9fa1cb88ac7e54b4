import { describe, expect, test } from 'vitest';
import { tooLarge } from './sizes.ts';

describe('the check of sizes', () => {
  const limits = { fileLines: 6, functionLines: 3, parameters: 2, lineLength: 60 };
  const found = (text: string): string[] => tooLarge(new Map([['a.ts', text]]), limits);

  test('lets through what just fits', () => {
    expect(found('export function f(a: 1, b: 2) {\n  return a + b;\n}\n\n\n// end\n')).toEqual([]);
    expect(found('x'.repeat(60))).toEqual([]);
  });

  test('detects a long file', () => {
    expect(found('\n'.repeat(7))).toEqual(['a.ts has 7 lines, limit 6']);
  });

  test('detects a long line', () => {
    expect(found(`\n//${'x'.repeat(59)}`)).toEqual(['a.ts:2 has 61 characters, limit 60']);
  });

  test.each([
    ['a function', 'export function f() {\n\n\n}'],
    ['an arrow', 'export const f = () => {\n\n\n};'],
    ['a method', 'class A { f() {\n\n\n} }'],
    ['a constructor', 'class A { constructor() {\n\n\n} }'],
    ['an accessor', 'class A { get f() {\n\n\nreturn 1;} }'],
  ])('detects %s that is too long', (_, text) => {
    expect(found(text)).toEqual(['a.ts:1 function of 4 lines, limit 3']);
  });

  test('detects too many parameters', () => {
    expect(found('export const f = (a: 1, b: 2, c: 3) => a + b + c;')).toEqual([
      'a.ts:1 3 parameters, limit 2',
    ]);
  });
});

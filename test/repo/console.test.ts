import { describe, expect, test } from 'vitest';
import { consoleUses } from './console.ts';
import { readSources } from './sourceFiles.ts';

describe('what the product does', () => {
  test('knows no console and no process, and keeps nothing in variables of a module', () => {
    const files = readSources(['catalogue', 'application']);
    expect(files.size).toBeGreaterThan(50);
    expect(consoleUses(files)).toEqual([]);
  });
});

describe('the check of that', () => {
  const found = (text: string): string[] => consoleUses(new Map([['application/a.ts', text]]));

  test.each([
    "import { Command } from 'commander';",
    "export const a = process.env['HOME'];",
    'export const a = () => process.exit(1);',
    "process.stdout.write('a');",
    "console.log('a');",
    'export let a = 1;',
    'var a = 1;',
  ])('detects %s', text => {
    expect(found(text)).toHaveLength(1);
  });

  test.each([
    'export const a = 1;',
    'export function f() { let a = 1; return a++; }',
    'export const a = { process: 1 }.process;',
    '// process.exit() and console.log()',
  ])('allows %s', text => {
    expect(found(text)).toEqual([]);
  });
});

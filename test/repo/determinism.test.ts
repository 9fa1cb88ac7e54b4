import { describe, expect, test } from 'vitest';
import { kafkaWordsIn, outsideUses } from './determinism.ts';

describe('the check of determinism', () => {
  const uses = (text: string): string[] => outsideUses(new Map([['models/a.ts', text]]));

  test.each([
    'export const a = Math.random();',
    'export const a = Date.now();',
    'export const a = new Date(0);',
    'export const a = performance.now();',
    "export const a = process.env['HOME'];",
    'setTimeout(() => undefined, 1);',
    'export const a = { setInterval };',
    'export const a = crypto.randomUUID();',
    'export const a = globalThis;',
    'export const a = () => process;\nexport const b = (process: number) => process;',
    "import { readFileSync } from 'node:fs';",
    "import { readFileSync } from 'fs';",
    "export const a = import('node:os');",
  ])('detects %s', text => {
    expect(uses(text)).toHaveLength(1);
  });

  test.each([
    'export const a = Math.max(1, 2);',
    'export const a = { process: 1 }.process;',
    "export const a = 'Math.random and Date';",
    '// Date.now()',
    'export const f = (process: number) => process + 1;',
    'export const f = ({ process }: { process: number }) => process + 1;',
    'export function f() { const [fetch] = [1]; return fetch; }',
    "import { fetch } from './fetch.ts';\nexport const a = fetch;",
    'export interface A { readonly performance: number }',
  ])('allows %s', text => {
    expect(uses(text)).toEqual([]);
  });

  test.each([
    ['const broker = 1;', 'broker'],
    ['const nextBrokerId = 1;', 'Broker'],
    ['// the ISR shrinks', 'ISR'],
    ['const ISRSize = 1;', 'ISR'],
    ["'two partitions'", 'partitions'],
    ['const apacheKafka = 1;', 'Kafka'],
    ['max_replica_lag', 'replica'],
  ])('finds the Kafka word in %s', (text, word) => {
    expect(kafkaWordsIn(new Map([['checker/a.ts', `\n${text}`]]))).toEqual([
      `checker/a.ts:2 says "${word}"`,
    ]);
  });

  test.each(['disregard', 'aircraft', 'misread', 'brokerage', 'Crafted', 'ISRAEL'])(
    'leaves "%s" alone',
    text => {
      expect(kafkaWordsIn(new Map([['checker/a.ts', text]]))).toEqual([]);
    },
  );
});

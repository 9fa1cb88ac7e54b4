import { describe, expect, it } from 'vitest';
import { counted } from '../../../checker/results/numbers.ts';
import { byteSize, durationMs } from '../../../cli/options/values.ts';
import { columns } from '../../../cli/output/columns.ts';
import { commandLine } from '../../../cli/output/commandLine.ts';
import { duration } from '../../../cli/output/numbers.ts';

describe('commands to copy', () => {
  it('quote what a shell would change', () => {
    expect(commandLine(['replay', "it's here.json", '$HOME', 'a=b,c'])).toBe(
      "npm run -s highwater -- replay 'it'\\''s here.json' '$HOME' a=b,c",
    );
    expect(commandLine([''])).toBe("npm run -s highwater -- ''");
  });
});

describe('numbers', () => {
  it.each([
    [0.04, '0.0s'],
    [9.94, '9.9s'],
    [9.96, '10s'],
    [99.4, '99s'],
    [200, '3min 20s'],
    [3599.6, '60min 0s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('agree with their noun', () => {
    expect([0, 1, 1024].map(value => counted(value, 'step'))).toEqual([
      '0 steps',
      '1 step',
      '1,024 steps',
    ]);
  });
});

describe('columns', () => {
  it('are as wide as their widest cell, without trailing space', () => {
    expect(
      columns([
        ['a', 'b', ''],
        ['long', '', 'c'],
      ]),
    ).toEqual(['a     b', 'long     c']);
  });

  it('are padded outside of the colours', () => {
    expect(
      columns(
        [
          ['a', 'b'],
          ['cd', 'e'],
        ],
        cell => `<${cell}>`,
      ),
    ).toEqual(['<a>   <b>', '<cd>  <e>']);
  });
});

describe('units', () => {
  it.each([
    ['500ms', 500],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000],
  ])('%s is %d milliseconds', (text, value) => {
    expect(durationMs(text)).toBe(value);
  });

  it.each([
    ['512MiB', 512 * 2 ** 20],
    ['4GiB', 2 ** 32],
    ['1MB', 1e6],
    ['2GB', 2e9],
  ])('%s is %d bytes', (text, value) => {
    expect(byteSize(text)).toBe(value);
  });
});

import { describe, expect, it } from 'vitest';
import { renderTable, wrapText } from '../../cli/output/table.ts';

const columns = [{ title: 'name' }, { title: 'states', align: 'right' }] as const;

describe('renderTable', () => {
  it('aligns cells under a rule', () => {
    const rows = [
      ['crash', '255,328'],
      ['power loss', '9'],
    ];
    expect(renderTable({ columns, rows }, { width: 80 })).toEqual([
      'name         states',
      '──────────  ───────',
      'crash       255,328',
      'power loss        9',
    ]);
  });

  it('wraps the widest column at blanks when the table is too wide', () => {
    const rows = [['one two three four', '1']];
    expect(renderTable({ columns, rows }, { width: 18 })).toEqual([
      'name        states',
      '──────────  ──────',
      'one two          1',
      'three four',
    ]);
  });

  it('narrows other columns before one that keeps its width', () => {
    const rows = [['one two', 'three four']];
    const lines = renderTable(
      { columns: [{ title: 'a', keepsWidth: true }, { title: 'b' }], rows },
      { width: 14 },
    );
    expect(lines).toEqual(['a        b', '───────  ─────', 'one two  three', '         four']);
  });

  it('cuts a word only when no column can be wrapped further, and marks it', () => {
    const rows = [['extraordinarily', '1']];
    expect(renderTable({ columns, rows }, { width: 16 })[2]).toBe('extraor…       1');
  });

  it.each([24, 40, 80, 120])('has no line wider than %i', width => {
    const rows = [
      ['a property with a long name', 'holds', 'nothing found', 'violated'],
      ['b', 'inconclusive', '-', 'n'],
    ];
    const titles = ['property', 'process crash', 'random, 3 brokers', 'power loss'];
    const table = { columns: titles.map(title => ({ title })), rows };
    for (const line of renderTable(table, { width }))
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it('keeps the columns when a cell has control characters or is missing', () => {
    const rows = [['a\nb\u001b[2Kc'], ['d', '1']];
    expect(renderTable({ columns, rows }, { width: 80 }).slice(2)).toEqual([
      'a b [2Kc',
      'd              1',
    ]);
  });

  it('paints without moving anything', () => {
    const rows = [['crash', 'holds']];
    const table = { columns: [{ title: 'name' }, { title: 'verdict' }], rows };
    const paint = (text: string): string => `<${text}>`;
    const painted = renderTable(table, { width: 80, paint });
    expect(painted.map(line => line.replaceAll(/[<>]/g, ''))).toEqual(
      renderTable(table, { width: 80 }),
    );
    expect(painted[2]).toBe('<crash>  <holds>');
  });
});

describe('wrapText', () => {
  it('gives lines within the width, with all the words in order', () => {
    const text = 'the quick brown fox jumps over the lazy dog';
    const lines = wrapText(text, 12);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
  });

  it('gives one empty line for an empty text', () => {
    expect(wrapText('', 10)).toEqual(['']);
  });
});

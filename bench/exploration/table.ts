import type { Measured } from './run.ts';

const headings = [
  'subject',
  'scope',
  'workers',
  'symmetry',
  'distinct',
  'generated',
  'depth',
  'seconds',
  'generated/s',
  'x naive',
  'bytes/state',
  'resident',
];

/** What was measured, as a table of text. */
export function tableOf(rows: readonly Measured[], naive: ReadonlyMap<string, number>): string {
  const cells = rows.map(row => [
    row.name,
    row.scope,
    String(row.workers),
    row.symmetry ? 'on' : 'off',
    grouped(row.distinctStates),
    grouped(row.generatedStates),
    String(row.depth),
    row.seconds.toFixed(1),
    grouped(row.generatedPerSecond),
    timesNaive(row, naive),
    row.tableBytesPerState.toFixed(1),
    `${grouped(Math.round(row.residentBytes / 2 ** 20))} MiB`,
  ]);
  const lines = [headings, ...cells];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map(line => (line[column] ?? '').length)),
  );
  return lines
    .map(line =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column < 2 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function timesNaive(row: Measured, naive: ReadonlyMap<string, number>): string {
  const rate = naive.get(`${row.name} ${row.scope}`);
  return rate === undefined ? '' : (row.generatedPerSecond / rate).toFixed(0);
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}

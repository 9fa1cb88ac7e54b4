import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { record } from '../record.ts';

/*
 * Compares this checkout with another one: npm run bench:compare -- <folder> [--record <name>]. Both do the same
 * work in turns, each in a process of its own. Of several times the least is compared: other work on the
 * machine only adds.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('--')) {
  throw new Error('expected the folder of another checkout, with its packages installed');
}
const TIMES = 3;
const checkouts = { other: resolve(folder), this: resolve(import.meta.dirname, '../..') };

const works = [
  'replication: without symmetry',
  'replication: symmetry',
  'replication, 3 records: symmetry',
  'kraft: without symmetry',
  'kraft: symmetry',
  'two-phase commit: without symmetry',
  'replication: random runs',
];

function once(
  checkout: string,
  work: string,
): { readonly outcome: string; readonly seconds: number } {
  const program = resolve(import.meta.dirname, 'once.ts');
  const argv = ['--import', 'tsx', program, checkout, work];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
}

const rows = works.map(work => {
  const times = Array.from({ length: TIMES }, () => {
    return { other: once(checkouts.other, work), this: once(checkouts.this, work) };
  });
  const outcomes = new Set(times.flatMap(each => [each.other.outcome, each.this.outcome]));
  const [other, own] = (['other', 'this'] as const).map(which =>
    Math.min(...times.map(each => each[which].seconds)),
  ) as [number, number];
  const row = {
    work,
    outcomes: [...outcomes],
    otherSeconds: Number(other.toFixed(2)),
    thisSeconds: Number(own.toFixed(2)),
    ratio: Number((own / other).toFixed(3)),
  };
  process.stdout.write(`${work}: ${row.otherSeconds} s, ${row.thisSeconds} s, ${row.ratio}\n`);
  return row;
});
record({ times: TIMES, rows });

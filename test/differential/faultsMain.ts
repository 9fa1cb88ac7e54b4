import { parseArgs } from 'node:util';
import { notice } from './deliberateFaults.ts';
import { faults } from './faults.ts';

/*
 * Notices every deliberate fault, and writes how many models each took as JSON:
 * npm run differential:faults > bench/results/<date>-deliberate-faults.json
 */
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '3000' },
    /** Only faults whose names contain this. */
    only: { type: 'string', default: '' },
  },
});
const mostModels = Number(values.models);
const all = [];
for (const one of notice(
  mostModels,
  faults.filter(({ name }) => name.includes(values.only)),
)) {
  all.push(one);
  process.stderr.write(`${one.fault}: ${one.models ?? 'not noticed'} (${one.comparison ?? ''})\n`);
}
const given = process.argv.slice(2);
const command = ['npm run differential:faults', ...(given.length > 0 ? ['--', ...given] : [])].join(
  ' ',
);
process.stdout.write(`${JSON.stringify({ command, seed: 1, mostModels, faults: all }, null, 2)}\n`);
process.exitCode = all.every(({ models }) => models !== undefined) ? 0 : 1;

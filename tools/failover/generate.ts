import { writeFileSync } from 'node:fs';
import { measureTime, type TimeOutcome } from '../../application/time/timeTask.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { fromRoot } from '../marked.ts';
import { failoverPage, type Row, rows } from './page.ts';

/*
 * Measures every row of docs/failover.md anew and writes the page: some minutes. --runs n makes so many of each, 2000
 * if absent.
 */
const given = process.argv.indexOf('--runs');
const runs = given < 0 ? 2000 : Number(process.argv[given + 1]);

const outcomes: (readonly [Row, TimeOutcome])[] = [];
for (const row of rows) {
  const { model, fault, config, timers = {} } = row;
  const task = { model, fault, config, timers, seed: 1, runs };
  outcomes.push([row, await measureTime(task, builtInModels)]);
  process.stderr.write(`${row.title}\n`);
}
writeFileSync(fromRoot('docs/failover.md'), failoverPage(outcomes, runs));

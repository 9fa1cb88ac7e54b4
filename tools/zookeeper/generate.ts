import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../marked.ts';
import { type Compared, compared } from './compared.ts';
import { faults } from './faults.ts';
import { comparisonPage } from './page.ts';

/*
 * Explores the same faults with ZooKeeper and with KRaft, half a minute, and writes docs/zookeeper-and-kraft.md, or
 * with --check compares it.
 */
const page = fromRoot('docs/zookeeper-and-kraft.md');
const rows: Compared[] = [];
for (const fault of faults) rows.push(await compared(fault));
const text = comparisonPage(rows);

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (text !== readFileSync(page, 'utf8')) {
  process.stderr.write(`${page} is not what the models say: run "npm run zookeeper"\n`);
  process.exitCode = 1;
}

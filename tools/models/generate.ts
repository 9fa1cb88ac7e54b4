import { readFileSync, writeFileSync } from 'node:fs';
import { builtInModels } from '../../catalogue/models.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import { fromRoot } from '../marked.ts';
import { withReference } from './reference.ts';
import { withRules } from './ruleTable.ts';

/* Writes the tables in the page of each model and of the rules anew, or with --check compares them. */
for (const entry of builtInModels) {
  if (entry.page === undefined) continue;
  update(entry.page, `${entry.name} is described`, page => withReference(page, entry));
}
update('docs/releases.md', 'the table of rules', page => withRules(page, ruleTable));

function update(page: string, like: string, change: (page: string) => string): void {
  const file = fromRoot(page);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (!process.argv.includes('--check')) writeFileSync(file, after);
  else if (after !== before) {
    process.stderr.write(`${page} is not as ${like}: run "npm run docs"\n`);
    process.exitCode = 1;
  }
}

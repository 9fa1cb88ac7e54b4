import { readFileSync, writeFileSync } from 'node:fs';
import { builtInModels } from '../../catalogue/models.ts';
import { fromRoot } from '../marked.ts';
import { withReference } from './reference.ts';

/* Writes the tables in the page of each model anew, or with --check compares them with what is there. */
for (const entry of builtInModels) {
  if (entry.page === undefined) continue;
  const file = fromRoot(entry.page);
  const before = readFileSync(file, 'utf8');
  const after = withReference(before, entry);
  if (!process.argv.includes('--check')) writeFileSync(file, after);
  else if (after !== before) {
    process.stderr.write(
      `${entry.page} is not as ${entry.name} is described: run "npm run docs"\n`,
    );
    process.exitCode = 1;
  }
}

import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../../tools/marked.ts';
import { recordedIn } from './outcomes.ts';
import { mutationPage } from './page.ts';

/*
 * Writes docs/mutation.md from the recorded sample; with `--check` it fails where the page is another.
 */
const file = fromRoot('docs/mutation.md');
const page = `${mutationPage(
  recordedIn('2026-12-01-mutation'),
  recordedIn('2026-12-01-mutation-kraft'),
  recordedIn('2026-12-01-mutation-clients'),
)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (readFileSync(file, 'utf8') !== page) {
  process.stderr.write('docs/mutation.md is not what would be generated: npm run mutation\n');
  process.exitCode = 1;
}

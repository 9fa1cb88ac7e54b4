import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../marked.ts';
import { pagesOf, storiesNamed } from './pages.ts';

/*
 * Writes what is told of releases from what `npm run guarantees` has computed, or with --check compares it. The
 * stories that the pages name are kept in traces/guarantees, and no others.
 */
const computed = fromRoot('node_modules/.cache/highwater-guarantees');
const kept = fromRoot('traces/guarantees');
const read = (path: string): string => readFileSync(fromRoot(path), 'utf8');

const answers = {
  matrix: JSON.parse(read('docs/guarantees.json')),
  runs: JSON.parse(read('docs/defects.json')),
  traces: readdirSync(fromRoot('traces')),
};
const pages = pagesOf(answers, read('docs/releases.md'));

if (process.argv.includes('--check')) check();
else write();

function check(): void {
  for (const [path, page] of Object.entries(pages)) {
    if (page === (existsSync(fromRoot(path)) ? read(path) : '')) continue;
    process.stderr.write(`${path} is not as releases are described: run "npm run releases"\n`);
    process.exitCode = 1;
  }
}

function write(): void {
  for (const [path, page] of Object.entries(pages)) writeFileSync(fromRoot(path), page);
  const named = storiesNamed(pages);
  for (const file of readdirSync(kept)) {
    if (!named.includes(file)) rmSync(join(kept, file));
  }
  for (const file of named) {
    const [from, to] = [join(computed, file), join(kept, file)];
    if (existsSync(from)) copyFileSync(from, to);
    else if (!existsSync(to)) throw new Error(`${file} is not there: run "npm run guarantees"`);
  }
}

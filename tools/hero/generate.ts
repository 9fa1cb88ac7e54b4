import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../marked.ts';
import { withHero } from './hero.ts';

/* Writes the violation that the README begins with, or with --check compares it with what is there. */
const file = fromRoot('README.md');
const before = readFileSync(file, 'utf8');
const after = withHero(before);
if (!process.argv.includes('--check')) writeFileSync(file, after);
else if (after !== before) {
  process.stderr.write(
    'README.md begins with another report than is printed: run "npm run hero"\n',
  );
  process.exitCode = 1;
}

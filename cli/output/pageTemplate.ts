import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isCheckout, packageRoot } from '../../application/packageRoot.ts';

/** A part of the package that is installed. */
const builtPage = join(packageRoot, 'dist/viewer/page.html');
/** What the page is built of, and with. */
const sources = ['viewer', 'checker/trace'];
const tools = ['preact', 'vite'];

/**
 * The page without traces. The installed package has it as a file; in a checkout it is built when it
 * is first needed, and kept until its sources change.
 *
 * @throws Error when the sources do not compile.
 */
export async function pageTemplate(): Promise<string> {
  if (!isCheckout) return readFileSync(builtPage, 'utf8');
  const folder = join(packageRoot, 'node_modules/.cache/highwater');
  const kept = join(folder, `page-${hashOfSources()}.html`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  // Vite is there for developers only, and takes a while to load.
  const { buildPage } = await import('../../viewer/build.ts');
  const page = await buildPage(join(packageRoot, 'viewer/page'));
  keep(folder, kept, page);
  return page;
}

/** Several processes may do this at once: none of them must read half a page. */
function keep(folder: string, path: string, page: string): void {
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, page);
    renameSync(unfinished, path);
  } catch {
    // Where nothing can be written the page is built anew each time.
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = [
    ...sources.flatMap(folder => filesIn(folder)),
    ...tools.map(name => `node_modules/${name}/package.json`),
  ];
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(packageRoot, file)));
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(packageRoot.length + 1))
    .sort();
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../../tools/build/package.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/highwater');
/** What has no part in the package, nor in how it is built. */
const apart = ['node_modules', 'dist', 'out', 'test', 'bench', 'docs', 'examples', 'coverage'];

/** The file that would be published, as it was made when any of its sources last changed. */
export async function packedFile(): Promise<string> {
  const file = join(cache, `package-${digestOf(sources())}.tgz`);
  if (!existsSync(file)) await pack(file);
  return file;
}

/** The files of this checkout, without those that are hidden. */
function sources(): string[] {
  const isOurs = (name: string): boolean => !name.startsWith('.') && !apart.includes(name);
  return readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => isOurs(name))
    .flatMap(entry => (entry.isDirectory() ? filesIn(entry.name) : [entry.name]))
    .sort();
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length));
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}

/** Builds the package beside everything else: nothing in the checkout is touched. */
async function pack(file: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'unfinished-'));
  // That the sources are well typed is asked elsewhere.
  await buildPackage(join(folder, 'dist'), ['--noCheck']);
  const { files = [] }: { files?: string[] } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  for (const path of ['package.json', 'README.md', 'LICENSE', ...files]) {
    const from = path.replace(/\/\*\.json$/, '');
    if (path === 'dist' || path.startsWith('!')) continue;
    cpSync(join(root, from), join(folder, from), { recursive: true });
  }
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const [packed = ''] = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--silent'],
    options,
  ).split('\n');
  renameSync(join(folder, packed), file);
  rmSync(folder, { recursive: true });
}

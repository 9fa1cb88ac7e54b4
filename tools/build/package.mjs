import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built } from './built.mjs';
import { bundle, programEntries, root } from './bundle.mjs';

/**
 * Builds what is published: the program, the types of what it exports, and the page.
 *
 * @param {string} folder - Where to; what was there is removed.
 * @param {readonly string[]} more - Options of the compiler that writes the types.
 */
export async function buildPackage(folder, more = []) {
  rmSync(folder, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--outDir', folder, ...more];
  execFileSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
  await bundle(programEntries(), folder);
  const [url = ''] = await built(['viewer/build.ts']);
  const { buildPage } = await import(url);
  mkdirSync(join(folder, 'viewer'), { recursive: true });
  writeFileSync(join(folder, 'viewer/page.html'), await buildPage(join(root, 'viewer/page')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPackage(join(root, 'dist'));

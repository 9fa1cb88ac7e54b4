import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of this package, from wherever in it a module comes to be: of its sources, of what is built
 * of them to be installed, and of what a checkout keeps built in `node_modules`.
 */
export const packageRoot: string = folderAbove(fileURLToPath(import.meta.url));

/** The manifest of this package. */
export const manifestFile: string = join(packageRoot, 'package.json');

/** Whether the package is a checkout, with its sources. */
export const isCheckout: boolean = existsSync(join(packageRoot, 'cli/main.ts'));

function folderAbove(path: string): string {
  const folder = dirname(path);
  const manifest = join(folder, 'package.json');
  if (
    existsSync(manifest) &&
    Object(JSON.parse(readFileSync(manifest, 'utf8'))).name === 'highwater'
  )
    return folder;
  if (folder === path) throw new Error('this module is of no package named highwater');
  return folderAbove(folder);
}

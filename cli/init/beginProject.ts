import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { packageRoot } from '../../application/packageRoot.ts';
import { toolVersion } from '../../application/version.ts';
import { UsageError } from '../../catalogue/usageError.ts';

const template = join(packageRoot, 'cli/init/template');

/**
 * Writes the files of a new project into the folder, and returns their paths.
 *
 * @throws UsageError when one of them is there already, before anything is written; or cannot be
 * written.
 */
export function beginProject(folder: string): string[] {
  const texts = new Map([
    ['package.json', manifestFor(folder)],
    ...readdirSync(template)
      .sort()
      .map(name => [name, readFileSync(join(template, name), 'utf8')] as const),
  ]);
  const paths = [...texts.keys()].map(name => join(folder, name));
  const present = paths.find(path => existsSync(path));
  if (present !== undefined) {
    throw new UsageError(`${present}: is there already; nothing was written`, 'unwritable-output');
  }
  try {
    mkdirSync(folder, { recursive: true });
    // Of two that begin at once, one finds the file of the other.
    for (const [name, text] of texts) writeFileSync(join(folder, name), text, { flag: 'wx' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${folder}: the project cannot be written: ${reason}`,
      'unwritable-output',
    );
  }
  return paths;
}

function manifestFor(folder: string): string {
  const manifest = {
    name: nameFor(folder),
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: 'vitest run', check: 'highwater check' },
    devDependencies: { highwater: `^${toolVersion}`, typescript: '^5.9.0', vitest: '^4.0.0' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The name of the folder as far as it may be the name of a package. */
function nameFor(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'my-models' : name;
}

import { readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';
import { UsageError } from '../../catalogue/usageError.ts';
import { digestOf } from '../../parallel/digest.ts';
import type { Digests } from '../../parallel/modelDigests.ts';

/** What some files load. */
export interface SourceFiles {
  /** By path from the folder: a digest of the content of each file of the project. */
  readonly files: Digests;
  /** By name: the version of each package; several where several are installed. */
  readonly packages: Readonly<Record<string, string>>;
}

/** What is loaded and no program, or not one in which anything could be imported. */
const otherEndings = ['.node', '.wasm', '.txt', '.md', '.yaml', '.yml', '.css', '.html'];

/**
 * The files that these load, and those that they load in turn, as the bundler inside of tsx resolves
 * them: imports and exports from elsewhere, `require`, and `import(...)` of a text or of one with
 * parts left open. Packages are not looked into.
 *
 * Not seen are modules whose name is computed, and files that are read while the program runs.
 *
 * @param folder - What paths are from.
 * @throws UsageError when a file that is loaded cannot be found or read.
 */
export async function sourceFiles(
  entries: readonly string[],
  folder: string,
): Promise<SourceFiles> {
  const packages = new Packages();
  const own = entries.filter(entry => !packages.add(entry));
  const files = await filesFrom(own, folder, packages);
  return {
    files: Object.fromEntries(
      files.sort().map(path => [path, digestOf(readFileSync(resolve(folder, path)))]),
    ),
    packages: packages.versions,
  };
}

async function filesFrom(
  entries: readonly string[],
  folder: string,
  packages: Packages,
): Promise<string[]> {
  if (entries.length === 0) return [];
  try {
    const { metafile } = await build({
      entryPoints: [...entries],
      absWorkingDir: folder,
      bundle: true,
      // Nothing is written: only what would be in it is of interest.
      write: false,
      outdir: folder,
      metafile: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      treeShaking: false,
      ignoreAnnotations: true,
      loader: Object.fromEntries(otherEndings.map(ending => [ending, 'empty'])),
      plugins: [packagesInto(packages)],
    });
    return Object.keys(metafile.inputs);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `a checkpoint needs to know which files ${entries.join(' and ')} loads, which cannot be told: ${why}`,
    );
  } finally {
    // It is a process of its own, which a long search need not keep.
    await stop();
  }
}

/** Leaves packages out, and notes which there are. A package that is a link to a folder is followed. */
function packagesInto(packages: Packages): Plugin {
  const isAsked = Symbol('asked');
  return {
    name: 'packages',
    setup({ onResolve, resolve: resolved }) {
      // What does not begin like a path.
      onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, kind, importer, resolveDir }) => {
        if (pluginData === isAsked || kind === 'entry-point') return undefined;
        const found = await resolved(path, { kind, importer, resolveDir, pluginData: isAsked });
        // One that is not there was not needed, or the program would not have come here.
        const isLeftOut = found.errors.length > 0 || found.external || packages.add(found.path);
        return isLeftOut ? { path, external: true } : { path: found.path };
      });
    },
  };
}

/** Packages that files are of. */
class Packages {
  readonly #versions = new Map<string, Set<string>>();

  /** By name, in the order of names. */
  get versions(): Record<string, string> {
    const names = [...this.#versions.keys()].sort();
    return Object.fromEntries(
      names.map(name => [name, [...(this.#versions.get(name) ?? [])].sort().join(' and ')]),
    );
  }

  /** Notes the package that a file is of, and returns whether it is of one. */
  add(file: string): boolean {
    const inside = `${sep}node_modules${sep}`;
    const start = file.lastIndexOf(inside) + inside.length;
    if (start < inside.length) return false;
    const [first = '', second = ''] = file.slice(start).split(sep);
    const name = first.startsWith('@') ? `${first}/${second}` : first;
    const versions = this.#versions.get(name) ?? new Set();
    this.#versions.set(name, versions.add(versionIn(join(file.slice(0, start), name))));
    return true;
  }
}

function versionIn(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return String(new Map(Object.entries(Object(manifest))).get('version'));
}

import { readdirSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Everything of the program that is started or imported by its path, the program itself first: what
 * threads load, and what the package exports.
 *
 * @returns {string[]}
 */
export function programEntries() {
  const exported = readdirSync(`${root}exports`).map(file => `exports/${file}`);
  return [
    'cli/main.ts',
    'application/tasks/worker.ts',
    'application/tasks/buildForThread.ts',
    'parallel/worker.ts',
    ...exported.sort(),
  ];
}

/**
 * The file that an entry becomes, from the folder of the build. Every file of a build lies one folder
 * deep, so that `../` leads to the others from wherever a piece of code comes to be.
 *
 * @param {string} entry
 */
export function fileOf(entry) {
  return `${dirname(entry).replaceAll('/', '-')}/${basename(entry, extname(entry))}.js`;
}

/**
 * Makes modules of the sources that Node reads as they are. What several of them need is there once, so
 * that the program and a model of somebody's own mean the same classes. Packages stay outside.
 *
 * @param {readonly string[]} entries - Paths from the folder of the checkout.
 * @param {string} outdir
 * @returns {Promise<import('esbuild').Metafile>} What went into it.
 */
export async function bundle(entries, outdir) {
  // It takes longer to load than most commands to run.
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map(entry => ({ in: entry, out: fileOf(entry).slice(0, -'.js'.length) })),
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // What the manifest says of side effects is of what is built, not of what it is built of.
    ignoreAnnotations: true,
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'silent',
  });
  return metafile;
}

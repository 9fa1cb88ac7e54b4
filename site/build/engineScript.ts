import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a page does otherwise than Node.js: the file that stands for each of these is named like it. */
const otherwise: Readonly<Record<string, string>> = {
  'application/tasks/exploreStates.ts': 'site/engine/exploreStates.ts',
  'application/tasks/nextTurn.ts': 'site/engine/nextTurn.ts',
  'application/tasks/pool.ts': 'site/engine/pool.ts',
};

/** Hands out what stands for a module, but to that itself: it may build on what it replaces. */
const withoutNode: Plugin = {
  name: 'without Node.js',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\.ts$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === withoutNode) return undefined;
      const found = await resolve(path, { ...from, pluginData: withoutNode });
      const known = found.path.startsWith(root) ? found.path.slice(root.length) : '';
      const other = otherwise[known.replaceAll('\\', '/')];
      return other === undefined ? found : { path: `${root}${other}` };
    });
  },
};

/** The program of the worker. */
export interface EngineScript {
  readonly code: string;
  /** The files that it is made of, from the root of the project. */
  readonly inputs: readonly string[];
}

/**
 * Bundles the engine for a worker of a page: one classic script that imports nothing. What needs Node.js is no part of
 * it, and a module of Node.js that comes to be imported all the same is an error.
 */
export async function engineScript(): Promise<EngineScript> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['site/engine/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    // Names of functions are in messages of ours, and in what is told of a model.
    keepNames: true,
    ignoreAnnotations: true,
    metafile: true,
    logLevel: 'silent',
    plugins: [withoutNode],
  });
  return { code: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) };
}

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Mutant, mutate, SWITCH } from './mutate.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const outfile = join(root, 'node_modules/.cache/highwater/mutation/suite.mjs');

/** The models of which there are mutants. */
export const mutatedModels = ['replication', 'kraft'] as const;
export type MutatedModel = (typeof mutatedModels)[number];

/**
 * What is no protocol: words, settings, tables by release, what is to be explored, what is recorded for properties and
 * for whoever reads a trace.
 */
const words =
  'config|words|schema|rules|rulesOf|release|releaseRules|generation|protocol|mainJob|eventPairs';
const others = 'limits|model|context|recorders|inFlight|defects';
const apart = new RegExp(`/(${words}|${others})[.]ts$|/(releases|defects)/`);

/** A program that can be every mutant of both models. */
export interface MutatedProgram {
  readonly mutants: readonly Mutant[];
  /** The program of a thread that looks whether mutants are noticed. */
  readonly url: URL;
}

/** Compiles it. */
export async function mutatedProgram(): Promise<MutatedProgram> {
  const mutants: Mutant[] = [];
  const sources = new Map(
    mutatedSources().map(path => [
      join(root, path),
      mutate(path, readFileSync(join(root, path), 'utf8'), mutants),
    ]),
  );
  mkdirSync(join(outfile, '..'), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/mutation/worker.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    banner: { js: `let ${SWITCH} = -1;` },
    logLevel: 'error',
    plugins: [
      {
        name: 'mutate',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = sources.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  return { mutants, url: new URL(`file://${outfile}`) };
}

/** The sources with mutants, in a fixed order: the number of a mutant is the same on every machine. */
function mutatedSources(): string[] {
  return mutatedModels.flatMap(model =>
    readdirSync(join(root, 'models', model), { recursive: true, encoding: 'utf8' })
      .map(path => relative(root, join(root, 'models', model, path)))
      .filter(path => path.endsWith('.ts') && !apart.test(path))
      .sort(),
  );
}

/** The model that a mutant is of. */
export function modelOf({ file }: Mutant): MutatedModel {
  return file.startsWith('models/kraft/') ? 'kraft' : 'replication';
}

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Mutant, mutate, type Probe } from './mutate.ts';
import { mutateLifecycle } from './mutateLifecycle.ts';
import { choosing, declarations, noting } from './probes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = join(root, 'node_modules/.cache/highwater/mutation');

/** The models of which there are mutants. */
const mutatedModels = ['replication', 'kraft', 'clients', 'groups', 'transactions'] as const;
export type MutatedModel = (typeof mutatedModels)[number];

/** Sources outside of the folder of a model, and the model that plays them; the log is one of three, asked of one. */
const playedBy: Readonly<Record<string, MutatedModel>> = {
  raftNode: 'kraft',
  batch: 'clients',
  producer: 'clients',
  consumer: 'clients',
  position: 'clients',
  partitionLog: 'clients',
  classicGroup: 'groups',
  classicMember: 'groups',
  consumerMember: 'groups',
  coordinator: 'groups',
  transaction: 'transactions',
  transactionalProducer: 'transactions',
};

/**
 * What is no protocol: words, settings, tables by release, what is to be explored, what is recorded for properties and
 * for whoever reads a trace; and the controller as its log is read, which no scope explores.
 */
const words =
  'config|words|schema|rules|rulesOf|release|releaseRules|generation|protocol|mainJob|eventPairs';
const others = 'limits|model|context|recorders|inFlight|defects';
const apart = new RegExp(`/(${words}|${others})[.]ts$|/(releases|defects|controller)/`);
const lifecycles = 'models/lifecycle';

/** A program that can be every mutant of all of them. */
export interface MutatedProgram {
  readonly mutants: readonly Mutant[];
  /** What each mutant is called: by its file and text, whatever else changes there. */
  readonly names: readonly string[];
  /** The program of a thread that looks whether mutants are noticed. */
  readonly url: URL;
  /** The model as it is, which notes of which mutants it would have computed something else. */
  readonly asIs: URL;
}

/** Compiles it. */
export async function mutatedProgram(): Promise<MutatedProgram> {
  const mutants: Mutant[] = [];
  const url = await compiled('mutants', mutants, choosing);
  const asIs = await compiled('noting', [], noting);
  return { mutants, names: namesOf(mutants), url, asIs };
}

/** The names of all rules of these models. */
function ruleNames(): ReadonlySet<string> {
  const texts = mutatedModels.map(model =>
    readFileSync(join(root, 'models', model, 'rules.ts'), 'utf8'),
  );
  return new Set(
    texts.flatMap(text =>
      [...text.matchAll(/^ {2}readonly (\w+)[:(]/gm)].map(found => found[1] ?? ''),
    ),
  );
}

async function compiled(name: string, known: Mutant[], places: Omit<Probe, 'rules'>): Promise<URL> {
  const probe = { ...places, rules: ruleNames() };
  const sources = new Map(
    mutatedSources().map(path => {
      const text = readFileSync(join(root, path), 'utf8');
      const change = path.startsWith(lifecycles) ? mutateLifecycle : mutate;
      return [join(root, path), change(path, text, known, probe)];
    }),
  );
  const outfile = join(target, `${name}.mjs`);
  mkdirSync(target, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/mutation/worker.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    banner: { js: declarations(known.length) },
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
  return new URL(`file://${outfile}`);
}

/** The sources with mutants, in a fixed order. */
function mutatedSources(): string[] {
  const folders = mutatedModels.map(model => `models/${model}`);
  return [...folders, 'models/partitionLog', lifecycles].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map(path => relative(root, join(root, folder, path)))
      .filter(path => path.endsWith('.ts') && !apart.test(path))
      .sort(),
  );
}

/** A mutant in a line, as it stays whatever is changed elsewhere; the second one of the same text has its number. */
function namesOf(mutants: readonly Mutant[]): string[] {
  const seen = new Map<string, number>();
  return mutants.map(({ file, within, original, replacement }) => {
    const name = `${file} ${within}: ${original} => ${replacement || 'nothing'}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** The model that a mutant is of. */
export function modelOf({ file }: Mutant): MutatedModel {
  const [, folder = '', name = ''] = /^models\/(\w+)\/(\w+)/.exec(file) ?? [];
  const own = mutatedModels.find(model => model === folder);
  return own ?? playedBy[name] ?? 'replication';
}

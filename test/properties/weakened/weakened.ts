import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { SWITCH, type Weakening, weaken } from './weaken.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Properties of which every condition can be weakened, one at a time. */
export interface Weakened {
  readonly weakenings: readonly Weakening[];
  readonly module: Readonly<Record<string, unknown>>;
  /** Runs with one weakening in force. */
  with<Result>(weakening: number, run: () => Result): Result;
}

/**
 * Builds the properties of a model from their sources with every condition made switchable.
 *
 * @param entry - The module that lists them, from the root of the repository.
 * @param folder - The folder whose conditions are weakened.
 * @param apart - Files of it that are not about what a hand-built case shows.
 */
export async function weakenedModule(
  entry: string,
  folder: string,
  apart: readonly string[],
): Promise<Weakened> {
  const weakenings: Weakening[] = [];
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    // A variable of the module: thousands of looks at one that is global, and comes and goes, take ten times as long.
    banner: { js: `const ${SWITCH} = { number: -1 };` },
    footer: { js: `export { ${SWITCH} };` },
    plugins: [
      {
        name: 'weaken',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const name = relative(root, path);
            if (!name.startsWith(folder) || apart.includes(name.slice(folder.length)))
              return undefined;
            return { contents: weaken(name, readFileSync(path, 'utf8'), weakenings), loader: 'ts' };
          });
        },
      },
    ],
  });
  const target = mkdtempSync(join(tmpdir(), 'highwater-weakened-'));
  const file = join(target, 'properties.mjs');
  writeFileSync(file, outputFiles[0]?.text ?? '');
  const module: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(file).href);
  rmSync(target, { recursive: true });
  const inForce = module[SWITCH] as { number: number };
  return {
    weakenings,
    module,
    with(weakening, run) {
      inForce.number = weakening;
      try {
        return run();
      } finally {
        inForce.number = -1;
      }
    },
  };
}

/** What is to be said of a place: that a property holds, what is false, or nothing. */
export interface Expected {
  readonly property: string;
  readonly says: () => boolean | string;
  readonly expected: boolean | string;
}

/** Whether some case says something else than it should; an error is something else. */
export function isNoticed(cases: readonly Expected[]): boolean {
  return cases.some(({ says, expected }) => {
    try {
      return says() !== expected;
    } catch {
      return true;
    }
  });
}

/** A list of hand-built cases, asked of these properties. */
export function casesOf<Place>(
  properties: readonly AnyProperty[],
  cases: Readonly<
    Record<
      string,
      {
        readonly good: Readonly<Record<string, Place>>;
        readonly bad: Readonly<Record<string, readonly [Place, string | false]>>;
        readonly silent?: Readonly<Record<string, Place>>;
      }
    >
  >,
  judge: (property: AnyProperty, place: Place) => boolean | string,
): Expected[] {
  return properties.flatMap(property => {
    const { good = {}, bad = {}, silent = {} } = cases[property.name] ?? {};
    const one = (place: Place, expected: boolean | string): Expected => ({
      property: property.name,
      says: () => judge(property, place),
      expected,
    });
    return [
      ...Object.values(good).map(place => one(place, true)),
      ...Object.values(bad).map(([place, clause]) => one(place, clause)),
      ...Object.values(silent).map(place => one(place, 'nothing')),
    ];
  });
}

/** The cases of a table, asked of these properties. */
export function tableOf<Place>(
  properties: readonly AnyProperty[],
  table: readonly (readonly [
    property: string,
    name: string,
    place: Place,
    judgement: boolean | string,
  ])[],
  judge: (property: AnyProperty, place: Place) => boolean | string,
): Expected[] {
  return table.flatMap(([name, , place, expected]) =>
    properties
      .filter(property => property.name === name)
      .map(property => ({ property: name, says: () => judge(property, place), expected })),
  );
}

/** The weakenings that no case notices, by name. */
export function survivorsOf(
  { weakenings, with: weakened }: Weakened,
  cases: readonly Expected[],
  folder: string,
): string[] {
  return weakenings
    .filter((_, number) => !weakened(number, () => isNoticed(cases)))
    .map(weakening => nameOf(weakening, folder));
}

/** A weakening in a line: where it is, the condition, and what it is for ever. */
function nameOf({ path, within, condition, value }: Weakening, folder: string): string {
  return `${path.slice(folder.length)} ${within}: ${condition} is ${value}`;
}

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packedFile } from './packedFile.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a command printed, and how it ended. */
export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, as somebody would who calls it there from a shell. */
export function runIn(folder: string, command: string, ...args: readonly string[]): CommandRun {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: outerEnvironment(),
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** A program of the project, as `npx` would find it. */
export function programOf(folder: string, name: string): string {
  return join(folder, 'node_modules/.bin', name);
}

/** The environment without what vitest, npm and CI tell their children, and what would change results. */
function outerEnvironment(): Record<string, string | undefined> {
  const inner =
    /^(VITEST|HIGHWATER_|GITHUB_|npm_package|npm_lifecycle|npm_config_local_prefix|NODE_ENV)/;
  const entries = Object.entries(process.env).filter(([name]) => !inner.test(name));
  const plain = { NO_COLOR: '1', FORCE_COLOR: undefined, npm_config_loglevel: 'error' };
  return { ...Object.fromEntries(entries), ...plain };
}

/**
 * A project that has installed this package as it would be published, in an empty folder. What the package
 * needs is linked to what is installed here: no package manager, network or cache has a part in it.
 */
export async function installInto(folder: string): Promise<void> {
  const installed = join(folder, 'node_modules/highwater');
  mkdirSync(installed, { recursive: true });
  runIn(installed, 'tar', '-xzf', await packedFile(), '--strip-components=1');
  const { dependencies, peerDependencies } = readJson(join(installed, 'package.json'));
  const needed = { ...Object(dependencies), ...Object(peerDependencies), typescript: '*' };
  for (const name of Object.keys(needed)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  for (const name of ['highwater', 'typescript', 'vitest']) linkPrograms(folder, name);
  const manifest = { name: 'external', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}

/** Makes the programs of a package callable by their names. */
function linkPrograms(folder: string, name: string): void {
  const { bin } = readJson(join(folder, 'node_modules', name, 'package.json'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  for (const [program, path] of Object.entries(Object(bin))) {
    const target = join('..', name, String(path));
    symlinkSync(target, programOf(folder, program));
    chmodSync(join(folder, 'node_modules/.bin', target), 0o755);
  }
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The blocks of a page that are labelled with a file name, by that name. */
export function blocksOf(page: string): Map<string, string> {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = text.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms);
  return new Map([...blocks].map(([, name = '', content = '']) => [name, content]));
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  // npm has opinions on the settings of the machine, which are none of the package.
  const plain = { NO_COLOR: '1', FORCE_COLOR: undefined, npm_config_loglevel: 'error' };
  return { ...Object.fromEntries(entries), ...plain };
}

/**
 * A project that has installed this package as it would be published, in an empty folder and without a
 * network: npm has in its cache what it installed here, and the lock file says that it is to be the same.
 */
export function installInto(folder: string): void {
  mkdirSync(folder, { recursive: true });
  // The project's own settings keep scripts from running, the one that builds among them.
  succeed(runIn(root, 'npm', 'pack', '--ignore-scripts=false', '--pack-destination', folder));
  const tarball = readdirSync(folder).find(name => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  const dependencies = dependenciesOn(tarball);
  const manifest = { name: 'external', version: '1.0.0', private: true, type: 'module' };
  writeJson(join(folder, 'package.json'), { ...manifest, dependencies });
  const lock = lockFor({ ...manifest, dependencies }, folder, tarball);
  writeJson(join(folder, 'package-lock.json'), lock);
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts'];
  succeed(runIn(folder, 'npm', 'ci', '--offline', ...quiet));
}

function succeed({ code, stdout, stderr }: CommandRun): void {
  if (code !== 0) throw new Error(`a command ended with ${code}:\n${stdout}\n${stderr}`);
}

function dependenciesOn(tarball: string): Record<string, string> {
  const { devDependencies } = readJson(join(root, 'package.json'));
  const ours = new Map(
    Object.entries(Object(devDependencies)).map(([name, version]) => [name, String(version)]),
  );
  const taken = ['vitest', 'typescript'].map(name => [name, ours.get(name) ?? '*'] as const);
  return { highwater: `file:${tarball}`, ...Object.fromEntries(taken) };
}

/** The lock file of this repository, with this package in it as one that is installed. */
function lockFor(manifest: object, folder: string, tarball: string): object {
  const { lockfileVersion, packages } = readJson(join(root, 'package-lock.json'));
  const { '': own, ...others } = Object(packages);
  const { devDependencies: _, ...highwater } = Object(own);
  const integrity = createHash('sha512').update(readFileSync(join(folder, tarball)));
  return {
    ...manifest,
    lockfileVersion,
    requires: true,
    packages: {
      '': manifest,
      ...others,
      'node_modules/highwater': {
        ...highwater,
        resolved: `file:${tarball}`,
        integrity: `sha512-${integrity.digest('base64')}`,
      },
    },
  };
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function writeJson(path: string, value: object): void {
  writeFileSync(path, JSON.stringify(value, null, 2));
}

/** The blocks of a page that are labelled with a file name, by that name. */
export function blocksOf(page: string): Map<string, string> {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = text.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms);
  return new Map([...blocks].map(([, name = '', content = '']) => [name, content]));
}

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, fileOf, root } from './bundle.mjs';

const cache = join(root, 'node_modules/.cache/highwater');
/** What a build is of besides its sources. */
const others = ['tools/build/bundle.mjs', 'package.json', 'node_modules/esbuild/package.json'];
/** Milliseconds for which a build is kept that is not the newest: a process may load more of it. */
const KEPT_FOR = 24 * 60 * 60 * 1000;

/**
 * What is known of a build: where it is, and the state of each file that it was made of.
 *
 * @typedef {{ readonly folder: string, readonly files: Readonly<Record<string, string>> }} Build
 */

/**
 * Builds modules of this checkout, unless they are built and none of their sources has changed since.
 * Any number of processes and threads may ask at once.
 *
 * @param {readonly string[]} entries - Paths from the folder of the checkout.
 * @returns {Promise<string[]>} The URL of each of them.
 * @throws {Error} when the sources do not compile, or nothing can be written to `node_modules`.
 */
export async function built(entries) {
  const record = join(cache, `${digestOf([root, ...entries].join('\n'))}.json`);
  const known = read(record);
  const folder =
    known !== undefined && isAsItWas(known) ? known.folder : await build(entries, record);
  return entries.map(entry => pathToFileURL(join(folder, fileOf(entry))).href);
}

/**
 * @param {readonly string[]} entries
 * @param {string} record - Where to write what is known of it.
 * @returns {Promise<string>} The folder.
 */
async function build(entries, record) {
  const begun = Date.now();
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const { inputs } = await bundle(entries, unfinished);
  const folder = settled(unfinished);
  const paths = [...Object.keys(inputs), ...others];
  const files = Object.fromEntries(paths.map(path => [path, stateOf(path)]));
  // What was written since may not be what was read: then it is built again the next time.
  if (paths.every(path => statSync(join(root, path)).ctimeMs < begun))
    keep(record, { folder, files });
  removeOld(folder);
  return folder;
}

/**
 * @param {string} record
 * @returns {Build | undefined}
 */
function read(record) {
  return existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : undefined;
}

/** @param {Build} build */
function isAsItWas({ folder, files }) {
  const isSame = Object.entries(files).every(([path, state]) => stateOf(path) === state);
  return isSame && existsSync(folder);
}

/**
 * Changes whenever the file is written.
 *
 * @param {string} path
 */
function stateOf(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  return stats === undefined ? 'missing' : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

/**
 * Moves a build to the folder that is named for its content, where another process may have been first.
 *
 * @param {string} unfinished
 */
function settled(unfinished) {
  const contents = filesIn(unfinished).map(
    path => `${relative(unfinished, path)}\n${readFileSync(path, 'utf8')}`,
  );
  const folder = join(cache, `built-${digestOf(contents.join('\n'))}`);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return folder;
}

/**
 * Writes so that nobody reads half of it.
 *
 * @param {string} record
 * @param {Build} build
 */
function keep(record, build) {
  const unfinished = join(mkdtempSync(join(cache, 'unfinished-')), 'record');
  writeFileSync(unfinished, JSON.stringify(build));
  renameSync(unfinished, record);
  rmSync(join(unfinished, '..'), { recursive: true });
}

/** @param {string} newest */
function removeOld(newest) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (!/^(built|unfinished)-/.test(name) || path === newest) continue;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || Date.now() - stats.ctimeMs < KEPT_FOR) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

/** @param {string} text */
function digestOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

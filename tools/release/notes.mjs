import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What the changelog says of a version: the text below its heading.
 *
 * @param {string} tag - `v1.2.3`.
 * @param {string} version - That of the manifest, which must be the one of the tag.
 * @param {string} changelog
 * @returns {string}
 * @throws {Error} when the three do not say the same.
 */
export function releaseNotes(tag, version, changelog) {
  if (tag !== `v${version}`) {
    throw new Error(`the tag is ${tag}, and package.json says ${version}`);
  }
  const [, ...sections] = changelog.split(/^## /m);
  const own = sections.find(section => section.split(/[\s\]]/)[0]?.replace('[', '') === version);
  if (own === undefined) throw new Error(`CHANGELOG.md has no heading "## ${version}"`);
  const text = own.slice(own.indexOf('\n')).trim();
  if (text === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return `${text}\n`;
}

/** @param {string} path - From the root. */
function read(path) {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [tag = ''] = process.argv.slice(2);
  const { version } = JSON.parse(read('package.json'));
  process.stdout.write(releaseNotes(tag, version, read('CHANGELOG.md')));
}

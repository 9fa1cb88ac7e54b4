import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docs } from '../docs/docs.ts';
import { playgrounds } from './playgrounds.ts';

/* Builds the site into a folder, `site/dist` if none is named; with `--no-api` without the reference of the API. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const given = process.argv.slice(2);
const usual = join(root, 'site/dist');
const [folder = usual] = given.filter(argument => !argument.startsWith('--'));

// What is in a folder of somebody's own may be theirs.
if (folder === usual) rmSync(folder, { recursive: true, force: true });
for (const { file, text } of [...(await playgrounds()), ...(await docs(root))]) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
if (!given.includes('--no-api')) {
  const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
  execFileSync(process.execPath, [typedoc, '--out', join(folder, 'api')], {
    cwd: root,
    stdio: 'inherit',
  });
}

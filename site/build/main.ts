import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playgrounds } from './playgrounds.ts';

/* Builds the site into a folder, `site/dist` if none is named. */

const [folder = 'site/dist'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const { file, html } of await playgrounds()) writeFileSync(join(folder, file), html);

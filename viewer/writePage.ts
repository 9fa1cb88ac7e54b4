import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build.ts';

/* Puts the page beside the compiled program, where it looks for it first; a part of `npm run build`. */
const folder = fileURLToPath(new URL('../dist/viewer/', import.meta.url));
const page = fileURLToPath(new URL('page/', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}page.html`, await buildPage(page));

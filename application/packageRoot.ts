import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The manifest of this package, of the sources as well as of what is built of them. */
export const manifestFile: string = createRequire(import.meta.url).resolve(
  'highwater/package.json',
);

/** The folder of this package. */
export const packageRoot: string = dirname(manifestFile);

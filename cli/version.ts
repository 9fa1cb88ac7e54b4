import { readFileSync } from 'node:fs';

/** The version of this tool: the one of its package. */
export const toolVersion: string = versionOf(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
);

/** The version of the JSON documents that `--json` prints. */
export const schemaVersion = 1;

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  return 'unknown';
}

import { readFileSync } from 'node:fs';
import { manifestFile } from './packageRoot.ts';

/** The version of this tool: the one of its package. */
export const toolVersion: string = versionOf(JSON.parse(readFileSync(manifestFile, 'utf8')));

/** The version of the JSON documents that `--json` prints. */
export const schemaVersion = 1;

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  return 'unknown';
}

import { schemaVersion, toolVersion } from '../version.ts';
import type { Output } from './io.ts';

/** Prints the one JSON document of a command, with what every document begins with. */
export function printJson(stdout: Output, command: string, content: object): void {
  const document = { schemaVersion, version: toolVersion, command, ...content };
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

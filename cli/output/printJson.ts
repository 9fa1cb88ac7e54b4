import { schemaVersion, toolVersion } from '../../application/version.ts';
import type { Output } from './io.ts';

/** Prints the one JSON document of a command, with what every document begins with. */
export function printJson(stdout: Output, command: string, content: object): void {
  stdout.write(jsonDocument(command, content));
}

/** The text of such a document. */
export function jsonDocument(command: string, content: object): string {
  const document = { schemaVersion, version: toolVersion, command, ...content };
  return `${JSON.stringify(document, null, 2)}\n`;
}

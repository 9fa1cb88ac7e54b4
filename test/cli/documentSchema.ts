import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const file = new URL('../../cli/documents/documents.schema.json', import.meta.url);
let validate: ValidateFunction | undefined;

/** Holds a JSON document of a command to the schema in the package; what is no such document is left alone. */
export function holdToSchema(stdout: string): void {
  const document = documentIn(stdout);
  if (document === undefined) return;
  validate ??= new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')));
  if (validate(document)) return;
  const errors = (validate.errors ?? []).filter(({ instancePath }) => instancePath !== '/command');
  throw new Error(`no document of documents.schema.json: ${JSON.stringify(errors.slice(0, 5))}`);
}

function documentIn(stdout: string): object | undefined {
  if (!stdout.startsWith('{\n  "schemaVersion"')) return undefined;
  const document: unknown = JSON.parse(stdout);
  return typeof document === 'object' && document !== null ? document : undefined;
}

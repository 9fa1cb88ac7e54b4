import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as TJS from 'typescript-json-schema';

/*
 * Writes trace.schema.json and traceSchema.ts from the types in traceFile.ts, or with --check compares
 * them with the committed ones. A development tool: nothing at run time depends on the generator.
 */
const schemaFile = fileURLToPath(new URL('./trace.schema.json', import.meta.url));
const moduleFile = fileURLToPath(new URL('./traceSchema.ts', import.meta.url));
const typesFile = fileURLToPath(new URL('../traceFile.ts', import.meta.url));

/** The JSON Schema text of the trace format, as it is committed. */
export function generateTraceSchema(): string {
  const program = TJS.getProgramFromFiles([typesFile], { strict: true, skipLibCheck: true });
  const schema = TJS.generateSchema(program, 'TraceFile', {
    required: true,
    noExtraProps: true,
    strictNullChecks: true,
    id: 'highwater-trace-1.json',
  });
  if (schema === null) throw new Error('typescript-json-schema made no schema of TraceFile');
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/**
 * The same schema without its descriptions as a module, as it is committed: Node 20 warns of every
 * import of JSON, and what reads traces does no I/O of its own.
 */
export function traceSchemaModule(schema: string): string {
  const rules: unknown = JSON.parse(schema, (key, value) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
  return [
    '/** The JSON Schema of trace files. Generated with trace.schema.json: run "npm run schema". */',
    `export const traceSchema = ${JSON.stringify(rules, null, 2)};\n`,
  ].join('\n');
}

function main(): void {
  const schema = generateTraceSchema();
  const generated = [
    [schemaFile, schema],
    [moduleFile, traceSchemaModule(schema)],
  ] as const;
  for (const [file, text] of generated) {
    if (!process.argv.includes('--check')) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      process.stderr.write(`${basename(file)} does not match traceFile.ts: run "npm run schema"\n`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

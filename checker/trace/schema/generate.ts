import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as TJS from 'typescript-json-schema';

/*
 * Writes trace.schema.json from the types in traceFile.ts, or with --check compares it with the
 * committed one. A development tool: nothing at run time depends on the generator.
 */
const schemaFile = fileURLToPath(new URL('./trace.schema.json', import.meta.url));
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

function main(): void {
  const generated = generateTraceSchema();
  if (!process.argv.includes('--check')) {
    writeFileSync(schemaFile, generated);
    return;
  }
  if (readFileSync(schemaFile, 'utf8') !== generated) {
    process.stderr.write('trace.schema.json does not match traceFile.ts: run "npm run schema"\n');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

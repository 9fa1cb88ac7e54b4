import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as TJS from 'typescript-json-schema';

/*
 * Writes the JSON Schemas of the file formats and their modules from the types, or with --check compares them
 * with the committed ones. A development tool: nothing at run time depends on the generator.
 */

/** A file format: the interface that it is, where that stands, and where its schema goes. */
interface Format {
  readonly types: string;
  readonly type: string;
  readonly id: string;
  readonly schemaFile: string;
  readonly moduleFile: string;
  readonly constant: string;
  readonly of: string;
}

const from = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Trace files. */
export const traceFormat: Format = {
  types: from('../traceFile.ts'),
  type: 'TraceFile',
  id: 'highwater-trace-1.json',
  schemaFile: from('./trace.schema.json'),
  moduleFile: from('./traceSchema.ts'),
  constant: 'traceSchema',
  of: 'trace files',
};

/** A line of a log in the neutral form. */
export const logFormat: Format = {
  types: from('../../validate/logFile.ts'),
  type: 'LogFileLine',
  id: 'highwater-log-1.json',
  schemaFile: from('../../validate/schema/log.schema.json'),
  moduleFile: from('../../validate/schema/logSchema.ts'),
  constant: 'logSchema',
  of: 'lines of logs',
};

/** The JSON Schema text of a format, as it is committed. */
function generateSchema({ types, type, id }: Format): string {
  const program = TJS.getProgramFromFiles([types], { strict: true, skipLibCheck: true });
  const schema = TJS.generateSchema(program, type, {
    required: true,
    noExtraProps: true,
    strictNullChecks: true,
    id,
  });
  if (schema === null) throw new Error(`typescript-json-schema made no schema of ${type}`);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/**
 * The same schema without its descriptions as a module, as it is committed: Node 20 warns of every
 * import of JSON, and what reads files of the format does no I/O of its own.
 */
export function schemaModule({ constant, of, schemaFile }: Format, schema: string): string {
  const rules: unknown = JSON.parse(schema, (key, value) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
  const generated = `Generated with ${basename(schemaFile)}: run "npm run schema".`;
  return [
    `/** The JSON Schema of ${of}. ${generated} */`,
    `export const ${constant} = ${JSON.stringify(rules, null, 2)};\n`,
  ].join('\n');
}

function main(): void {
  for (const format of [traceFormat, logFormat]) {
    const schema = generateSchema(format);
    const generated = [
      [format.schemaFile, schema],
      [format.moduleFile, schemaModule(format, schema)],
    ] as const;
    for (const [file, text] of generated) {
      if (!process.argv.includes('--check')) writeFileSync(file, text);
      else if (readFileSync(file, 'utf8') !== text) {
        const types = basename(format.types);
        process.stderr.write(`${basename(file)} does not match ${types}: run "npm run schema"\n`);
        process.exitCode = 1;
      }
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

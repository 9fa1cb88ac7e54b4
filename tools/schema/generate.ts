import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as TJS from 'typescript-json-schema';

/*
 * Writes the JSON Schemas of the file formats and of the documents of commands from the types, and the modules of the
 * formats; with --check compares them with the committed ones. A development tool: nothing at run time depends on the
 * generator.
 */

/** A type of which there is a JSON Schema: where it stands, and where its schema goes. */
interface Described {
  readonly types: string;
  readonly type: string;
  readonly id: string;
  readonly schemaFile: string;
  /** Whether fields that the schema does not name are refused. */
  readonly isClosed: boolean;
}

/** A file format, of which the schema is read at run time too. */
interface Format extends Described {
  readonly moduleFile: string;
  readonly constant: string;
  readonly of: string;
}

const from = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Trace files. */
export const traceFormat: Format = {
  types: from('checker/trace/traceFile.ts'),
  type: 'TraceFile',
  id: 'highwater-trace-1.json',
  isClosed: true,
  schemaFile: from('checker/trace/schema/trace.schema.json'),
  moduleFile: from('checker/trace/schema/traceSchema.ts'),
  constant: 'traceSchema',
  of: 'trace files',
};

/** A line of a log in the neutral form. */
export const logFormat: Format = {
  types: from('checker/validate/logFile.ts'),
  type: 'LogFileLine',
  id: 'highwater-log-1.json',
  isClosed: true,
  schemaFile: from('checker/validate/schema/log.schema.json'),
  moduleFile: from('checker/validate/schema/logSchema.ts'),
  constant: 'logSchema',
  of: 'lines of logs',
};

/** What commands print with `--json`. */
const documents: Described = {
  types: from('cli/documents/documents.ts'),
  type: 'CommandDocument',
  id: 'highwater-documents-1.json',
  schemaFile: from('cli/documents/documents.schema.json'),
  isClosed: false,
};

/** The JSON Schema text of a type, as it is committed. */
function generateSchema({ types, type, id, isClosed }: Described): string {
  const program = TJS.getProgramFromFiles([types], {
    strict: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  });
  const schema = TJS.generateSchema(program, type, {
    required: true,
    noExtraProps: isClosed,
    strictNullChecks: true,
    id,
    // What the compiler has to say of the sources is said by a check of its own.
    ignoreErrors: true,
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
  // The generator warns of what it takes for defaults: values in the functions that make documents.
  console.warn = () => undefined;
  for (const format of [traceFormat, logFormat]) {
    const schema = generateSchema(format);
    writeOrCompare(format, format.schemaFile, schema);
    writeOrCompare(format, format.moduleFile, schemaModule(format, schema));
  }
  writeOrCompare(documents, documents.schemaFile, generateSchema(documents));
}

function writeOrCompare({ types }: Described, file: string, text: string): void {
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(
      `${basename(file)} does not match ${basename(types)}: run "npm run schema"\n`,
    );
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

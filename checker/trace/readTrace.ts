import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { traceSchema } from './schema/traceSchema.ts';
import type { TraceFile } from './traceFile.ts';

/** The largest trace file that is read, in bytes. */
export const MAX_TRACE_BYTES = 16 * 1024 * 1024;
/** The deepest nesting of a trace file. */
export const MAX_TRACE_DEPTH = 64;

/** A file that is not a trace; the message names the file, the place and what was expected. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  readonly file: string;
  readonly place: string;

  constructor(file: string, place: string, problem: string) {
    super(`${file}: ${place}: ${problem}`);
    this.file = file;
    this.place = place;
  }
}

let compiled: ValidateFunction<TraceFile> | undefined;

/** Compiled when it is first needed: it takes longer than most of what needs no trace. */
function validator(): ValidateFunction<TraceFile> {
  compiled ??= new Ajv({ allErrors: false, allowUnionTypes: true }).compile<TraceFile>(traceSchema);
  return compiled;
}

/**
 * Reads a trace file from its text and holds it to the trace schema.
 *
 * @throws TraceError, whatever the text is.
 */
export function readTrace(file: string, text: string): TraceFile {
  if (text.trim() === '') throw new TraceError(file, 'the file', 'expected a trace, found nothing');
  if (text.length > MAX_TRACE_BYTES) {
    throw new TraceError(file, 'the file', `expected at most ${MAX_TRACE_BYTES} bytes`);
  }
  const json = parse(file, text);
  expectShallow(file, json);
  expectFormat(file, json);
  const validate = validator();
  if (!validate(json)) throw schemaError(file, validate.errors?.[0]);
  return json;
}

/** The text of a trace file: readable in a diff, ending with a new line. */
export function writeTrace(trace: TraceFile): string {
  return `${JSON.stringify(trace, null, 2)}\n`;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TraceError(file, 'the file', `expected JSON: ${problem.split('\n')[0]}`);
  }
}

/** Validation recurses, so depth is checked first, without recursion. */
function expectShallow(file: string, json: unknown): void {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_TRACE_DEPTH) {
      throw new TraceError(
        file,
        'the file',
        `expected at most ${MAX_TRACE_DEPTH} levels of nesting`,
      );
    }
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}

/** Says "not a trace" and "another version" before the schema says it in its own way. */
function expectFormat(file: string, json: unknown): void {
  const given = new Map(Object.entries(Object(json)));
  const format = given.get('format');
  if (typeof json !== 'object' || json === null || format !== 'highwater-trace') {
    throw new TraceError(file, '/format', `expected "highwater-trace", found ${brief(format)}`);
  }
  const version = given.get('formatVersion');
  if (version !== 1) {
    throw new TraceError(file, '/formatVersion', `expected version 1, found ${brief(version)}`);
  }
}

function schemaError(file: string, error: ErrorObject | undefined): TraceError {
  if (error === undefined) return new TraceError(file, 'the file', 'expected a trace');
  const { instancePath, message = 'is not as the schema has it', params } = error;
  const detail: unknown = params['additionalProperty'] ?? params['allowedValues'];
  const suffix = detail === undefined ? '' : ` (${brief(detail)})`;
  return new TraceError(file, instancePath || 'the file', `${message}${suffix}`);
}

function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

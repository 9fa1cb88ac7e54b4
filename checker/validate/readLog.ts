import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { LogError } from './logError.ts';
import type { LoggedReading, LogHeader, LogLine } from './logFile.ts';
import type { Observation, ObservedLine, Reading } from './observation.ts';
import { logSchema } from './schema/logSchema.ts';

/** How many unobserved steps lie between two lines, if the log does not say. */
const UNOBSERVED = 3;

const ajv = new Ajv({ allErrors: false, allowUnionTypes: true, schemas: [logSchema] });
const validHeader: ValidateFunction<LogHeader> = ajv.compile(refTo('LogHeader'));
const validLine: ValidateFunction<LogLine> = ajv.compile(refTo('LogLine'));

function refTo(definition: string): { readonly $ref: string } {
  return { $ref: `highwater-log-1.json#/definitions/${definition}` };
}

/** A log in the neutral form. */
export interface ReadLog {
  readonly header: LogHeader;
  readonly observation: Observation;
}

/** Whether a text begins as a log in the neutral form does. */
export function isLog(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"highwater-log"/.test(text);
}

/**
 * Reads a log in the neutral form: JSON, one object a line, the first of which is its header. Empty lines are left
 * out.
 *
 * @throws LogError, whatever the text is.
 */
export function readLog(file: string, text: string): ReadLog {
  const [first, ...others] = linesOf(text);
  if (first === undefined) throw new LogError(file, 0, 'expected a log, found nothing');
  const header = parse(file, first);
  if (!validHeader(header)) throw schemaError(file, first.line, validHeader.errors?.[0]);
  const lines = others.map((each): ObservedLine => {
    const line = parse(file, each);
    if (!validLine(line)) throw schemaError(file, each.line, validLine.errors?.[0]);
    return { text: `${file}:${each.line}: ${line.says ?? each.text}`, readings: readingsOf(line) };
  });
  const { watched = [], unobserved, mostUnobserved = UNOBSERVED } = header;
  const silent = unobserved === undefined ? {} : { unobserved };
  return { header, observation: { lines, watched, mostUnobserved, ...silent } };
}

interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

function linesOf(text: string): NumberedLine[] {
  return text
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, text: content.trim() }))
    .filter(({ text: content }) => content !== '');
}

function parse(file: string, { line, text }: NumberedLine): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LogError(file, line, 'expected a JSON object');
  }
}

function schemaError(file: string, line: number, error: ErrorObject | undefined): LogError {
  const place = error?.instancePath.slice(1).replaceAll('/', '.') ?? '';
  const extra = error?.keyword === 'additionalProperties' ? extraOf(error) : '';
  const problem = `${place === '' ? 'the line' : place} ${error?.message ?? 'is not valid'}${extra}`;
  return new LogError(file, line, problem);
}

function extraOf({ params }: ErrorObject): string {
  return `: ${JSON.stringify(params['additionalProperty'])}`;
}

function readingsOf({ says: _, readings, ...own }: LogLine): Reading[] {
  return (readings ?? [own]).map(readingOf);
}

function readingOf({ lines, kind, steps, state }: LoggedReading): Reading {
  return {
    ...(lines === undefined ? {} : { lines }),
    ...(kind === undefined ? {} : { kind }),
    ...(steps === undefined ? {} : { steps }),
    ...(state === undefined ? {} : { state }),
  };
}

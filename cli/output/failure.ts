import { CommanderError } from 'commander';
import { labelOf } from '../../checker/core/compiledModel.ts';
import { ModelError } from '../../checker/core/errors.ts';
import { exitCodes } from '../exitCodes.ts';
import { errorCodeOf } from '../explain/errorCode.ts';
import { errors } from '../explain/errors.ts';
import { errorLine } from './errorLine.ts';
import type { Output } from './io.ts';

/** The most steps to a crash that are printed. */
const MOST_STEPS = 100;

/**
 * Says on stderr what went wrong and returns the exit code: wrong use, a model that is not written as it
 * must be, and a file that cannot be written or read, in one line, a crash of the model with the steps
 * that lead to it. A stack trace is shown only with HIGHWATER_DEBUG=1.
 */
export function reportFailure(error: unknown, stderr: Output): number {
  // Commander has printed its message, the help or the version already.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.holds : exitCodes.usage;
  }
  const code = errorCodeOf(error);
  const { exitCode } = errors[code];
  const message = error instanceof Error ? error.message : String(error);
  if (exitCode !== exitCodes.internal) {
    stderr.write(errorLine(message, code));
    return exitCode;
  }
  const isModelError = error instanceof ModelError;
  stderr.write(errorLine(isModelError ? message : `internal error: ${message}`, code));
  if (isModelError) stderr.write(stepsTo(error));
  if (process.env['HIGHWATER_DEBUG'] === '1') stderr.write(`${stackOf(error)}\n`);
  else if (!isModelError) stderr.write('HIGHWATER_DEBUG=1 shows where it comes from.\n');
  return exitCodes.internal;
}

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  return errors[errorCodeOf(error)].exitCode;
}

function stepsTo({ steps }: ModelError): string {
  if (steps.length === 0) return '  in the initial state\n';
  const first = Math.max(0, steps.length - MOST_STEPS);
  const lines = steps.map((step, index) => `  ${index + 1}  ${labelOf(step)}\n`).slice(first);
  const cut = first === 0 ? '' : `  ... the first ${first} steps are not shown\n`;
  return `the steps that lead there:\n${cut}${lines.join('')}`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

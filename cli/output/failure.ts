import { CommanderError } from 'commander';
import { UsageError } from '../../catalogue/usageError.ts';
import { labelOf } from '../../checker/core/compiledModel.ts';
import { ModelError } from '../../checker/core/errors.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { LogError } from '../../checker/validate/logError.ts';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { StorageError } from '../../parallel/storageError.ts';
import { exitCodes } from '../exitCodes.ts';
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
  const code = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code !== exitCodes.internal) {
    stderr.write(errorLine(message));
    return code;
  }
  const isModelError = error instanceof ModelError;
  stderr.write(errorLine(isModelError ? message : `internal error: ${message}`));
  if (isModelError) stderr.write(stepsTo(error));
  if (process.env['HIGHWATER_DEBUG'] === '1') stderr.write(`${stackOf(error)}\n`);
  else if (!isModelError) stderr.write('HIGHWATER_DEBUG=1 shows where it comes from.\n');
  return exitCodes.internal;
}

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  const isWrongUse =
    error instanceof UsageError ||
    error instanceof DeclarationError ||
    error instanceof TraceError ||
    error instanceof LogError ||
    error instanceof CheckpointError;
  if (isWrongUse) return exitCodes.usage;
  return error instanceof StorageError ? exitCodes.storage : exitCodes.internal;
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

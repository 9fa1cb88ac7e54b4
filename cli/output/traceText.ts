import type { TextOptions } from '../../checker/trace/renderText.ts';
import { commandLine } from './commandLine.ts';

/**
 * The command to replay a saved trace, or else the one that saves it.
 *
 * @param argv the arguments of the command that found it.
 */
export function traceCommand(
  argv: readonly string[],
  path: string | undefined,
): TextOptions['command'] {
  return path === undefined
    ? { label: 'save', text: commandLine([...argv, '--out', 'found']) }
    : { label: 'replay', text: commandLine(['replay', path]) };
}

import type { Styler } from '../../checker/trace/renderStyle.ts';
import { renderText, type TextOptions } from '../../checker/trace/renderText.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { commandLine, nextCommandLine } from './commandLine.ts';

/** Where a trace lies, and what can be done with it. */
export interface Whereabouts {
  /** Where it was saved, if it was. */
  readonly path: string | undefined;
  /** Replays the trace; saves it, if it was not. */
  readonly command: NonNullable<TextOptions['command']>;
  /** Shows it as a page, if it was saved. */
  readonly page: string | undefined;
}

/** @param argv - The arguments of the command that found the trace. */
export function whereabouts(argv: readonly string[], path: string | undefined): Whereabouts {
  if (path === undefined) {
    const text = commandLine([...argv, '--out', 'found']);
    return { path, command: { label: 'save', text }, page: undefined };
  }
  const command = { label: 'replay' as const, text: nextCommandLine(argv, ['replay', path]) };
  return { path, command, page: nextCommandLine(argv, ['view', path]) };
}

/** The report of a trace, which has what its model says of it if it is known. */
export function traceText(
  trace: TraceFile,
  { path, command, page }: Whereabouts,
  layout: { readonly width: number; readonly style?: Styler },
): string {
  return renderText(trace, { ...layout, command, file: path, page });
}

import type { Commentary } from '../../application/commentary.ts';
import type { Project } from '../../application/project/project.ts';
import type { InterruptFlag } from '../../application/tasks/interrupt.ts';

/** A stream to write to, and what it is. */
export interface Output {
  readonly isTTY: boolean;
  /** Width in characters. */
  readonly columns: number;
  /** Whether colours are wanted there (a terminal, and neither NO_COLOR nor TERM=dumb). */
  readonly colour: boolean;
  write(text: string): void;
}

/** The command line's contact with the world, so that tests can run it in their own process. */
export interface CliIo {
  /** The result, or one JSON document. */
  readonly stdout: Output;
  /** Progress and errors. */
  readonly stderr: Output;
  readonly interrupt: InterruptFlag;
  /** Environment variables by name. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command is given. */
export interface CommandIo extends CliIo {
  /** The arguments of the command line, to repeat them in a command to copy. */
  readonly argv: readonly string[];
  /** Sets the exit code; without a call it is 0. */
  finish(code: number): void;
  /** What there is to work on, by the configuration file. */
  readonly project: Project;
  /** What the models say of traces. */
  readonly commentary: Commentary;
}

/** The streams of this process. */
export function processIo(interrupt: InterruptFlag): CliIo {
  const [stdout, stderr] = [outputOf(process.stdout), outputOf(process.stderr)];
  return { stdout, stderr, interrupt, env: process.env };
}

const DEFAULT_COLUMNS = 80;

function outputOf(stream: NodeJS.WriteStream): Output {
  let open = true;
  stream.on('error', error => {
    // A reader such as `head` that has seen enough is no error: go on to the exit code in silence.
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    open = false;
  });
  const isTTY = stream.isTTY === true;
  return {
    isTTY,
    columns: stream.columns || DEFAULT_COLUMNS,
    colour: wantsColour(isTTY),
    write: text => {
      if (open) stream.write(text);
    },
  };
}

function wantsColour(isTTY: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return isTTY && TERM !== 'dumb';
}

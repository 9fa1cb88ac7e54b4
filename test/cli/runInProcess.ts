import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { CliIo, Output } from '../../cli/output/io.ts';
import { runCli } from '../../cli/program.ts';
import { holdToSchema } from './documentSchema.ts';

/** What a command printed, and how it ended. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the command is told about its surroundings. */
export interface Surroundings {
  readonly isTTY?: boolean;
  readonly colour?: boolean;
  readonly columns?: number;
  readonly interrupt?: InterruptFlag;
  /** Environment variables; by default only {@link oneThread}, so that tests are the same in CI. */
  readonly env?: Readonly<Record<string, string>>;
  /** The models that there are without a configuration file; those of the package if absent. */
  readonly models?: readonly ModelEntry[];
}

/** Threads take longer to start than most searches of tests take: they are there for tests that ask for them. */
const oneThread = { HIGHWATER_JOBS: '1', HIGHWATER_WORKERS: '1' };

/** An output that keeps what is written to it. */
export function recordingOutput(surroundings: Surroundings = {}): Output & { text(): string } {
  const { isTTY = false, colour = false, columns = 80 } = surroundings;
  const written: string[] = [];
  return {
    isTTY,
    colour,
    columns,
    write: text => written.push(text),
    text: () => written.join(''),
  };
}

/** Runs the command line in this process. */
export async function run(
  argv: readonly string[],
  surroundings: Surroundings = {},
): Promise<CliRun> {
  const stdout = recordingOutput(surroundings);
  const stderr = recordingOutput(surroundings);
  const io: CliIo = {
    stdout,
    stderr,
    interrupt: surroundings.interrupt ?? new InterruptFlag(),
    env: surroundings.env ?? oneThread,
  };
  const code = await runCli(argv, io, surroundings.models);
  holdToSchema(stdout.text());
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** A value of a JSON document, looked into step by step; undefined where there is nothing. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(String(key))
        : undefined,
    json,
  );
}

/** The JSON document without what may differ between two runs: how long they took. */
export function withoutSeconds(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    key === 'seconds' ? undefined : value,
  );
}

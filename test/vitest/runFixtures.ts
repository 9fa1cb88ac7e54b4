import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const config = fileURLToPath(new URL('fixtures/vitest.config.ts', import.meta.url));
/** The folder of the fixtures. */
export const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

/** Enough to find what the fixtures have, and quick. */
export const HIGHWATER_RUNS = '200';

/** What a run of vitest printed, and how it ended. */
export interface FixtureRun {
  readonly code: number;
  readonly stdout: string;
}

/** Runs vitest on the fixtures in a process of its own, with their traces in this folder. */
export function runFixtures(
  traces: string,
  argv: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<FixtureRun> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, NO_COLOR: '1', FIXTURE_TRACES: traces, HIGHWATER_RUNS, ...variables };
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [vitest, 'run', '--config', config, ...argv],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }),
    );
  });
}

/** One test of a run, as vitest's JSON reporter has it. */
export interface FixtureResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

/** The tests of a run with `--reporter=json`, by name. */
export async function resultsOf(
  traces: string,
  argv: readonly string[],
): Promise<ReadonlyMap<string, FixtureResult>> {
  const { stdout } = await runFixtures(traces, ['--reporter=json', ...argv]);
  const report = JSON.parse(stdout) as {
    testResults: {
      assertionResults: { title: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const tests = report.testResults.flatMap(file => file.assertionResults);
  return new Map(
    tests.map(({ title: name, status, failureMessages }) => [
      name,
      { name, status, message: failureMessages.join('\n') },
    ]),
  );
}

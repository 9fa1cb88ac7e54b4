import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const config = fileURLToPath(new URL('fixtures/vitest.config.ts', import.meta.url));
/** The folder of the fixtures. */
export const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

/** Enough to find what the fixtures have, and quick. */
const HIGHWATER_RUNS = '200';

/** One test of a run, as vitest's JSON reporter has it. */
interface FixtureResult {
  readonly file: string;
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

/** What a run of vitest printed, how it ended, and its tests by name. */
export interface FixtureRun {
  readonly code: number;
  readonly stdout: string;
  readonly results: ReadonlyMap<string, FixtureResult>;
}

/**
 * Runs vitest on the fixtures in a process of its own, with their traces in this folder. What it prints
 * is of its verbose reporter and of the one that annotates on GitHub.
 */
export async function runFixtures(
  traces: string,
  argv: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<FixtureRun> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, NO_COLOR: '1', FIXTURE_TRACES: traces, HIGHWATER_RUNS, ...variables };
  mkdirSync(traces, { recursive: true });
  const document = join(mkdtempSync(join(traces, '.results-')), 'results.json');
  const reporters = ['verbose', 'github-actions', 'json'].map(name => `--reporter=${name}`);
  const options = [...reporters, `--outputFile.json=${document}`, ...argv];
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [vitest, 'run', '--config', config, ...options],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) =>
        resolve({ code: Number(error?.code ?? 0), stdout, results: resultsIn(document) }),
    );
  });
}

function resultsIn(document: string): ReadonlyMap<string, FixtureResult> {
  const report = JSON.parse(readFileSync(document, 'utf8')) as {
    testResults: {
      name: string;
      assertionResults: { title: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const tests = report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ title: name, status, failureMessages }) => {
      return { file: basename(file), name, status, message: failureMessages.join('\n') };
    }),
  );
  return new Map(tests.map(test => [test.name, test]));
}

/** A test of a run. */
export function resultIn({ results }: FixtureRun, name: string): FixtureResult {
  const found = results.get(name);
  if (found === undefined) throw new Error(`no test "${name}"`);
  return found;
}

/** What a run printed about a test: the line with its name, up to that of another one. */
export function toldOf({ stdout }: FixtureRun, name: string): string {
  const lines = stdout.split('\n');
  const isTest = (line: string): boolean => /^ [✓×↓] /.test(line);
  const start = lines.findIndex(line => isTest(line) && line.includes(`> ${name}`));
  if (start < 0) throw new Error(`nothing is told of "${name}"`);
  const end = lines.findIndex((line, index) => index > start && isTest(line));
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
}

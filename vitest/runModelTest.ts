import { dirname, resolve } from 'node:path';
import type { TestContext } from 'vitest';
import { withCommentary } from '../checker/explain/commentary.ts';
import { ModelError } from '../checker/explore/errors.ts';
import type { ExplorationResult, Violation } from '../checker/explore/result.ts';
import { simulate } from '../checker/explore/simulate.ts';
import type { Specification } from '../checker/model/specification.ts';
import { TraceError, writeTrace } from '../checker/trace/readTrace.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { addTrace } from '../corpus/folder.ts';
import { recordFound } from '../corpus/recordFound.ts';
import { timeLimit } from '../corpus/timeLimit.ts';
import type { CallSite } from './callSite.ts';
import type { Effort } from './effort.ts';
import { corpusText, crashText, foundText, rerunCommand, shownPath } from './failureText.ts';
import { type ReplayedTraces, replayTraces } from './replayTraces.ts';
import { propertyNamed } from './searching.ts';
import { testedIn } from './testedProperties.ts';
import { vacuousLines } from './vacuity.ts';

/** A model test that is about to run. */
export interface ModelTestRun {
  readonly specification: Specification;
  readonly effort: Effort;
  /** The folder of the corpus as the user gave it; `traces` beside the test file without one. */
  readonly corpus: string | undefined;
  readonly allowVacuous: readonly string[];
  readonly site: CallSite;
  readonly context: TestContext;
}

/**
 * Replays the corpus, then makes random runs. Returns if nothing is wrong, and says what was done
 * in an annotation; otherwise throws an error at the line that registered the test.
 */
export async function runModelTest(run: ModelTestRun): Promise<void> {
  const { specification, effort, site } = run;
  try {
    const replayed = await replayCorpus(run);
    const { model, properties } = specification;
    const { seed, runs, maxSteps } = effort;
    const control = timeLimit(effort.timeLimit);
    const result = await simulate(model, properties, { seed, runs, maxSteps, control });
    const violation = result.violations[0];
    if (violation !== undefined) throw await reported(run, result, violation);
    await pass(run, result, replayed);
  } catch (error) {
    if (error instanceof ModelError) throw site.failure(crashText(error, effort), error.cause);
    if (error instanceof TraceError || error instanceof RangeError)
      throw site.failure(error.message);
    throw error;
  }
}

async function replayCorpus(run: ModelTestRun): Promise<ReplayedTraces> {
  const replayed = replayTraces(corpusFolder(run), run.specification, testedIn(run.site.file));
  const [first, ...others] = replayed.failed;
  if (first === undefined) return replayed;
  await annotate(run, `${shownPath(first.path)}: ${first.outcome.word}`, first.trace, first.path);
  const told = { ...first, trace: withCommentary(run.specification, first.trace) };
  throw run.site.failure(corpusText([told, ...others], commandOf(run)));
}

/** Records and keeps what was found; the error tells its story. */
async function reported(
  run: ModelTestRun,
  result: ExplorationResult,
  violation: Violation,
): Promise<Error> {
  const { specification, effort } = run;
  const property = propertyNamed(specification, violation.property);
  const finder = { result, seed: effort.seed };
  const trace = recordFound(specification.model, property, violation, finder);
  const kept = keep(corpusFolder(run), trace);
  await annotate(run, `${violation.property}, seed ${effort.seed}`, trace, kept.path);
  return run.site.failure(
    foundText({
      trace: withCommentary(specification, trace),
      effort,
      runs: result.runs ?? 0,
      kept: kept.text,
      command: commandOf(run),
    }),
  );
}

/** That a folder cannot be written must not hide what was found. */
function keep(folder: string, trace: TraceFile): { path?: string; text: string } {
  try {
    // None of the same signature is reproduced, or the runs would not have begun.
    const { path } = addTrace(folder, trace, []);
    return { path, text: shownPath(path) };
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return { text: `not kept: ${error.message}` };
  }
}

async function annotate(
  { context }: ModelTestRun,
  message: string,
  trace: TraceFile,
  path: string | undefined,
): Promise<void> {
  const content = path === undefined ? { body: Buffer.from(writeTrace(trace)) } : { path };
  const attachment = { contentType: 'application/json', ...content };
  await context.annotate(message, 'counterexample', attachment);
}

async function pass(
  run: ModelTestRun,
  result: ExplorationResult,
  replayed: ReplayedTraces,
): Promise<void> {
  const { effort, allowVacuous, site, context } = run;
  const { runs = 0, properties } = result;
  const complete = runs >= effort.runs;
  const vacuous = vacuousLines(properties, allowVacuous);
  const seed = `seed ${effort.seed}`;
  if (runs === 0) {
    throw site.failure(`nothing was run within the time limit of ${effort.timeLimit} ms, ${seed}`);
  }
  if (complete && vacuous.length > 0) {
    throw site.failure(
      `vacuous: nothing broke in ${runs} runs, but not everything was put to the test\n` +
        `${vacuous.map(line => `  ${line}\n`).join('')}` +
        `More or longer runs or a larger scope may do, or allowVacuous where it is meant. ${seed}`,
    );
  }
  const { steps, distinctStates } = result;
  const ended = complete ? '' : `, stopped by the time limit before ${effort.runs} runs`;
  const { good, elsewhere } = replayed;
  const others =
    elsewhere === 0 ? '' : `, ${elsewhere} of other configurations or tests not replayed`;
  await context.annotate(
    `nothing broke in ${runs} random runs (not a proof): ${steps} steps, ` +
      `${distinctStates} distinct states, ${seed}${ended}; ${good} traces replayed${others}`,
  );
}

function corpusFolder({ corpus, context }: ModelTestRun): string {
  return resolve(dirname(context.task.file.filepath), corpus ?? 'traces');
}

function commandOf({ context: { task } }: ModelTestRun): string {
  return rerunCommand(task.file.filepath, task.name);
}

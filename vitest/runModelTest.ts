import { dirname, resolve } from 'node:path';
import type { TestContext } from 'vitest';
import { ModelError } from '../checker/core/errors.ts';
import { exploreToEnd } from '../checker/core/exploreToEnd.ts';
import { withCommentary } from '../checker/explain/commentary.ts';
import type { Specification } from '../checker/model/specification.ts';
import { simulate } from '../checker/random/simulate.ts';
import { coverageText } from '../checker/results/coverageText.ts';
import { counted } from '../checker/results/numbers.ts';
import type { ExplorationResult } from '../checker/results/result.ts';
import { asymmetryText, randomRunsText } from '../checker/results/resultText.ts';
import { type Thresholds, unmetThresholds } from '../checker/results/thresholds.ts';
import { TraceError, writeTrace } from '../checker/trace/readTrace.ts';
import { printable } from '../checker/trace/renderParts.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { addTrace } from '../corpus/folder.ts';
import { recordFound } from '../corpus/recordFound.ts';
import { recordLiveness } from '../corpus/recordLiveness.ts';
import { type LivenessSearch, searchLiveness } from '../corpus/searchLiveness.ts';
import { timeLimit } from '../corpus/timeLimit.ts';
import type { CallSite } from './callSite.ts';
import type { Effort } from './effort.ts';
import { fairRunsText } from './exploredText.ts';
import { corpusText, crashText, foundText, rerunCommand, shownPath } from './failureText.ts';
import { type ReplayedTraces, replayTraces } from './replayTraces.ts';
import { testedIn } from './testedProperties.ts';
import { vacuousLines } from './vacuity.ts';

/** A model test that is about to run. */
export interface ModelTestRun {
  readonly specification: Specification;
  readonly effort: Effort;
  /** The folder of the corpus as the user gave it; `traces` beside the test file without one. */
  readonly corpus: string | undefined;
  readonly allowVacuous: readonly string[];
  readonly thresholds: Thresholds;
  readonly symmetry: boolean;
  /** Of each property, told apart by their causes. */
  readonly counterexamples: number;
  readonly site: CallSite;
  readonly context: TestContext;
}

/** What was found, each with a trace of its own. */
interface Found {
  readonly trace: TraceFile;
  /** Among what it was found. */
  readonly where: string;
}

/** What of a model test was searched. */
interface Searched {
  readonly result: ExplorationResult;
  /** Absent where the specification says nothing of what must happen at some time. */
  readonly liveness: LivenessSearch | undefined;
}

/**
 * Replays the corpus, then makes random runs, then looks for fair runs in which what must happen at
 * some time never does. Returns if nothing is wrong, and says what was done in an annotation; otherwise
 * throws an error at the line that registered the test, with a story for each property that broke.
 */
export async function runModelTest(run: ModelTestRun): Promise<void> {
  const { effort, site } = run;
  const found: Found[] = [];
  try {
    const replayed = await replayCorpus(run);
    const result = await searchStates(run, found);
    const liveness = await searchRuns(run, found);
    if (found.length > 0) throw await reported(run, found, asymmetryLines(result));
    await pass(run, { result, liveness }, replayed);
  } catch (error) {
    if (error instanceof ModelError) {
      const crash = crashText(error, effort);
      throw found.length === 0
        ? site.failure(crash, error.cause)
        : await reported(run, found, [crash]);
    }
    if (error instanceof TraceError || error instanceof RangeError)
      throw site.failure(error.message);
    throw error;
  }
}

async function searchStates(run: ModelTestRun, found: Found[]): Promise<ExplorationResult> {
  const { model, properties } = run.specification;
  const { seed, runs, maxSteps, timeLimit: most } = run.effort;
  const extent = { seed, runs, maxSteps, symmetry: run.symmetry };
  const { explored: result, crash } = await exploreToEnd(keepGoing =>
    simulate(model, properties, {
      ...extent,
      keepGoing,
      counterexamples: keepGoing ? run.counterexamples : 1,
      control: timeLimit(most),
    }),
  );
  for (const violation of result.violations) {
    const property = findByName(properties, violation.property);
    const trace = recordFound(model, property, violation, { result, seed });
    found.push({ trace, where: `in run ${violation.run} of ${runs}` });
  }
  if (crash !== undefined) throw crash;
  return result;
}

async function searchRuns(run: ModelTestRun, found: Found[]): Promise<LivenessSearch | undefined> {
  const { model, temporal = [] } = run.specification;
  if (temporal.length === 0) return undefined;
  const { timeLimit: most, ...extent } = run.effort;
  const search = await searchLiveness(model, temporal, {
    ...extent,
    newControl: () => timeLimit(most),
  });
  const { result, violations, by } = search;
  const where =
    result.engine === 'simulate'
      ? `in run ${result.runs ?? 0} of ${extent.runs}`
      : `among the fair runs of ${result.distinctStates} states`;
  for (const violation of violations) {
    const property = findByName(temporal, violation.property);
    found.push({ trace: recordLiveness(model, property, violation, by), where });
  }
  return search;
}

function findByName<Claim extends { readonly name: string }>(
  claims: readonly Claim[],
  wanted: string,
): Claim {
  const claim = claims.find(({ name }) => name === wanted);
  if (claim === undefined) throw new RangeError(`no property "${wanted}"`);
  return claim;
}

async function replayCorpus(run: ModelTestRun): Promise<ReplayedTraces> {
  const replayed = replayTraces(corpusFolder(run), run.specification, testedIn(run.site.file));
  const [first, ...others] = replayed.failed;
  if (first === undefined) return replayed;
  const message = `${shownPath(first.path)}: ${first.outcome.word}`;
  const lines = await annotate(run, message, first.trace, first.path);
  const commented = { ...first, trace: withCommentary(run.specification, first.trace) };
  const text = corpusText([commented, ...others], commandOf(run));
  throw run.site.failure([text, ...lines].join('\n'));
}

/** Keeps what was found; the error tells the story of each, and `more`. */
async function reported(
  run: ModelTestRun,
  found: readonly Found[],
  more: readonly string[],
): Promise<Error> {
  const { specification, effort } = run;
  const { seed } = effort;
  const stories: string[] = [];
  for (const { trace, where } of found) {
    const kept = keep(corpusFolder(run), trace);
    const message = `${trace.property.name}, seed ${seed}`;
    const lines = await annotate(run, message, trace, kept.path);
    const commented = withCommentary(specification, trace);
    const command = commandOf(run);
    const text = foundText({ trace: commented, seed, found: where, kept: kept.text, command });
    stories.push([text, ...lines].join('\n'));
  }
  return run.site.failure([...stories, ...more].join('\n\n'));
}

function asymmetryLines({ asymmetry }: ExplorationResult): string[] {
  return asymmetry === undefined ? [] : [asymmetryText(asymmetry)];
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

/** Attaches a trace to the test; where that fails the line that says so, since it must not hide what was found. */
async function annotate(
  { context }: ModelTestRun,
  message: string,
  trace: TraceFile,
  path: string | undefined,
): Promise<string[]> {
  const content = path === undefined ? { body: Buffer.from(writeTrace(trace)) } : { path };
  const attachment = { contentType: 'application/json', ...content };
  try {
    await context.annotate(message, 'counterexample', attachment);
    return [];
  } catch (error) {
    return [`not attached: ${printable(error instanceof Error ? error.message : String(error))}`];
  }
}

async function pass(
  run: ModelTestRun,
  { result, liveness }: Searched,
  replayed: ReplayedTraces,
): Promise<void> {
  const { effort, allowVacuous, thresholds, site, context } = run;
  const { runs = 0, properties, coverage } = result;
  const seed = `seed ${effort.seed}`;
  const isComplete = {
    properties: runs >= effort.runs,
    temporal: liveness === undefined || liveness.covered || isAllOf(effort, liveness),
  };
  const temporal = liveness?.result.properties ?? [];
  const vacuous = vacuousLines({ properties, temporal, isComplete }, allowVacuous);
  expectLooked(run, runs, liveness);
  if (vacuous.length > 0) {
    throw site.failure(
      `vacuous: nothing broke in ${runs} runs, but not everything was put to the test\n` +
        `${vacuous.map(line => `  ${line}\n`).join('')}` +
        `More or longer runs or a larger scope may do, or allowVacuous where it is meant. ${seed}`,
    );
  }
  const owed = properties.filter(({ name }) => !allowVacuous.includes(name));
  const unmet = unmetThresholds(thresholds, [{ coverage, properties: owed }]);
  if (isComplete.properties && unmet.length > 0) {
    throw site.failure(
      `vacuous: nothing broke in ${runs} runs, but less was seen than the thresholds say\n` +
        `${unmet.map(line => `  ${line}\n`).join('')}` +
        `More or longer runs or a larger scope may do. ${seed}`,
    );
  }
  const ended = isComplete.properties ? '' : ` (of ${effort.runs} runs that were to be made)`;
  const { good, elsewhere } = replayed;
  const others =
    elsewhere === 0 ? '' : `, ${elsewhere} of other configurations or tests not replayed`;
  const fair = liveness === undefined ? '' : `; ${temporalText(effort, liveness)}`;
  await context.annotate(
    `${randomRunsText(result, [seed])}${ended}, in ${counted(result.distinctStates, 'distinct state')}; ` +
      `${coverageText(coverage)}${fair}; ${counted(good, 'trace')} replayed${others}`,
  );
}

/** Fails where the time limit left nothing that was looked at. */
function expectLooked(
  { effort, site }: ModelTestRun,
  runs: number,
  liveness: LivenessSearch | undefined,
): void {
  const limit = `the time limit of ${effort.timeLimit} ms, seed ${effort.seed}`;
  if (runs === 0) throw site.failure(`nothing was run within ${limit}`);
  if (liveness === undefined || liveness.covered || liveness.result.runs !== 0) return;
  const names = liveness.result.properties.map(({ name }) => name).join(', ');
  throw site.failure(`${names}: not looked at within ${limit}`);
}

/** Whether all random runs that settle were made. */
function isAllOf({ runs }: Effort, { random }: LivenessSearch): boolean {
  return (random?.runs ?? 0) >= runs;
}

/** Which temporal properties were looked at, and how. */
function temporalText(effort: Effort, liveness: LivenessSearch): string {
  const names = liveness.result.properties
    .filter(({ verdict }) => verdict !== 'not applicable')
    .map(({ name }) => name)
    .join(', ');
  const ended =
    liveness.covered || isAllOf(effort, liveness)
      ? ''
      : `, stopped by the time limit before ${effort.runs} runs`;
  return `${names || 'no temporal property that applies'}: ${fairRunsText(liveness)}${ended}`;
}

function corpusFolder({ corpus, context }: ModelTestRun): string {
  return resolve(dirname(context.task.file.filepath), corpus ?? 'traces');
}

function commandOf({ context: { task } }: ModelTestRun): string {
  return rerunCommand(task.file.filepath, task.name);
}

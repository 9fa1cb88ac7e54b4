import { boundWords } from '../../application/check/boundWords.ts';
import { isComplete, stoppedAtViolation } from '../../application/check/completeness.ts';
import { type ExploredScope, whyNot } from '../../application/check/scope.ts';
import type { RandomRuns } from '../../application/tasks/randomEngine.ts';
import type { LivenessEngine, Task, TaskResult } from '../../application/tasks/task.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { endedBy, randomRunsText, searchNotes } from '../../checker/results/resultText.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import { shardText } from '../options/shard.ts';
import { duration } from '../output/numbers.ts';
import { wrapText } from '../output/table.ts';

/** For each scope, what exactly was explored. */
export function exploredLines(scopes: readonly ExploredScope[], width: number): string[] {
  const [first] = scopes;
  if (first === undefined) return [];
  const { entry } = first;
  const common = entry.inWords(first.plan.config);
  const { plain, summed } = apart(scopes);
  const lines = plain.flatMap(scope => {
    const others = entry.inWords(scope.plan.config).map(({ words }) => words);
    const differs = others.filter((words, index) => words !== common[index]?.words).join(', ');
    const sentence = exploredSentence(scope);
    return indented(differs === '' ? sentence : `${sentence}; ${differs}`, width);
  });
  const headline = common.filter(({ name }) => entry.headline.includes(name));
  const settings = inSentence(headline.map(({ words }) => words));
  const usual = settings === '' ? '' : `, with ${settings} where nothing else is said`;
  const heading = `What exactly was explored${usual}:`;
  const sums = [...summed].flatMap(([column, those]) => indented(summary(column, those), width));
  return [...wrapText(heading, width), ...lines, ...sums];
}

/**
 * The scopes that are worth a line of their own, and by column those of two kinds of events of which
 * there is nothing to say but that they were explored completely and nothing broke.
 */
function apart(scopes: readonly ExploredScope[]): {
  readonly plain: readonly ExploredScope[];
  readonly summed: ReadonlyMap<string, readonly CoveredScope[]>;
} {
  const plain: ExploredScope[] = [];
  const summed = new Map<string, CoveredScope[]>();
  for (const scope of scopes) {
    const { column, events } = scope.plan;
    if (column === undefined || events === undefined || !isCovered(scope)) plain.push(scope);
    else summed.set(column, [...(summed.get(column) ?? []), scope]);
  }
  return { plain, summed };
}

type CoveredScope = ExploredScope & { readonly outcome: TaskResult };

function isCovered(scope: ExploredScope): scope is CoveredScope {
  const { outcome, failure } = scope;
  if (outcome === undefined || failure !== undefined || !isComplete(outcome.result)) return false;
  return outcome.result.properties.every(({ verdict }) => verdict !== 'violated');
}

/** What was explored of all of them together. */
function summary(column: string, scopes: readonly CoveredScope[]): string {
  const states = scopes.map(({ outcome }) => outcome.result.distinctStates);
  const seconds = scopes.reduce((sum, { outcome }) => sum + outcome.seconds, 0);
  const largest = scopes[states.indexOf(Math.max(...states))];
  const all = states.reduce((sum, count) => sum + count, 0);
  return (
    `${column}: ${counted(scopes.length, 'scope')}, each explored completely: ` +
    `${counted(all, 'distinct state')} in all, most of them (${grouped(Math.max(...states))}) in ` +
    `"${largest?.plan.name}"; ${duration(seconds)}`
  );
}

/** "a, b and c". */
function inSentence(parts: readonly string[]): string {
  const before = parts.slice(0, -1).join(', ');
  const [last = ''] = parts.slice(-1);
  return before === '' ? last : `${before} and ${last}`;
}

function indented(text: string, width: number): string[] {
  return wrapText(text, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

/** What exactly was explored of one scope, in one sentence. */
export function exploredSentence(scope: ExploredScope): string {
  const { plan, task, outcome, omitted, failure } = scope;
  const bounds = boundsText(scope)
    .map(text => `; ${text}`)
    .join('');
  const failed = failure === undefined ? '' : `; ended by an error: ${printable(failure.message)}`;
  if (outcome === undefined) {
    return `${plan.name}: ${whyNot[omitted ?? 'interrupted']}${failed}${bounds}`;
  }
  const { result, seconds } = outcome;
  const what = whatWasExplored(result, task.engine);
  const notes = searchNotes(result).map(note => `; ${note}`);
  return `${plan.name}: ${what}${bounds}; ${duration(seconds)}${notes.join('')}${failed}`;
}

function whatWasExplored(result: ExplorationResult, engine: Task['engine']): string {
  switch (engine.kind) {
    case 'exhaustive':
      return covered(result);
    case 'simulate':
      return simulated(result, engine);
    case 'liveness':
      return result.engine === 'exhaustive' ? fairRuns(result) : settled(result, engine);
  }
}

/** Of a search through every fair run. */
function fairRuns({ distinctStates, steps, depth, stopped }: ExplorationResult): string {
  const states =
    `${counted(distinctStates, 'distinct state')}, ${counted(steps, 'step')} between them, ` +
    `depth ${depth}`;
  if (stopped === undefined) return `every fair run looked at: ${states}`;
  return `NOT every fair run looked at, ${endedBy(stopped)}: ${states}`;
}

/** Of random runs that settle: all that there is, or instead of too many fair runs. */
function settled(result: ExplorationResult, { maxStates, seed }: LivenessEngine): string {
  const runs = randomRunsText(result, [`seed ${seed}`, 'at the end of each no faults']);
  if (maxStates === 0) return runs;
  return `more than ${counted(maxStates, 'distinct state')}, so not every fair run: ${runs}`;
}

function covered(result: ExplorationResult): string {
  const { distinctStates, generatedStates, depth, stopped } = result;
  const states = `${counted(distinctStates, 'distinct state')}, ${grouped(generatedStates)} generated, depth ${depth}`;
  if (stopped !== undefined) return `NOT explored completely, ${endedBy(stopped)}: ${states}`;
  if (stoppedAtViolation(result)) return `ended at the violation, not explored further: ${states}`;
  return `explored completely: ${states}`;
}

function simulated(
  result: ExplorationResult,
  { seed, shard }: Pick<RandomRuns, 'seed' | 'shard'>,
): string {
  const part = shard === undefined ? [] : [`shard ${shardText(shard)}`];
  const runs = randomRunsText(result, [`seed ${seed}`, ...part]);
  return `${runs}, in ${counted(result.distinctStates, 'distinct state')}${abstractText(result)}`;
}

/** " (12 abstract states)", where they were counted. */
function abstractText({ abstractStates }: ExplorationResult): string {
  return abstractStates === undefined ? '' : ` (${counted(abstractStates, 'abstract state')})`;
}

/** "2 records, 1 process crash"; bounds of zero are left out. */
function boundsText({ entry, task, outcome }: ExploredScope): [string] | [] {
  // A model of somebody else's may have others by its settings than were asked for.
  const parts = boundWords(entry, outcome?.model.bounds ?? task.request.bounds);
  return parts.length === 0 ? [] : [parts.join(', ')];
}

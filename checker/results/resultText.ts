import type { Asymmetry, SymmetryCheck } from '../core/asymmetry.ts';
import type { StopReason } from '../core/control.ts';
import type { PropertyReport } from './monitor.ts';
import { counted, grouped } from './numbers.ts';
import type { ComparedBreaks, ExplorationResult } from './result.ts';

/*
 * The words for what came of an exploration: the same at the command line, in reports, in JSON and in
 * tests, so that nobody has to find out whether two of them mean the same.
 */

/**
 * Why states that differ by renaming were told apart although symmetry was wished for: what treats
 * interchangeable nodes differently.
 */
export function asymmetryText({ kind, name, nodes }: Asymmetry): string {
  const whom = nodes.length === 0 ? 'interchangeable nodes' : inWords(nodes);
  const differently = `${kind} "${name}" treats ${whom} differently`;
  return `states that differ by renaming were told apart after all: ${differently}`;
}

/**
 * What is to be known of how a search was made, beyond what it came to: why symmetry was left aside, or how
 * far it was checked, and whether memory for learning was used up. Most often nothing.
 */
export function searchNotes({
  asymmetry,
  symmetryCheck,
  isLearningFull = false,
  compared = [],
}: Pick<
  ExplorationResult,
  'asymmetry' | 'symmetryCheck' | 'isLearningFull' | 'compared'
>): string[] {
  const full = 'memory for what is learned of the model was used up, which makes a search slower';
  return [
    ...(asymmetry === undefined ? [] : [asymmetryText(asymmetry)]),
    ...(symmetryCheck === undefined ? [] : partlyChecked(symmetryCheck)),
    ...(isLearningFull ? [full] : []),
    ...compared.flatMap(partlyCompared),
  ];
}

/** That a property may have more causes than were told. */
function partlyCompared({ property, found, compared }: ComparedBreaks): string[] {
  if (compared === found) return [];
  const looked = `of ${counted(found, 'way')} to break it ${grouped(compared)} were compared`;
  return [`${property} may have more causes: ${looked}`];
}

/** With how much it was checked that renaming makes no difference, where that is not everything. */
function partlyChecked({ renamings, of, unchecked }: SymmetryCheck): string[] {
  const checked = 'that renaming nodes makes no difference was checked';
  return [
    ...(renamings < of ? [`${checked} with ${counted(renamings, 'renaming')} of ${of}`] : []),
    ...(unchecked > 0 ? [`${checked} but for ${counted(unchecked, 'computation')}`] : []),
  ];
}

/** "a, b and c". */
function inWords(names: readonly string[]): string {
  const last = names.slice(-1).join('');
  const before = names.slice(0, -1).join(', ');
  return before === '' ? last : `${before} and ${last}`;
}

/** "ended by the time limit". */
export function endedBy(stopped: StopReason): string {
  return stopped === 'interrupted' ? 'interrupted' : `ended by the ${stopped}`;
}

/**
 * What random runs came to: "1,000 random runs, 76,969 steps, seed 1: nothing found, which is no proof".
 *
 * @param circumstances - "seed 1", "shard 2/4": what else is to be said of the runs.
 */
export function randomRunsText(
  { runs = 0, steps, stopped, violations }: RandomRuns,
  circumstances: readonly string[] = [],
): string {
  const made = [counted(runs, 'random run'), counted(steps, 'step'), ...circumstances];
  const ended = stopped === undefined || stopped === 'run limit' ? [] : [endedBy(stopped)];
  const broken = violations.length;
  const found = broken === 0 ? NOTHING_FOUND : `${counted(broken, 'violation')} found`;
  return `${[...made, ...ended].join(', ')}: ${found}`;
}

/** What is needed of the result of random runs. */
export type RandomRuns = Pick<ExplorationResult, 'runs' | 'steps' | 'stopped' | 'violations'>;

/** What random runs say that broke nothing. */
const NOTHING_FOUND = 'nothing found, which is no proof';

/**
 * What must be said with a verdict so that it is not taken for more than it is; nothing where it speaks
 * for itself.
 */
export function verdictReason(
  result: Pick<ExplorationResult, 'verdict' | 'engine' | 'stopped' | 'properties' | 'violations'>,
): string | undefined {
  switch (result.verdict) {
    case 'nothing found':
      return 'random runs prove nothing';
    case 'vacuous':
      return vacuousText(result.properties);
    case 'inconclusive':
      return whyOpen(result);
    default:
      return undefined;
  }
}

/** What was never put to the test: "never put to the test: a, b; never reached: c". */
function vacuousText(reports: readonly PropertyReport[]): string {
  const applicable = reports.filter(
    ({ verdict, elsewhere }) => verdict !== 'not applicable' && elsewhere !== true,
  );
  if (applicable.length === 0) return 'no property says anything here';
  const silent = applicable.filter(({ antecedent }) => antecedent === 0);
  const names = (isGoal: boolean): string =>
    silent
      .filter(({ kind }) => (kind === 'sometimes') === isGoal)
      .map(({ name }) => name)
      .join(', ');
  const [claims, goals] = [names(false), names(true)];
  return [
    ...(claims === '' ? [] : [`never put to the test: ${claims}`]),
    ...(goals === '' ? [] : [`never reached: ${goals}`]),
  ].join('; ');
}

/** Why an exploration leaves properties inconclusive; undefined if it leaves none. */
export function whyOpen({
  stopped,
  properties,
  violations,
}: Pick<ExplorationResult, 'stopped' | 'properties' | 'violations'>): string | undefined {
  if (properties.every(({ verdict }) => verdict !== 'inconclusive')) return undefined;
  if (stopped === 'run limit') return 'it takes the runs of all shards';
  if (stopped !== undefined) return endedBy(stopped);
  const [first] = violations;
  return `ended when ${first?.property ?? 'another property'} was violated`;
}

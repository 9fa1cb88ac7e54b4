import type { ReplayedTrace } from '../corpus/replayedTrace.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { ExploredScope } from './scope.ts';

/**
 * The outcome of a whole check. `nothing found`: of some properties only random runs were made.
 * `impaired`: nothing broke, and of the cluster that is described something is out of use as it stands, of which
 * nothing is claimed. `crashed`: an error ended the search of a scope, whatever the others came to.
 */
export type CheckVerdict =
  | 'holds'
  | 'nothing found'
  | 'violated'
  | 'diverged'
  | 'inconclusive'
  | 'vacuous'
  | 'impaired'
  | 'crashed'
  | 'interrupted';

/** What a check found; `properties` are those of every subject, one after the other. */
export interface Findings {
  readonly corpus: readonly ReplayedTrace[];
  /** Traces of the corpus that the time budget left no time for. */
  readonly notReplayed?: readonly string[];
  readonly scopes: readonly ExploredScope[];
  readonly properties: readonly MergedProperty[];
  /** Whether a property that nothing exercises is a fault of the check, not of the subject. */
  readonly mustExerciseAll: boolean;
  /** Properties that need not be exercised all the same. */
  readonly excused?: readonly MergedProperty[];
  /** Of the cluster what is out of use as it is described: topics, partitions, files that are not there. */
  readonly unusable?: readonly string[];
  /** What is answered without exploring a topic: the quorum of controllers, or clients, were played. */
  readonly isAnswered?: boolean;
  /** Nothing but clients is known, and these lose records. */
  readonly isLostByClients?: boolean;
  /** What was seen less of than the configuration file expects, a line each. */
  readonly unmet?: readonly string[];
}

/** The outcome, the gravest first; after an interrupt there is none that could be relied on. */
export function checkVerdict(findings: Findings): CheckVerdict {
  const { corpus, scopes, properties, mustExerciseAll, excused = [], unmet = [] } = findings;
  const { unusable = [], isAnswered = false, isLostByClients = false } = findings;
  const has = (verdict: MergedProperty['verdict']): boolean =>
    properties.some(property => property.verdict === verdict);
  if (scopes.some(wasInterrupted)) return 'interrupted';
  if (scopes.some(({ failure }) => failure !== undefined)) return 'crashed';
  if (has('violated') || isLostByClients) return 'violated';
  if (corpus.some(({ outcome }) => outcome.word !== 'reproduced')) return 'diverged';
  if (has('inconclusive') || wasLimited(findings)) return 'inconclusive';
  const nothingAsked = properties.every(({ verdict }) => silent.has(verdict));
  if (unusable.length > 0) return nothingAsked ? 'vacuous' : 'impaired';
  if (isAnswered && properties.length === 0) return 'holds';
  if (nothingAsked) return 'vacuous';
  const owed = properties.filter(
    property => property.elsewhere !== true && !excused.includes(property),
  );
  if (mustExerciseAll && owed.some(({ verdict }) => unseen.has(verdict))) return 'vacuous';
  if (unmet.length > 0) return 'vacuous';
  return has('nothing found') ? 'nothing found' : 'holds';
}

/** Whether a limit ended something early, or kept it from beginning. */
export function wasLimited({
  scopes,
  notReplayed = [],
}: Pick<Findings, 'scopes' | 'notReplayed'>): boolean {
  return notReplayed.length > 0 || scopes.some(scope => isLeftOut(scope) || endedByLimit(scope));
}

function isLeftOut({ omitted }: ExploredScope): boolean {
  return omitted === 'time budget';
}

const unseen = new Set<MergedProperty['verdict']>(['not exercised', 'unreached']);
const silent = new Set<MergedProperty['verdict']>([...unseen, 'not applicable']);

function wasInterrupted({ outcome, omitted = 'interrupted' }: ExploredScope): boolean {
  return (outcome === undefined ? omitted : outcome.result.stopped) === 'interrupted';
}

/** Fewer states or runs than asked for: somebody may rely on them. */
function endedByLimit({ outcome }: ExploredScope): boolean {
  const stopped = outcome?.result.stopped;
  return (
    stopped !== undefined && stopped !== 'run limit' && outcome?.result.violations.length === 0
  );
}

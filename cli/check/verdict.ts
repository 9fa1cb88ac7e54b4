import type { exitCodes } from '../errors.ts';
import type { ReplayedTrace } from './corpus.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { ExploredScope } from './scope.ts';

/** The outcome of a whole check. */
export type CheckVerdict = Exclude<keyof typeof exitCodes, 'usage' | 'internal'>;

/** What a check found; `properties` are those of every subject, one after the other. */
export interface Findings {
  readonly corpus: readonly ReplayedTrace[];
  readonly scopes: readonly ExploredScope[];
  readonly properties: readonly MergedProperty[];
  /** Whether a property that nothing exercises is a fault of the check, not of the subject. */
  readonly mustExerciseAll: boolean;
}

/** The outcome, the gravest first; after an interrupt there is none that could be relied on. */
export function checkVerdict({
  corpus,
  scopes,
  properties,
  mustExerciseAll,
}: Findings): CheckVerdict {
  const has = (verdict: MergedProperty['verdict']): boolean =>
    properties.some(property => property.verdict === verdict);
  if (scopes.some(wasInterrupted)) return 'interrupted';
  if (has('violated')) return 'violated';
  if (corpus.some(({ outcome }) => outcome.word !== 'reproduced')) return 'diverged';
  if (has('inconclusive') || scopes.some(endedByLimit)) return 'inconclusive';
  const nothingAsked = properties.every(({ verdict }) => silent.has(verdict));
  if (nothingAsked) return 'vacuous';
  if (mustExerciseAll && (has('not exercised') || has('unreached'))) return 'vacuous';
  return 'holds';
}

const silent = new Set<MergedProperty['verdict']>(['not exercised', 'not applicable', 'unreached']);

function wasInterrupted({ outcome }: ExploredScope): boolean {
  return outcome === undefined || outcome.result.stopped === 'interrupted';
}

/** Fewer states or runs than asked for: somebody may rely on them. */
function endedByLimit({ outcome }: ExploredScope): boolean {
  const stopped = outcome?.result.stopped;
  return (
    stopped !== undefined && stopped !== 'run limit' && outcome?.result.violations.length === 0
  );
}

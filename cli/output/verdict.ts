import type { ExplorationResult, Verdict } from '../../checker/explore/result.ts';
import { exitCodes } from '../errors.ts';

/**
 * The verdict as it is shown. An exploration in which no property says anything explored states
 * without asking them anything: that is vacuous, whatever the engine calls it.
 */
export function shownVerdict({ verdict, properties }: ExplorationResult): Verdict {
  if (verdict !== 'holds') return verdict;
  return properties.every(report => report.verdict === 'not applicable') ? 'vacuous' : verdict;
}

/**
 * The exit code of one exploration. A simulation that made all the runs it was asked for did its
 * job: it ends with 0, in words that claim no more than that.
 */
export function exitCodeOf(result: ExplorationResult): number {
  if (result.stopped === 'interrupted') return exitCodes.interrupted;
  if (result.stopped === 'run limit' && result.verdict === 'inconclusive') {
    return anythingChecked(result) ? exitCodes.holds : exitCodes.vacuous;
  }
  return exitCodes[shownVerdict(result)];
}

function anythingChecked({ properties }: ExplorationResult): boolean {
  return properties.some(report => report.verdict !== 'not applicable');
}

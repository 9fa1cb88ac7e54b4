import type { ExplorationResult } from '../../checker/explore/result.ts';
import { exitCodes } from '../errors.ts';

/**
 * The exit code of one exploration. A simulation that made all the runs it was asked for did its
 * job: it ends with 0, in words that claim no more than that.
 */
export function exitCodeOf(result: Pick<ExplorationResult, 'verdict' | 'stopped'>): number {
  if (result.stopped === 'interrupted') return exitCodes.interrupted;
  if (result.stopped === 'run limit' && result.verdict === 'inconclusive') return exitCodes.holds;
  return exitCodes[result.verdict];
}

import type { ExplorationResult } from '../../checker/results/result.ts';
import { exitCodes } from '../exitCodes.ts';

/**
 * The exit code of one exploration. Random runs that found nothing did their job: they end with 0, in
 * words that claim no more than that. So does a shard of them, which may leave things open to others.
 */
export function exitCodeOf(result: Pick<ExplorationResult, 'verdict' | 'stopped'>): number {
  if (result.stopped === 'interrupted') return exitCodes.interrupted;
  if (result.stopped === 'run limit' && result.verdict === 'inconclusive') return exitCodes.holds;
  return exitCodes[result.verdict === 'nothing found' ? 'holds' : result.verdict];
}

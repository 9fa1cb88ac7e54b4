import { NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import type { ExplorationResult } from '../results/result.ts';

/**
 * Holds two simulations with one seed to each other, state by state, through their hash chains. Where
 * a limit cut them short at different runs, there is nothing to compare.
 *
 * @throws NondeterminismError when they made the same number of runs and saw different states.
 */
export function expectSameRuns(first: ExplorationResult, second: ExplorationResult): void {
  if (first.chain === second.chain) return;
  if (wasCut(first) || wasCut(second)) return;
  const chains = `${first.chain} after ${first.steps} steps and ${second.chain} after ${second.steps}`;
  throw new NondeterminismError(`${nondeterminismMessage('one seed')} (${chains})`, []);
}

function wasCut({ stopped }: ExplorationResult): boolean {
  return stopped !== undefined && stopped !== 'run limit';
}

import { counted } from '../../checker/results/numbers.ts';
import { majorityOf } from '../../models/kafkaConfig/quorumArithmetic.ts';
import { type QuorumState, silentVoters } from '../../models/kafkaConfig/quorumState.ts';

/** Where the metadata quorum of a running cluster stands, and what the next failure of a voter does. */
export function quorumStateSentences(state: QuorumState | undefined): string[] {
  if (state === undefined) return [];
  const { voters, leader } = state;
  const silent = silentVoters(state);
  const named = voters.map(({ id }) => id).join(', ');
  const leads = leader === undefined ? 'none leads' : `${leader} leads`;
  const alive = voters.length - silent.length;
  return [
    `The voters are ${named}; ${leads}.`,
    ...silent.map(({ id, silentMs = 0 }) => {
      const since =
        silentMs === 'never' ? `since ${leads}` : `for ${(silentMs / 1000).toFixed(1)} s`;
      return `Voter ${id} had not fetched ${since}: it is down or cut off, and is not counted as alive.`;
    }),
    nextFailure(alive, majorityOf(voters.length)),
  ];
}

function nextFailure(alive: number, majority: number): string {
  const left = alive - majority;
  if (left < 0) {
    return `${counted(alive, 'voter')} of the ${majority} that are needed: nothing is elected and no ISR changes.`;
  }
  if (left === 0) return 'The next failure of a voter stops every election and ISR change.';
  return `${counted(left, 'more voter')} may fail, whichever.`;
}

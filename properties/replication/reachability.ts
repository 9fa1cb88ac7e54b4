import { electionGoals } from './goals/elections.ts';
import { logGoals } from './goals/logs.ts';
import { membershipGoals } from './goals/membership.ts';
import type { ReplicationGoal } from './replicationScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';

/** Goals that show that the model plays the scenes which the other properties guard. */
export function replicationGoals(facts: ScopeFacts): ReplicationGoal[] {
  return [...electionGoals(facts), ...logGoals(facts), ...membershipGoals(facts)];
}

import { electionGoals } from './goals/elections.ts';
import { logGoals } from './goals/logs.ts';
import { membershipGoals } from './goals/membership.ts';
import { operatorGoals } from './goals/operators.ts';
import { topicGoals } from './goals/topics.ts';
import type { PartitionGoal } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';

/** Goals that show that the model plays the scenes which the other properties guard. */
export function replicationGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    ...electionGoals(facts),
    ...logGoals(facts),
    ...membershipGoals(facts),
    ...topicGoals(facts),
    ...operatorGoals(facts),
  ];
}

import { electionGoals } from './goals/elections.ts';
import { logGoals } from './goals/logs.ts';
import { messageGoals } from './goals/messages.ts';
import { voterGoals } from './goals/voters.ts';
import type { KraftGoal } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/** Goals that show that the model plays the scenes which the other properties guard. */
export function kraftGoals(facts: KraftFacts): KraftGoal[] {
  return [
    ...electionGoals(facts),
    ...logGoals(facts),
    ...voterGoals(facts),
    ...messageGoals(facts),
  ];
}

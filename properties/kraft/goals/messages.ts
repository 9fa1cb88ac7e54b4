import { goal } from '../../goal.ts';
import { type KraftGoal, someNodeAcross } from '../kraftScope.ts';
import type { KraftFacts } from '../scopeFacts.ts';

/** Goals about messages that are late, or there twice. */
export function messageGoals(facts: KraftFacts): KraftGoal[] {
  return [lateMessageRaisesEpoch(facts)];
}

function lateMessageRaisesEpoch(facts: KraftFacts): KraftGoal {
  return goal(
    'late-message-raises-epoch',
    'A message that fell behind, or was there twice, brings a node to a newer epoch.',
    {
      needs: 'delayedMessages or duplicatedMessages',
      reaches: (before, after, { name }) =>
        name === 'deliverStray' &&
        someNodeAcross(facts, before, after, (was, is) => is.epoch > was.epoch),
    },
  );
}

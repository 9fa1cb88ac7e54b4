import { unless } from '../notApplicable.ts';
import { type KraftInvariant, someNode } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/** An active controller decides on the whole history: it has applied the first record of its epoch. */
export function activeControllerHasWholeLog(facts: KraftFacts): KraftInvariant {
  const { node: nodes, config } = facts;
  return {
    name: 'active-controller-has-whole-log',
    kind: 'invariant',
    statement: 'An active controller leads, and has applied its log up to its epoch.',
    loss: 'The active controller decides on metadata that is out of date.',
    source: 'KafkaRaftClient.maybeFireLeaderChange; KAFKA-15345, KAFKA-12958',
    ...unless(config.slowListeners ? undefined : 'listeners are not modelled in this scope'),
    when: state => someNode(facts, state, ({ active }) => active),
    holds({ protocol }) {
      for (const node of nodes.all) {
        const { active, state, appliedOffset, epochStartOffset } = protocol.nodes.get(node);
        if (!active) continue;
        const who = `the controller of ${nodes.nameOf(node)} is active`;
        if (state.state !== 'leader') return `${who}, and the node is ${state.state}`;
        if (appliedOffset > epochStartOffset) continue;
        const since = `its epoch began at ${epochStartOffset}`;
        return `${who}, it has applied what is below offset ${appliedOffset}, and ${since}`;
      }
      return true;
    },
  };
}

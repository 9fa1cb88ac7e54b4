import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
import type { PartitionGoal } from '../partitionScope.ts';
import type { ScopeFacts } from '../scopeFacts.ts';
import { brokerViewOf, controllerView, isUp } from '../view.ts';

/** Goals about a topic that is deleted and created again. */
export function topicGoals(facts: ScopeFacts): PartitionGoal[] {
  return [strayLogReplaced(facts), absentBrokerJoins(facts)];
}

function strayLogReplaced(facts: ScopeFacts): PartitionGoal {
  const { broker, rules } = facts;
  return goal(
    'stray-log-replaced',
    'A broker that starts finds a log of a deleted topic, and begins the one of its name without it.',
    {
      needs: 'topicDeletions, and a process that stops with its log',
      notApplicable: firstOf(
        rules.deletesTopicAtOnce ? undefined : 'a topic is not deleted while a broker is down',
        rules.strayLogs === 'replaced' ? undefined : 'the release is older than this rule',
      ),
      reaches(before, after) {
        for (const each of broker.all) {
          if (isUp(before.protocol, each) || !isUp(after.protocol, each)) continue;
          const { topicId } = before.protocol.replicas.get(each);
          const view = brokerViewOf(after.protocol, each);
          const isBegun = after.protocol.replicas.get(each).topicId === view.topicId;
          if (topicId !== 0 && topicId !== view.topicId && isBegun) return true;
        }
        return false;
      },
    },
  );
}

function absentBrokerJoins(facts: ScopeFacts): PartitionGoal {
  const { rules } = facts;
  return goal(
    'absent-broker-joins-recreated-topic',
    'A broker that was fenced when its topic was created again joins the ISR of the new topic.',
    {
      needs: 'topicDeletions, and a broker that is fenced and comes back',
      notApplicable: rules.placesOnFencedBrokers
        ? undefined
        : 'no replica is placed on a fenced broker',
      reaches(before, after) {
        const was = controllerView(before.protocol);
        const is = controllerView(after.protocol);
        // The first change of the new topic: who was not in its ISR was not active.
        if (was.topicId < 2 || is.topicId !== was.topicId || was.partitionEpoch > 0) return false;
        return was.isr.isSubsetOf(is.isr) && is.isr.size > was.isr.size;
      },
    },
  );
}

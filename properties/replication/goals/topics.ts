import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
import type { PartitionGoal } from '../partitionScope.ts';
import { onlyOneReplica, type ScopeFacts } from '../scopeFacts.ts';
import { brokerViewOf, controllerView, isUp } from '../view.ts';

/** Goals about a topic that is deleted and created again. */
export function topicGoals(facts: ScopeFacts): PartitionGoal[] {
  return [strayLogReplaced(facts), absentBrokerJoins(facts)];
}

const noDeletion = ({ bounds }: ScopeFacts): string | undefined =>
  bounds.topicDeletions > 0 ? undefined : 'the topic is not deleted';

function strayLogReplaced(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, rules } = facts;
  const stops = bounds.crashes + facts.powerLosses + bounds.shutdowns;
  return goal(
    'stray-log-replaced',
    'A broker that starts finds a log of a deleted topic, and begins the one of its name without it.',
    {
      notApplicable: firstOf(
        noDeletion(facts),
        rules.deletesTopicAtOnce ? undefined : 'a topic is not deleted while a broker is down',
        rules.strayLogs === 'replaced' ? undefined : 'the release is older than this rule',
        stops > 0 ? undefined : 'no process stops with its log',
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
  const { bounds, rules } = facts;
  // One that has stopped gets no replica before something else happens to the partition.
  const mayLive = bounds.pauses + bounds.missedHeartbeats + bounds.partitions > 0;
  const absent = rules.strayLogs === 'replaced' ? facts.fencings > 0 : mayLive;
  return goal(
    'absent-broker-joins-recreated-topic',
    'A broker that was fenced when its topic was created again joins the ISR of the new topic.',
    {
      notApplicable: firstOf(
        noDeletion(facts),
        onlyOneReplica(facts),
        rules.placesOnFencedBrokers ? undefined : 'no replica is placed on a fenced broker',
        absent ? undefined : 'no broker is fenced and comes back',
      ),
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

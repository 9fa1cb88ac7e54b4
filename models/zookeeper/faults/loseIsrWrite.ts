import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { decideOnTopic } from '../../replication/partitionChange.ts';
import type { ZooKeeperContext } from '../context.ts';
import { partitionPart } from '../recorders.ts';

/**
 * loseIsrWrite: a leader that removes a lagging follower writes the state znode itself (before 2.7), and its connection
 * breaks before it hears so. It writes again, on condition of a version that is over by now, is refused, and finds that
 * what is there is what it has written. Limited by `lostAnswers`.
 *
 * Source: ReplicationUtils.checkLeaderAndIsrZkData, KafkaZkClient.conditionalUpdatePath (CONNECTIONLOSS); KAFKA-1382.
 */
export function loseIsrWrite(context: ZooKeeperContext): AnyAction {
  const { shrinkIsr } = context.acts;
  return context.action({
    name: 'loseIsrWrite',
    kind: 'fault',
    actor: 'network',
    phrase: '{leader} writes an ISR without {follower}, and the answer is lost',
    params: { leader: anyNode(context.broker), follower: anyNode(context.broker) },
    spends: 'lostAnswers',
    weight: 0.1,
    enabled({ protocol }, choice) {
      if (context.partition.rules.isrChange !== 'zookeeper') return 'the controller writes the ISR';
      return partitionPart.enabled(shrinkIsr, protocol, choice);
    },
    step(step, choice) {
      const { protocol } = step;
      protocol.zooKeeper.isrChanged = true;
      if (context.rules.recognisesOwnWrite) {
        partitionPart.take(shrinkIsr, step, choice);
        return;
      }
      decideOnTopic(context.partition, protocol.partition, draft => {
        draft.isr.delete(choice.follower);
        draft.partitionEpoch++;
      });
    },
  });
}

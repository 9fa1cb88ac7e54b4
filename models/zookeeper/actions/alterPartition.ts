import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { answerAlterPartition } from '../../replication/actions/alterPartition.ts';
import type { AlterPartitionAnswer } from '../../replication/alterPartition.ts';
import { decideOnTopic } from '../../replication/partitionChange.ts';
import { partitionIn } from '../../replication/partitionScope.ts';
import type { AlterPartitionView } from '../../replication/schema.ts';
import type { ZooKeeperContext } from '../context.ts';
import { type Acting, act, mayWrite, resign } from '../controller.ts';
import { onlyPartition, stateAt, versionNow } from '../store.ts';
import { cannotHandle } from './events.ts';

/**
 * handleAlterPartition: the controller handles the ISR that a leader proposes (from 2.7 on).
 *
 * Who: a controller that takes itself for active: the leader may have heard of a newer one or not. Changes: a request
 * that fits what the controller has cached is written to the state znode, if that has the version of the cache, and
 * the leader is answered; everybody gets the metadata, and nobody a LeaderAndIsr. A controller that was replaced
 * learns it by the check of its write, and the leader sends again.
 *
 * Not checked, as in Kafka: the broker epochs of members (KIP-903), that the sender is the leader.
 *
 * Source: KafkaController.tryProcessAlterPartition; KIP-497.
 */
export function handleAlterPartition(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'handleAlterPartition',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} handles the AlterPartition of {sender}',
    params: { controller: anyNode(context.broker), sender: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller, sender }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      const { alterPartition } = protocol.partition.partitions.get(onlyPartition(context));
      return alterPartition.get(sender).inFlight === 'request' || 'no request is in flight';
    },
    step({ protocol, record }, { controller, sender }) {
      const partition = partitionIn(context.partition, protocol.partition, onlyPartition(context));
      act({ context, protocol, record }, controller, acting => {
        const request = partition.alterPartition.get(sender);
        const answer = answerTo(acting, request, acting.view.epochs.get(sender));
        if (answer !== 'NONE') {
          answerAlterPartition(partition, sender, answer);
        } else if (!mayWrite(context, protocol, controller)) {
          resign(context, protocol, controller);
        } else {
          writeIsr(acting, request);
          answerAlterPartition(partition, sender, 'NONE');
        }
      });
    },
  });
}

function answerTo(
  { step: { context, protocol }, view }: Acting,
  request: AlterPartitionView,
  brokerEpoch: number,
): AlterPartitionAnswer {
  const { leaderEpoch, partitionEpoch } = stateAt(context, protocol, view.version);
  if (request.senderBrokerEpoch !== brokerEpoch) return 'STALE_BROKER_EPOCH';
  if (request.leaderEpoch > leaderEpoch || request.partitionEpoch > partitionEpoch) {
    return 'NOT_CONTROLLER';
  }
  if (request.leaderEpoch < leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (request.partitionEpoch < partitionEpoch) return 'INVALID_UPDATE_VERSION';
  if (!request.isr.every(each => view.live.has(each))) return 'INELIGIBLE_REPLICA';
  return view.version === versionNow(protocol) ? 'NONE' : 'INVALID_UPDATE_VERSION';
}

function writeIsr({ step, view, batch }: Acting, { isr }: AlterPartitionView): void {
  const { context, protocol } = step;
  decideOnTopic(context.partition, protocol.partition, draft => {
    draft.isr.assign(isr);
    draft.recovering = false;
    draft.partitionEpoch++;
  });
  view.version = versionNow(protocol);
  batch.updateMetadata(view.live);
}

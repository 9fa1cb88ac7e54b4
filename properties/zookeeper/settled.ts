import type { Broker } from '../../models/replication/schema.ts';
import { isAssigned, isUp } from '../replication/view.ts';
import {
  controllerOf,
  isRegistered,
  isSettled,
  stateOf,
  toldTo,
  versionOf,
  type ZooKeeperFacts,
  type ZooKeeperInvariant,
  type ZooKeeperScope,
} from './zooKeeperScope.ts';

const rest = 'rest: nothing is on its way, and everybody is registered or given up';

/** Whatever was lost on the way: in the end brokers do what is in ZooKeeper, and tell clients so. */
export function brokersKnowTheState(facts: ZooKeeperFacts): ZooKeeperInvariant {
  const { broker } = facts;
  return {
    name: 'settled-brokers-know-the-state',
    kind: 'invariant',
    statement:
      'When nothing is under way, every live broker does what ZooKeeper has for it, and tells clients so.',
    loss: 'A broker leads, follows or stands still by what is not true any more, and nothing will tell it.',
    source: 'KafkaController.onControllerFailover (everything is told again), KIP-380',
    needs: rest,
    when: state => isSettled(facts, state),
    holds(state) {
      const now = stateOf(facts, state);
      for (const each of broker.all) {
        if (!isUp(state.protocol.partition, each)) continue;
        const wrong = isAssigned(now, each) ? wrongRole(facts, state, each) : undefined;
        const found = wrong ?? wrongMetadata(facts, state, each);
        if (found !== undefined) return `${broker.nameOf(each)} ${found}`;
      }
      return true;
    },
  };
}

function wrongRole(
  facts: ZooKeeperFacts,
  state: ZooKeeperScope,
  broker: Broker,
): string | undefined {
  if (!state.protocol.heard.get(broker).isTold) return 'was told nothing of its replica';
  const [now, told] = [stateOf(facts, state), toldTo(facts, state, broker)];
  if (told.leaderEpoch === now.leaderEpoch && told.leader === now.leader)
    return stopped(facts, state, broker);
  return `is in leader epoch ${told.leaderEpoch}, and ZooKeeper has ${now.leaderEpoch}`;
}

/** A follower of a leader that is there fetches, unless it was told to stop. */
function stopped(
  { partition }: ZooKeeperFacts,
  { protocol }: ZooKeeperScope,
  broker: Broker,
): string | undefined {
  const { role } = protocol.partition.partitions.get(partition).replicas.get(broker);
  const { metadataOffset } = protocol.partition.brokers.get(broker);
  const { history, firstOffset } = protocol.partition.metadata;
  const { leader } = history.get(metadataOffset - firstOffset).partitions.get(partition);
  return role.state === 'idle' && leader !== undefined ? 'does not fetch' : undefined;
}

function wrongMetadata(
  facts: ZooKeeperFacts,
  state: ZooKeeperScope,
  broker: Broker,
): string | undefined {
  const now = stateOf(facts, state);
  const { leader, leaderEpoch, live } = state.protocol.heard.get(broker);
  if (leader !== now.leader || leaderEpoch !== now.leaderEpoch) {
    return `tells clients of leader epoch ${leaderEpoch}, and ZooKeeper has ${now.leaderEpoch}`;
  }
  const missing = facts.broker.all.find(each => isRegistered(state, each) !== live.has(each));
  return missing === undefined
    ? undefined
    : `does not know whether ${facts.broker.nameOf(missing)} is alive`;
}

/** What the controller decides by is what there is: it has read every change, of the state and of who is there. */
export function controllerKnowsTheState(facts: ZooKeeperFacts): ZooKeeperInvariant {
  const { broker } = facts;
  return {
    name: 'settled-controller-knows-the-state',
    kind: 'invariant',
    statement:
      'When nothing is under way, the controller has read the newest state, and knows who is alive.',
    loss: 'The controller decides by what is not true any more, and refuses what leaders ask for.',
    source: 'KafkaController.processIsrChangeNotification, processBrokerChange; KAFKA-5879',
    needs: rest,
    when: state => isSettled(facts, state),
    holds(state) {
      const controller = controllerOf(state);
      if (controller === undefined) return true;
      const { version, live } = state.protocol.controllers.get(controller);
      const name = broker.nameOf(controller);
      const newest = versionOf(state);
      if (version !== newest)
        return `${name} has read version ${version}, and the newest is ${newest}`;
      const missing = broker.all.find(each => isRegistered(state, each) !== live.has(each));
      return (
        missing === undefined || `${name} does not know whether ${broker.nameOf(missing)} is alive`
      );
    },
  };
}

/** The controller looks for a leader whenever there may be one. */
export function partitionIsLedWhenSettled(facts: ZooKeeperFacts): ZooKeeperInvariant {
  const { broker } = facts;
  return {
    name: 'settled-partition-is-led',
    kind: 'invariant',
    statement:
      'When nothing is under way, a partition is led while a member of its ISR is registered.',
    loss: 'A partition stays offline although a replica with every committed record is there.',
    source: 'KafkaController.onBrokerStartup, triggerOnlinePartitionStateChange',
    needs: rest,
    when: state => isSettled(facts, state) && stateOf(facts, state).replicas.length > 0,
    holds(state) {
      const now = stateOf(facts, state);
      const { leader } = now;
      if (leader !== undefined && isRegistered(state, leader)) return true;
      const candidate = broker.all.find(each => now.isr.has(each) && isRegistered(state, each));
      return (
        candidate === undefined || `nobody leads, and ${broker.nameOf(candidate)} is in the ISR`
      );
    },
  };
}

/** A topic that is gone from ZooKeeper is gone from the brokers. */
export function deletedTopicsStayDeleted(facts: ZooKeeperFacts): ZooKeeperInvariant {
  const { broker, partition } = facts;
  return {
    name: 'deleted-topics-stay-deleted',
    kind: 'invariant',
    statement: 'When a topic is gone from ZooKeeper, no broker has a replica of it.',
    loss: 'A broker serves records that were deleted, or has them in the way of another topic of the name.',
    source: 'TopicDeletionManager.completeDeleteTopic',
    needs: 'topicDeletions',
    when: state => stateOf(facts, state).replicas.length === 0,
    holds({ protocol }) {
      const { replicas } = protocol.partition.partitions.get(partition);
      const left = broker.all.find(each => {
        const { role, topicId } = replicas.get(each);
        return role.state === 'leading' || role.state === 'following' || topicId !== 0;
      });
      return left === undefined || `${broker.nameOf(left)} has a replica of the deleted topic`;
    },
  };
}

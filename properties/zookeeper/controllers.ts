import type { Broker } from '../../models/replication/schema.ts';
import {
  handledBy,
  stateOf,
  toldTo,
  versionOf,
  type ZooKeeperFacts,
  type ZooKeeperInvariant,
  type ZooKeeperScope,
  type ZooKeeperStepProperty,
} from './zooKeeperScope.ts';

/** Two may act at one time; by their epochs brokers and ZooKeeper tell who is the newer. */
export function oneControllerInAnEpoch({ broker }: ZooKeeperFacts): ZooKeeperInvariant {
  return {
    name: 'one-controller-in-an-epoch',
    kind: 'invariant',
    statement: 'At most one broker acts as controller in a controller epoch.',
    loss: 'Brokers obey two controllers, and cannot tell which of them is to be obeyed.',
    source: 'KafkaZkClient.registerControllerAndIncrementControllerEpoch',
    when: state => broker.all.some(each => epochOf(state, each) > 0),
    holds(state) {
      const { controllers, zooKeeper } = state.protocol;
      const acting = broker.all.filter(each => epochOf(state, each) > 0);
      for (const each of acting) {
        const { epoch } = controllers.get(each);
        if (epoch > zooKeeper.controllerEpoch) {
          return `${broker.nameOf(each)} acts in epoch ${epoch}, and ZooKeeper has ${zooKeeper.controllerEpoch}`;
        }
        const other = acting.find(one => one > each && controllers.get(one).epoch === epoch);
        if (other !== undefined) {
          return `${broker.nameOf(each)} and ${broker.nameOf(other)} act in epoch ${epoch}`;
        }
      }
      return true;
    },
  };
}

/** The epoch that a controller has begun; 0 where there is none, or where it has not begun one yet (before 2.1). */
function epochOf({ protocol }: ZooKeeperScope, broker: Broker): number {
  return protocol.controllers.get(broker).epoch;
}

/** Whoever begins a controller epoch is named in `/controller`, and the epoch is newer than all before. */
export function controllerEpochGrows({ broker }: ZooKeeperFacts): ZooKeeperStepProperty {
  const isBegun = (before: ZooKeeperScope, after: ZooKeeperScope, each: Broker): boolean =>
    epochOf(before, each) === 0 && epochOf(after, each) > 0;
  return {
    name: 'controller-epoch-grows',
    kind: 'step',
    statement:
      'The controller of /controller begins a newer epoch than all before, and nobody else does.',
    loss: 'Requests of an earlier controller are obeyed, and those of the present one are refused.',
    source: 'KafkaZkClient.registerControllerAndIncrementControllerEpoch; KAFKA-6082 (2.1)',
    needs: 'another controller',
    when: (before, after) => broker.all.some(each => isBegun(before, after, each)),
    holds(before, after) {
      const [was, is] = [before, after].map(each => each.protocol.zooKeeper.controllerEpoch);
      if (Number(is) <= Number(was)) return `the controller epoch went from ${was} to ${is}`;
      const other = broker.all.find(
        each => isBegun(before, after, each) && after.protocol.zooKeeper.controller !== each,
      );
      return (
        other === undefined ||
        `${broker.nameOf(other)} begins epoch ${is}, and is not the controller any more`
      );
    },
  };
}

/**
 * One effective controller: what an earlier one writes is refused. Since 2.1 (KAFKA-6082); before that a controller
 * that does not know yet that it was replaced writes, where nobody has written the same znode meanwhile.
 */
export function onlyTheControllerWrites(facts: ZooKeeperFacts): ZooKeeperStepProperty {
  const { broker } = facts;
  const writer = (params: Readonly<Record<string, unknown>>): Broker | undefined => {
    return broker.named(String(params['controller']));
  };
  return {
    name: 'only-the-controller-writes',
    kind: 'step',
    statement:
      'Only the controller of the present controller epoch writes the state of a partition.',
    loss: 'A controller that was replaced overwrites what the present one has decided.',
    source: 'KAFKA-6082 (2.1); ControllerMovedException',
    needs: 'a controller that writes',
    when: (before, after, { params }) =>
      writer(params) !== undefined && versionOf(before) !== versionOf(after),
    holds(before, _, { params }) {
      const by = writer(params);
      if (by === undefined) return true;
      const epoch = epochOf(before, by);
      const present = before.protocol.zooKeeper.controllerEpoch;
      if (epoch === present) return true;
      return `${broker.nameOf(by)} writes in controller epoch ${epoch}, and the present one is ${present}`;
    },
  };
}

/** A broker that has heard of a newer controller does nothing that an earlier one asks for. */
export function brokersObeyTheNewestController(facts: ZooKeeperFacts): ZooKeeperStepProperty {
  const { broker: brokers } = facts;
  return {
    name: 'brokers-obey-the-newest-controller',
    kind: 'step',
    statement: 'A request of an earlier controller than the broker has heard of changes nothing.',
    loss: 'A controller that was replaced makes brokers lead and follow.',
    source: 'ReplicaManager.becomeLeaderOrFollower (STALE_CONTROLLER_EPOCH)',
    needs: 'a request of an earlier controller',
    when(before, _, action) {
      const handled = handledBy(facts, before, action);
      if (handled === undefined) return false;
      const { controllerEpoch } = before.protocol.heard.get(handled.broker);
      return handled.request.controllerEpoch < controllerEpoch;
    },
    holds(before, after, action) {
      const handled = handledBy(facts, before, action);
      if (handled === undefined || isUntouched(facts, [before, after], handled.broker)) return true;
      return `${brokers.nameOf(handled.broker)} obeys the controller of epoch ${handled.request.controllerEpoch}`;
    },
  };
}

/** What was meant for the process before it changes nothing of a broker. Since 2.2 (KIP-380). */
export function requestsReachTheirIncarnation(facts: ZooKeeperFacts): ZooKeeperStepProperty {
  const { broker: brokers } = facts;
  return {
    name: 'requests-reach-their-incarnation',
    kind: 'step',
    statement: 'A request that was made for an earlier registration of a broker changes nothing.',
    loss: 'A broker that has restarted is told what was meant for the process before it.',
    source: 'KIP-380 (2.2); KafkaApis.isBrokerEpochStale',
    needs: 'a request to a broker that has registered since',
    when(before, _, action) {
      const handled = handledBy(facts, before, action);
      if (handled === undefined) return false;
      const { brokerEpoch } = before.protocol.partition.brokers.get(handled.broker);
      return handled.request.brokerEpoch < brokerEpoch;
    },
    holds(before, after, action) {
      const handled = handledBy(facts, before, action);
      if (handled === undefined || isUntouched(facts, [before, after], handled.broker)) return true;
      const { brokerEpoch } = handled.request;
      return `${brokers.nameOf(handled.broker)} does what it was told in broker epoch ${brokerEpoch}`;
    },
  };
}

/** Whether a step has left role and metadata cache of a broker as they were. */
function isUntouched(
  facts: ZooKeeperFacts,
  [before, after]: readonly [ZooKeeperScope, ZooKeeperScope],
  broker: Broker,
): boolean {
  const [was, is] = [before, after].map(({ protocol }) => {
    const { leader, leaderEpoch, isTold } = protocol.heard.get(broker);
    const { role } = protocol.partition.partitions.get(facts.partition).replicas.get(broker);
    const { metadataOffset } = protocol.partition.brokers.get(broker);
    // A process that was told nothing has no version of its own.
    return [leader, leaderEpoch, isTold, role.state, isTold ? metadataOffset : 0].join();
  });
  return was === is;
}

/** A live broker never goes back to an earlier leader epoch. */
export function rolesDoNotGoBack(facts: ZooKeeperFacts): ZooKeeperStepProperty {
  const { broker } = facts;
  const isTold = ({ protocol }: ZooKeeperScope, each: Broker): boolean =>
    protocol.heard.get(each).isTold;
  return {
    name: 'roles-do-not-go-back',
    kind: 'step',
    statement:
      'What a live broker knows of a partition never goes back to an earlier leader epoch.',
    loss: 'A broker leads again although it knew that another does.',
    source: 'KAFKA-1188 (0.8.2); ReplicaManager.becomeLeaderOrFollower',
    needs: 'an election',
    when: (before, after) =>
      broker.all.some(
        each =>
          isTold(before, each) &&
          isTold(after, each) &&
          toldTo(facts, before, each).leaderEpoch !== toldTo(facts, after, each).leaderEpoch,
      ),
    holds(before, after) {
      for (const each of broker.all) {
        if (!isTold(before, each) || !isTold(after, each)) continue;
        const [was, is] = [toldTo(facts, before, each), toldTo(facts, after, each)];
        if (was.topicId !== is.topicId || is.leaderEpoch >= was.leaderEpoch) continue;
        return `${broker.nameOf(each)} went from leader epoch ${was.leaderEpoch} to ${is.leaderEpoch}`;
      }
      return true;
    },
  };
}

/** The last member stays, so that it is known who has everything that is committed. */
export function isrHasAMember(facts: ZooKeeperFacts): ZooKeeperInvariant {
  return {
    name: 'isr-has-a-member',
    kind: 'invariant',
    statement: 'The ISR of a partition is never empty.',
    loss: 'Nobody knows who has everything that is committed, and the partition stays without a leader.',
    source: 'KAFKA-708, KAFKA-1097; ReplicaStateMachine.doRemoveReplicasFromIsr',
    when: state => stateOf(facts, state).replicas.length > 0,
    holds: state => !stateOf(facts, state).isr.isEmpty || 'nobody is in the ISR',
  };
}

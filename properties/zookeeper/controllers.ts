import type { Broker } from '../../models/replication/schema.ts';
import {
  handledBy,
  isActing,
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
    when: state => broker.all.some(each => isActing(state, each)),
    holds(state) {
      const { controllers, zooKeeper } = state.protocol;
      const acting = broker.all.filter(each => isActing(state, each));
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

/** Whoever creates `/controller` begins an epoch. */
export function controllerEpochGrows(_: ZooKeeperFacts): ZooKeeperStepProperty {
  const names = ({ protocol }: ZooKeeperScope) => protocol.zooKeeper.controller;
  return {
    name: 'controller-epoch-grows',
    kind: 'step',
    statement: 'The controller epoch grows with every controller that is elected, and never falls.',
    loss: 'Requests of an earlier controller are obeyed as if they were of the present one.',
    source: 'KafkaZkClient.registerControllerAndIncrementControllerEpoch',
    needs: 'another controller',
    when: (before, after) => names(before) !== names(after) && names(after) !== undefined,
    holds(before, after) {
      const [was, is] = [before, after].map(each => each.protocol.zooKeeper.controllerEpoch);
      return Number(is) > Number(was) || `the controller epoch went from ${was} to ${is}`;
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
    const name = params['controller'];
    return typeof name === 'string' ? broker.named(name) : undefined;
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
      const { controllers, zooKeeper } = before.protocol;
      const { epoch } = controllers.get(by);
      if (epoch === zooKeeper.controllerEpoch) return true;
      const present = zooKeeper.controllerEpoch;
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

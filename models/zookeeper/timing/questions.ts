import { uniform } from '../../../checker/timed/duration.ts';
import type { Awaited, Injected, TimedQuestion } from '../../../checker/timed/measure.ts';
import { isCurrentLeader, isrKnownTo, isUp, servesAsLeader } from '../../replication/metadata.ts';
import { partitionIn, type RuledPartition } from '../../replication/partitionScope.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ZooKeeperContext } from '../context.ts';
import type { ReadonlyProtocol } from '../schema.ts';
import { onlyPartition, stateNow } from '../store.ts';

type Question = TimedQuestion<ReadonlyProtocol>;
type BrokerIn = (context: ZooKeeperContext, protocol: ReadonlyProtocol) => Broker | undefined;

/** How long after the cluster is at rest something happens to it: in any phase of what comes again and again. */
const settle = uniform(20_000, 40_000);
/** Longer than any of it takes. */
const limit = 300_000;

/* As the model begins: the broker that leads is the controller, or another one is. */
const together = 0;
const apart = 1;

/** The broker that leads is killed, which is not the controller. */
export function leaderCrashes(context: ZooKeeperContext): Question {
  const awaited = [sessionOver(context), ...writableAgain(context)];
  return crashOf(context, apart, leaderOf, awaited);
}

/** The controller is killed, which leads nothing. */
export function controllerCrashes(context: ZooKeeperContext): Question {
  const awaited = [sessionOver(context), ...controlledAgain(context)];
  return crashOf(context, apart, controllerOf, awaited);
}

/** A broker is killed that is the controller, and leads. */
export function leadingControllerCrashes(context: ZooKeeperContext): Question {
  const awaited = [sessionOver(context), ...controlledAgain(context), ...writableAgain(context)];
  return crashOf(context, together, leaderOf, awaited);
}

/** A follower is killed, which is in the ISR: a leader waits for it with every record of acks=all. */
export function followerCrashes(context: ZooKeeperContext): Question {
  return crashOf(context, together, followerOf, [sessionOver(context), acknowledgedAgain(context)]);
}

/** The broker that leads is asked to stop; another one is the controller. */
export function leaderStops(context: ZooKeeperContext): Question {
  const question = onBroker(context, apart, leaderOf, 'beginControlledShutdown');
  return { ...question, awaited: writableAgain(context) };
}

function crashOf(
  context: ZooKeeperContext,
  initialState: number,
  brokerIn: BrokerIn,
  awaited: readonly Awaited<ReadonlyProtocol>[],
): Question {
  return { ...onBroker(context, initialState, brokerIn, 'crash'), awaited };
}

function onBroker(
  context: ZooKeeperContext,
  initialState: number,
  brokerIn: BrokerIn,
  name: string,
): Omit<Question, 'awaited'> {
  const fault = (protocol: ReadonlyProtocol): Injected => {
    const broker = context.broker.nameOf(brokerIn(context, protocol) as Broker);
    return { name, params: { broker } };
  };
  return { initialState, ready: isAtRest(context), settle, faults: [fault], limit };
}

/** Whether there is a controller, and the partition has its leader and its whole ISR. */
function isAtRest(context: ZooKeeperContext): (protocol: ReadonlyProtocol) => boolean {
  return protocol =>
    controllerOf(context, protocol) !== undefined &&
    leaderOf(context, protocol) !== undefined &&
    stateNow(context, protocol).isr.size === context.config.brokers;
}

function sessionOver({ broker }: ZooKeeperContext): Awaited<ReadonlyProtocol> {
  return {
    name: 'noticed',
    text: 'the ensemble has ended the session of the dead',
    holds: ({ protocol }) => broker.all.every(each => !protocol.sessions.get(each).isOrphaned),
  };
}

function writableAgain(context: ZooKeeperContext): Awaited<ReadonlyProtocol>[] {
  return [
    {
      name: 'elected',
      text: 'the controller has another leader for the partition',
      holds({ protocol }) {
        const { leader } = stateNow(context, protocol);
        return leader !== undefined && runs(protocol, leader);
      },
    },
    {
      name: 'writable',
      text: 'a leader takes records of acks=all',
      holds({ protocol }) {
        const leader = leaderOf(context, protocol);
        // Who is about to stop, and has not heard yet that another leads, takes records to the end.
        return leader !== undefined && runs(protocol, leader);
      },
    },
  ];
}

function controlledAgain(context: ZooKeeperContext): Awaited<ReadonlyProtocol>[] {
  return [
    {
      name: 'controller-elected',
      text: 'another broker has created /controller',
      holds({ protocol }) {
        const { controller, controllerIsOrphaned } = protocol.zooKeeper;
        return controller !== undefined && !controllerIsOrphaned;
      },
    },
    {
      name: 'controlled',
      text: 'there is an active controller',
      holds: ({ protocol }) => controllerOf(context, protocol) !== undefined,
    },
  ];
}

function acknowledgedAgain(context: ZooKeeperContext): Awaited<ReadonlyProtocol> {
  return {
    name: 'acknowledged',
    text: 'the leader waits for nobody who does not run',
    holds({ protocol }) {
      const leader = leaderOf(context, protocol);
      if (leader === undefined) return false;
      const isr = isrKnownTo(partitionOf(context, protocol), leader);
      return context.broker.all.every(each => !isr.has(each) || runs(protocol, each));
    },
  };
}

/** Whether a broker serves and is not about to stop. */
function runs({ partition }: ReadonlyProtocol, broker: Broker): boolean {
  return partition.brokers.get(broker).process.state === 'running';
}

/** The broker that acts as the controller, if it is the one that ZooKeeper names. */
function controllerOf(
  { broker }: ZooKeeperContext,
  { controllers, zooKeeper, partition }: ReadonlyProtocol,
): Broker | undefined {
  return broker.all.find(
    each =>
      isUp(partition, each) &&
      controllers.get(each).state.state === 'active' &&
      zooKeeper.controller === each,
  );
}

function followerOf(context: ZooKeeperContext, protocol: ReadonlyProtocol): Broker | undefined {
  const leader = leaderOf(context, protocol);
  return context.broker.all.find(each => each !== leader);
}

/** A leader that takes records of acks=all: the one that the controller has, with ISR enough. */
function leaderOf(context: ZooKeeperContext, protocol: ReadonlyProtocol): Broker | undefined {
  const partition = partitionOf(context, protocol);
  return context.broker.all.find(
    each =>
      isCurrentLeader(partition, each) &&
      servesAsLeader(partition, each) &&
      isrKnownTo(partition, each).size >= context.config.minInsyncReplicas,
  );
}

function partitionOf(context: ZooKeeperContext, protocol: ReadonlyProtocol): RuledPartition {
  return partitionIn(context.partition, protocol.partition, onlyPartition(context));
}

import { uniform } from '../../../checker/timed/duration.ts';
import type { Awaited, Injected, TimedQuestion } from '../../../checker/timed/measure.ts';
import type { Moment } from '../../../checker/timed/schedule.ts';
import type { RaftNode } from '../../kraft/schema.ts';
import {
  controllerView,
  isCurrentLeader,
  isrKnownTo,
  servesAsLeader,
} from '../../replication/metadata.ts';
import { partitionsIn, type RuledPartition } from '../../replication/partitionScope.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ClusterContext } from '../context.ts';
import { nodeOf } from '../nodes.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/** How long after the cluster is at rest something happens to it: in any phase of what comes again and again. */
const settle = uniform(10_000, 20_000);
/** Longer than any of it takes but where nobody is elected at all. */
const limit = 300_000;

/** A broker that goes on is fenced within this time, or it is not at all. */
const hiccupLimit = 60_000;

/** The process is killed that leads the partition: a broker, or a node that is both. */
export function partitionLeaderCrashes(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  return crashOf(context, leaderNode, { awaited: writableAgain(context) });
}

/** The active controller is killed. */
export function controllerCrashes(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  return crashOf(context, activeController, { awaited: controlledAgain(context) });
}

/** A node is killed that is the active controller, and leads the partition: in combined mode only. */
export function leadingControllerCrashes(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  return crashOf(context, leaderNode, {
    isMeant: protocol => leaderNode(context, protocol) === protocol.controller,
    awaited: [...controlledAgain(context), ...writableAgain(context)],
  });
}

/** A follower is killed, which is in the ISR: a leader waits for it with every record of acks=all. */
export function followerCrashes(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  return crashOf(context, followerNode, { awaited: [acknowledgedAgain(context)] });
}

/** The broker that leads the partition stands still. */
export function partitionLeaderPauses(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  return onLeader(context, 'pause');
}

/** The broker that leads the partition stands still, and goes on: whether it is taken for dead meanwhile. */
export function partitionLeaderHiccups(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  const { broker: brokers } = context.hosts;
  const isFenced = ({ partition }: ReadonlyProtocol): boolean =>
    brokers.all.some(each => partition.registrations.get(each).state.state !== 'unfenced');
  const awaited: Awaited<ReadonlyProtocol>[] = [
    {
      name: 'over',
      text: 'the broker goes on',
      holds: ({ protocol: { partition } }) =>
        brokers.all.every(each => !partition.brokers.get(each).paused),
    },
    {
      name: 'fenced',
      text: 'the controller takes a broker that lives for dead',
      holds: ({ protocol }) => isFenced(protocol),
    },
  ];
  return { ...onLeader(context, 'pause'), limit: hiccupLimit, awaited };
}

/** The broker that leads the partition is asked to stop. */
export function partitionLeaderStops(context: ClusterContext): TimedQuestion<ReadonlyProtocol> {
  return onLeader(context, 'beginControlledShutdown');
}

function onLeader(context: ClusterContext, name: string): TimedQuestion<ReadonlyProtocol> {
  const fault = (protocol: ReadonlyProtocol): Injected => {
    const broker = context.hosts.broker.nameOf(firstPartition(context, protocol).leader as Broker);
    return { name, params: { broker } };
  };
  const awaited = writableAgain(context);
  return { ready: isAtRest(context), settle, faults: [fault], limit, awaited };
}

type NodeOf = (context: ClusterContext, protocol: ReadonlyProtocol) => RaftNode | undefined;

function crashOf(
  context: ClusterContext,
  nodeIn: NodeOf,
  rest: Pick<TimedQuestion<ReadonlyProtocol>, 'awaited' | 'isMeant'>,
): TimedQuestion<ReadonlyProtocol> {
  const fault = (protocol: ReadonlyProtocol): Injected => {
    const node = nodeIn(context, protocol) as RaftNode;
    return { name: 'crash', params: { node: context.hosts.node.nameOf(node), sent: 'arrives' } };
  };
  return { ready: isAtRest(context), settle, faults: [fault], limit, ...rest };
}

/** Whether there is a controller that everybody follows, and the partition has its leader and its whole ISR. */
function isAtRest(context: ClusterContext): (protocol: ReadonlyProtocol) => boolean {
  return protocol => {
    const { controller, quorum } = protocol;
    if (controller === undefined || leaderNode(context, protocol) === undefined) return false;
    const isFollowed = context.hosts.node.all.every(
      node => node === controller || quorum.nodes.get(node).leader === controller,
    );
    return isFollowed && firstPartition(context, protocol).isr.size === context.config.brokers;
  };
}

function writableAgain(context: ClusterContext): Awaited<ReadonlyProtocol>[] {
  const isLed = ({ protocol }: Moment<ReadonlyProtocol>): boolean => {
    const { leader } = firstPartition(context, protocol);
    return leader !== undefined && runs(protocol, leader);
  };
  return [
    { name: 'elected', text: 'the controller has another leader for the partition', holds: isLed },
    {
      name: 'writable',
      text: 'a leader takes records of acks=all',
      holds({ protocol }) {
        const node = leaderNode(context, protocol);
        const broker = node === undefined ? undefined : context.hosts.brokerOn[node];
        // Who is about to stop, and has not heard yet that another leads, takes records to the end.
        return broker !== undefined && runs(protocol, broker);
      },
    },
  ];
}

function acknowledgedAgain(context: ClusterContext): Awaited<ReadonlyProtocol> {
  return {
    name: 'acknowledged',
    text: 'the leader waits for nobody who does not run',
    holds({ protocol }) {
      const partition = partitionOf(context, protocol);
      const leader = context.hosts.broker.all.find(broker => isCurrentLeader(partition, broker));
      if (leader === undefined) return false;
      const isr = isrKnownTo(partition, leader);
      return context.hosts.broker.all.every(broker => !isr.has(broker) || runs(protocol, broker));
    },
  };
}

/** Whether a broker serves, does not stand still and is not about to stop. */
function runs({ partition }: ReadonlyProtocol, broker: Broker): boolean {
  const { process, paused } = partition.brokers.get(broker);
  return process.state === 'running' && !paused;
}

function controlledAgain(context: ClusterContext): Awaited<ReadonlyProtocol>[] {
  const leads = ({ protocol }: Moment<ReadonlyProtocol>): boolean =>
    context.hosts.node.all.some(node => protocol.quorum.nodes.get(node).state.state === 'leader');
  return [
    { name: 'quorum-elected', text: 'a node leads the metadata quorum', holds: leads },
    {
      name: 'controlled',
      text: 'there is an active controller',
      holds: ({ protocol }) => protocol.controller !== undefined,
    },
  ];
}

function activeController(
  _: ClusterContext,
  { controller }: ReadonlyProtocol,
): RaftNode | undefined {
  return controller;
}

/** A node with a follower on it, and no controller that is active. */
function followerNode(context: ClusterContext, protocol: ReadonlyProtocol): RaftNode | undefined {
  const { leader } = firstPartition(context, protocol);
  return context.hosts.nodeOf.find(
    (node, broker) => context.hosts.broker.all[broker] !== leader && node !== protocol.controller,
  );
}

function firstPartition(context: ClusterContext, protocol: ReadonlyProtocol) {
  return controllerView(partitionOf(context, protocol));
}

/** On which node there is a leader that takes records: the one that the controller has, with ISR enough. */
function leaderNode(context: ClusterContext, protocol: ReadonlyProtocol): RaftNode | undefined {
  const partition = partitionOf(context, protocol);
  const leader = context.hosts.broker.all.find(
    broker =>
      isCurrentLeader(partition, broker) &&
      servesAsLeader(partition, broker) &&
      isrKnownTo(partition, broker).size >= context.config.minInsyncReplicas,
  );
  return leader === undefined ? undefined : nodeOf(context.hosts, leader);
}

function partitionOf({ partition }: ClusterContext, protocol: ReadonlyProtocol): RuledPartition {
  const [first] = partitionsIn(partition, protocol.partition);
  if (first === undefined) throw new Error('the topic has no partition');
  return first;
}

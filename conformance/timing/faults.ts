import type { Settings } from '../../models/description/settings.ts';
import type { Cluster, Shape } from '../live/cluster.ts';
import type { Scene } from '../live/scene.ts';
import { electedIn } from '../live/stories/zooKeeper.ts';

/** Something that is awaited after a fault, in words and in the logs of the nodes. */
interface Awaited {
  /** As `highwater time` has it. */
  readonly name: string;
  /** The line that says so, on whichever node. */
  readonly line: RegExp;
}

/** A fault that is measured on a real cluster, and in virtual time. */
export interface MeasuredFault {
  readonly name: string;
  readonly mode: 'separate' | 'combined' | 'zookeeper';
  /** The fault of the model. */
  readonly fault: string;
  readonly awaited: readonly Awaited[];
  /** Which node is killed. */
  victim(scene: Scene): Promise<number>;
}

const elected = { name: 'elected', line: /Fencing broker \d+ at epoch|session has timed out/ };
const writable = { name: 'writable', line: /Leader t-0 .*starts at leader epoch \d+/ };
const quorumElected = { name: 'quorum-elected', line: /Completed transition to Leader\(/ };
const controlled = { name: 'controlled', line: /Becoming the active controller at epoch/ };

/* With ZooKeeper: what its controller says when it reads who is alive, and when it was elected. */
const noticed = { name: 'noticed', line: /deleted brokers: \d+/ };
const controllerElected = {
  name: 'controller-elected',
  line: /successfully elected as the controller/,
};
const ready = { name: 'controlled', line: /Ready to serve as the new controller/ };

/** All that is measured. */
export const measuredFaults: readonly MeasuredFault[] = [
  {
    name: 'the broker that leads is killed',
    mode: 'separate',
    fault: 'leader-crash',
    awaited: [elected, writable],
    victim: leaderOf,
  },
  {
    name: 'the active controller is killed',
    mode: 'separate',
    fault: 'controller-crash',
    awaited: [quorumElected, controlled],
    victim: ({ cluster }) => activeController(cluster),
  },
  {
    name: 'a node is killed that is both',
    mode: 'combined',
    fault: 'leading-controller-crash',
    awaited: [quorumElected, controlled, writable],
    async victim(scene) {
      const node = await activeController(scene.cluster);
      // It leads what it controls.
      return ledBy(scene, node);
    },
  },
  {
    name: 'a broker is killed that leads, and is not the controller',
    mode: 'zookeeper',
    fault: 'leader-crash',
    awaited: [noticed, writable],
    async victim(scene) {
      const controller = await electedByZooKeeper(scene.cluster);
      const [other = controller] = scene.cluster.shape.brokers.filter(id => id !== controller);
      return ledBy(scene, other);
    },
  },
  {
    name: 'a broker is killed that is the controller and leads',
    mode: 'zookeeper',
    fault: 'leading-controller-crash',
    awaited: [controllerElected, ready, writable],
    victim: async scene => ledBy(scene, await electedByZooKeeper(scene.cluster)),
  },
];

/** Has a node lead. */
async function ledBy(scene: Scene, node: number): Promise<number> {
  const others = scene.cluster.shape.brokers.filter(id => id !== node);
  await scene.reassign([node, ...others]);
  await scene.untilLedBy(node);
  return node;
}

async function electedByZooKeeper(cluster: Cluster): Promise<number> {
  return cluster.until('there is a controller', () => electedIn(cluster));
}

/** Timers of the real cluster and of the model alike: short, so that thirty of each take minutes. */
export function timersOf({ mode }: MeasuredFault): Readonly<Record<string, number>> {
  return mode === 'zookeeper' ? ofZooKeeper : timers;
}

/** As every live cluster with ZooKeeper has them. */
const ofZooKeeper = { sessionTimeout: 3000, tickTime: 500 } as const;

const timers = {
  sessionTimeout: 3000,
  heartbeatInterval: 500,
  fetchTimeout: 2000,
  electionTimeout: 1000,
  idleInterval: 500,
} as const;

/** A cluster of Kafka with these timers. */
export function shapeOf({ mode }: MeasuredFault): Shape {
  return mode === 'zookeeper' ? withZooKeeper : withQuorum(mode);
}

/** Where a leader is chosen it must move; where it is taken as it is, it must not. */
function rebalancing(isChosen: boolean) {
  return {
    'auto.leader.rebalance.enable': String(isChosen),
    'leader.imbalance.check.interval.seconds': 1,
    'leader.imbalance.per.broker.percentage': 0,
  };
}

const withZooKeeper: Shape = {
  version: '3.9.1',
  controllers: [],
  brokers: [11, 12, 13],
  zooKeeper: true,
  properties: rebalancing(true),
};

function withQuorum(mode: 'separate' | 'combined'): Shape {
  const isCombined = mode === 'combined';
  return {
    version: '4.3.1',
    controllers: [1, 2, 3],
    brokers: isCombined ? [1, 2, 3] : [11, 12, 13],
    properties: {
      'broker.session.timeout.ms': timers.sessionTimeout,
      'broker.heartbeat.interval.ms': timers.heartbeatInterval,
      'controller.quorum.fetch.timeout.ms': timers.fetchTimeout,
      'controller.quorum.election.timeout.ms': timers.electionTimeout,
      'metadata.max.idle.interval.ms': timers.idleInterval,
      ...rebalancing(isCombined),
    },
  };
}

/** The same as the model has it. */
export function modelOf({ mode }: MeasuredFault): { model: string; config: Settings } {
  return mode === 'zookeeper'
    ? { model: 'zookeeper', config: { kafka: '3.9.1', brokers: 3, minInsyncReplicas: 2 } }
    : { model: 'cluster', config: { mode, kafka: '4.3.1' } };
}

async function leaderOf(scene: Scene): Promise<number> {
  const found = await scene.untilIsr(scene.cluster.shape.brokers.length);
  return found.leader;
}

async function activeController(cluster: Cluster): Promise<number> {
  const { leader } = await cluster.ask('quorum');
  return Number(leader);
}

import {
  b1,
  b2,
  b3,
  begins,
  type Cases,
  cluster,
  controller,
  type Edit,
  goes,
  hasAnswer,
  hasReplicaOf,
  heard,
  isDown,
  loses,
  misses,
  names,
  plays,
  resigns,
  sends,
  session,
  takesFor,
  told,
  wantsToStop,
  writes,
  zooKeeper,
} from '../handBuilt.ts';

/** What is wrong in each of these states; the property says nothing, for something is under way. */
function underWay(...wrong: readonly Edit[]): NonNullable<Cases['silent']> {
  const places: Readonly<Record<string, readonly Edit[]>> = {
    'there is no controller': [names(undefined)],
    'the controller is of a session that ends': [names(b1, true)],
    'the controller has read, and told nobody': [resigns(b1), begins(b1, 2, 'loaded')],
    'a leader has written its ISR': [zooKeeper({ isrChanged: true })],
    'the topic is to be deleted': [zooKeeper({ isDeleting: true })],
    'an answer is on its way': [hasAnswer(b1, b2)],
    'a request is on its way': [sends(b1, b2)],
    'a request is late': [sends(b3, b2, {}, 'late')],
    'a session is to expire': [session(b3, { isOrphaned: true })],
    'the controller is to read who is alive': [controller(b1, { brokersWatch: 'fired' })],
    'another acts, and does not know that it was replaced': [begins(b2, 0)],
    'one is down, and registered': [goes(b3, 'crash')],
    'one starts': [goes(b3, 'crash', 'start')],
    'one is about to stop': [wantsToStop(b3)],
    'one has lost its session': [loses(b3, 'expire'), session(b3, { ownsNode: true })],
    'one is not registered': [session(b3, { ownsNode: false })],
    'one has not looked who is the controller': [session(b3, { controllerWatch: 'fired' })],
  };
  return Object.fromEntries(
    Object.entries(places).map(([name, edits]) => [name, cluster(...wrong, ...edits)]),
  );
}

/** The topic is gone, everywhere. */
const deleted: readonly Edit[] = [
  writes({ leader: undefined, isr: [], replicas: [] }),
  controller(b1, { version: 1 }),
  ...[b1, b2, b3].flatMap(each => [
    told(each, undefined),
    plays(each, 'remove'),
    hasReplicaOf(each, 0),
    heard(each, { leader: undefined }),
  ]),
];

/** Broker 2 leads in epoch 1 in place of the first one, and everybody knows it. */
const otherLeads: readonly Edit[] = [
  writes({ leader: b2, leaderEpoch: 1 }),
  controller(b1, { version: 1 }),
  ...[b1, b2, b3].flatMap(each => [told(each, 1), heard(each, { leader: b2, leaderEpoch: 1 })]),
];

/** Nobody leads, and only broker 3 is in the ISR, which is down. */
const onlyInIsrIsDown: readonly Edit[] = [
  writes({ leader: undefined, leaderEpoch: 1, isr: [b3] }),
  controller(b1, { version: 1 }),
  isDown(b3),
];

/** What is so when nothing is under way. */
export const settledCases: Readonly<Record<string, Cases>> = {
  'settled-brokers-know-the-state': {
    good: {
      'everybody knows it': cluster(),
      'another leads': cluster(...otherLeads),
      'one that is down knows nothing': cluster(isDown(b3), told(b3, undefined)),
      'there is no topic': cluster(...deleted),
    },
    bad: {
      'one was told nothing': [
        cluster(told(b2, undefined)),
        'broker-2 was told nothing of its replica',
      ],
      'one was told of an earlier epoch': [
        cluster(...otherLeads, writes({ leader: b2, leaderEpoch: 2 })),
        'broker-1 is in leader epoch 1, and ZooKeeper has 2',
      ],
      'one was told of another leader': [
        cluster(writes({ leader: b2 })),
        'broker-1 is in leader epoch 0, and ZooKeeper has 0',
      ],
      'one was told to stop': [cluster(plays(b3, 'loseLeader')), 'broker-3 does not fetch'],
      'clients are sent to an earlier leader': [
        cluster(...otherLeads, heard(b3, { leader: b1 })),
        'broker-3 tells clients of leader epoch 1, and ZooKeeper has 1',
      ],
      'clients are told of an earlier epoch': [
        cluster(...otherLeads, heard(b3, { leaderEpoch: 0 })),
        'broker-3 tells clients of leader epoch 0, and ZooKeeper has 1',
      ],
      'one takes another for dead': [
        cluster(takesFor(b2, b3, 'dead')),
        'broker-2 does not know whether broker-3 is alive',
      ],
      'one takes another for alive': [
        cluster(isDown(b3), takesFor(b2, b3, 'alive')),
        'broker-2 does not know whether broker-3 is alive',
      ],
    },
    silent: underWay(told(b2, undefined)),
  },
  'settled-controller-knows-the-state': {
    good: {
      'it knows everything': cluster(),
      'it knows who is down': cluster(isDown(b3)),
    },
    bad: {
      'the ISR is another by now': [
        cluster(writes({ isr: [b1] })),
        'broker-1 has read version 0, and the newest is 1',
      ],
      'it takes a broker for dead': [
        cluster(misses(b1, b2)),
        'broker-1 does not know whether broker-2 is alive',
      ],
    },
    silent: underWay(misses(b1, b2)),
  },
  'settled-partition-is-led': {
    good: {
      'it is led': cluster(),
      'nobody of the ISR is there': cluster(...onlyInIsrIsDown),
    },
    bad: {
      'nobody leads': [
        cluster(writes({ leader: undefined, isr: [b2] })),
        'nobody leads, and broker-2 is in the ISR',
      ],
      'the leader is gone': [
        cluster(writes({ leader: b3, isr: [b2, b3] }), isDown(b3)),
        'nobody leads, and broker-2 is in the ISR',
      ],
    },
    silent: {
      ...underWay(writes({ leader: undefined })),
      'there is no topic': cluster(...deleted, writes({ isr: [b1] })),
    },
  },
  'deleted-topics-stay-deleted': {
    good: { 'nobody has a replica': cluster(...deleted) },
    bad: {
      'one leads': [
        cluster(...deleted, plays(b2, 'assign', 'lead')),
        'broker-2 has a replica of the deleted topic',
      ],
      'one follows': [
        cluster(...deleted, plays(b2, 'assign', 'follow')),
        'broker-2 has a replica of the deleted topic',
      ],
      'one has its log': [
        cluster(...deleted, hasReplicaOf(b3, 1)),
        'broker-3 has a replica of the deleted topic',
      ],
    },
    silent: { 'there is a topic': cluster() },
  },
};

import type { ZooKeeperDefect } from '../rules.ts';

const requestToEarlierIncarnation: ZooKeeperDefect = {
  name: 'request-to-earlier-incarnation',
  statement: 'A broker that has restarted does what the process before it was told.',
  source: 'KAFKA-7235, KIP-380 (fixed in 2.2.0)',
  releases: '0.10 to 2.1',
  rules: { requestsNameBrokerEpoch: false },
  caughtBy: 'requests-reach-their-incarnation',
  bounds: { crashes: 1, controllerMoves: 1 },
};

const earlierControllerObeyed: ZooKeeperDefect = {
  name: 'earlier-controller-obeyed',
  statement:
    'A broker does what an earlier controller asks for, although it has heard of a newer one.',
  source: 'ReplicaManager.becomeLeaderOrFollower (STALE_CONTROLLER_EPOCH); KAFKA-4447',
  rules: { fencesControllerEpoch: false },
  caughtBy: 'brokers-obey-the-newest-controller',
  bounds: { sessionExpiries: 1, controllerMoves: 1 },
};

const earlierLeaderEpochTaken: ZooKeeperDefect = {
  name: 'earlier-leader-epoch-taken',
  statement: 'A broker takes a LeaderAndIsr of an earlier leader epoch than it has.',
  source: 'KAFKA-1188 (fixed in 0.8.2)',
  rules: { fencesLeaderEpoch: false },
  caughtBy: 'roles-do-not-go-back',
  masked: {
    because:
      'one controller tells each broker in order, and an earlier one is refused by its epoch',
    unmaskedBy: 'earlier-controller-obeyed',
    aloneIn: { config: {}, bounds: { controllerMoves: 2 } },
  },
  bounds: { sessionExpiries: 1, controllerMoves: 1 },
};

const lateStopReplica: ZooKeeperDefect = {
  name: 'late-stop-replica',
  statement: 'A late StopReplica stops a replica that has been told since to follow.',
  source: 'KAFKA-9539, KIP-570 (fixed in 2.6.0)',
  releases: '0.10 to 2.5',
  rules: { stopNamesLeaderEpoch: false },
  caughtBy: 'settled-brokers-know-the-state',
  masked: {
    because: 'a broker that has restarted refuses what was meant for the process before it',
    unmaskedBy: 'request-to-earlier-incarnation',
  },
  config: { kafka: '2.6' },
  bounds: { shutdowns: 1 },
};

const lostRequestNotRepeated: ZooKeeperDefect = {
  name: 'lost-request-not-repeated',
  statement: 'A request that is lost is not sent again, and the next one is.',
  source: 'RequestSendThread before 0.9',
  rules: { sendsAgain: false },
  caughtBy: 'settled-brokers-know-the-state',
  bounds: { crashes: 1, lostAnswers: 1 },
};

const brokerDoesNotComeBack: ZooKeeperDefect = {
  name: 'broker-does-not-come-back',
  statement: 'A broker whose session has expired does not register again.',
  source: 'KAFKA-7165 (fixed in 2.2.0), KAFKA-1082',
  rules: { registersAgain: false },
  caughtBy: 'replicas-come-back',
  bounds: { sessionExpiries: 1 },
  liveness: 'exhaustive',
};

/** In between clients that ask it are told of who was there before its session expired. */
const newerBrokerEpochRefused: ZooKeeperDefect = {
  name: 'newer-broker-epoch-refused',
  statement: 'A broker that registers again refuses what it is told before it knows its new epoch.',
  source: 'KAFKA-9839 (2.2.0 to 2.5.0; fixed in 2.5.1)',
  releases: '2.2 to 2.5.0',
  rules: { acceptsNewerBrokerEpoch: false },
  caughtBy: 'settled-brokers-know-the-state',
  bounds: { sessionExpiries: 1 },
};

const isrWriteNotRecognised: ZooKeeperDefect = {
  name: 'isr-write-not-recognised',
  statement:
    'A leader that does not hear that its ISR was written takes it for not written, and can write none any more.',
  source: 'KAFKA-1382 (fixed in 0.8.2), KAFKA-2729',
  rules: { recognisesOwnWrite: false },
  caughtBy: 'replicas-come-back',
  config: { kafka: '2.6' },
  bounds: { lostAnswers: 1 },
  liveness: 'exhaustive',
};

/** What becomes of requests, and of sessions. */
export const requestDefects: readonly ZooKeeperDefect[] = [
  requestToEarlierIncarnation,
  earlierControllerObeyed,
  earlierLeaderEpochTaken,
  lateStopReplica,
  lostRequestNotRepeated,
  brokerDoesNotComeBack,
  newerBrokerEpochRefused,
  isrWriteNotRecognised,
];

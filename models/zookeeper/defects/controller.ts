import type { ZooKeeperDefect } from '../rules.ts';

const deposedControllerWrites: ZooKeeperDefect = {
  name: 'deposed-controller-writes',
  statement: 'A controller that was replaced and does not know it yet writes to ZooKeeper.',
  source: 'KAFKA-6082 (fixed in 2.1.0)',
  releases: '0.10 to 2.0',
  rules: { fencesWrites: false },
  caughtBy: 'only-the-controller-writes',
  bounds: { controllerMoves: 1, isrShrinks: 1 },
};

/** The events that wait under the old session are handled under the new one. */
const expiredControllerActs: ZooKeeperDefect = {
  name: 'expired-controller-acts',
  statement: 'A controller whose session has expired goes on in its next session.',
  source: 'KAFKA-4447 (fixed in 0.10.2.0)',
  rules: { resignsAtExpiry: false },
  caughtBy: 'only-the-controller-writes',
  config: { kafka: '2.0' },
  bounds: { sessionExpiries: 1 },
};

const restartUnnoticed: ZooKeeperDefect = {
  name: 'restart-unnoticed',
  statement: 'A broker restarts between two looks of the controller, and is told nothing.',
  source: 'KAFKA-1120, KIP-380 (fixed in 2.2.0)',
  releases: '0.10 to 2.1',
  rules: { noticesBounces: false },
  caughtBy: 'settled-brokers-know-the-state',
  bounds: { crashes: 1 },
};

/** Who leads has removed the other from the ISR, which the controller has not read yet. */
const electsByItsCache: ZooKeeperDefect = {
  name: 'elects-by-its-cache',
  statement:
    'A controller elects by the ISR that it has read last, and overwrites the one of ZooKeeper.',
  source: 'KAFKA-1382, KAFKA-3042; PartitionStateMachine.doElectLeaderForPartitions',
  rules: { electsFromNewestState: false },
  caughtBy: 'acknowledged-records-survive',
  config: { kafka: '2.6' },
  bounds: { isrShrinks: 1, crashes: 1 },
};

/** What a controller has written and not told is known to nobody but ZooKeeper. */
const notToldAgain: ZooKeeperDefect = {
  name: 'not-told-again',
  statement: 'A new controller does not tell brokers again what is in ZooKeeper.',
  source: 'KafkaController.onControllerFailover; KAFKA-3083',
  rules: { tellsEverybody: false },
  caughtBy: 'settled-brokers-know-the-state',
  config: { kafka: '2.6' },
  bounds: { shutdowns: 1 },
};

const lastMemberLeaves: ZooKeeperDefect = {
  name: 'last-member-leaves',
  statement: 'The last member leaves the ISR when its broker goes.',
  source: 'KAFKA-708, KAFKA-1097 (fixed in 0.8.1)',
  rules: { lastMemberStaysInIsr: false },
  caughtBy: 'isr-has-a-member',
  bounds: { crashes: 2 },
};

const deadBrokerElected: ZooKeeperDefect = {
  name: 'dead-broker-elected',
  statement: 'A member of the ISR is elected whether its broker is alive or not.',
  source: 'PartitionLeaderElectionAlgorithms; KAFKA-849',
  rules: { electsLive: false },
  caughtBy: 'settled-partition-is-led',
  bounds: { crashes: 1 },
};

const leaderEpochKept: ZooKeeperDefect = {
  name: 'leader-epoch-kept',
  statement: 'A new leader is written without a new leader epoch.',
  source: 'LeaderAndIsr.newLeaderAndIsr; KIP-101',
  rules: { bumpsLeaderEpoch: false },
  caughtBy: 'leader-epoch-grows-with-leader',
  bounds: { crashes: 1 },
};

const brokersWatchedOnce: ZooKeeperDefect = {
  name: 'brokers-watched-once',
  statement: 'The controller does not watch /brokers/ids again after it was told of a change.',
  source: 'ZooKeeper watches are one-shot; ZkClient.subscribeChildChanges',
  rules: { watchesBrokersAgain: false },
  caughtBy: 'settled-brokers-know-the-state',
  bounds: { sessionExpiries: 1 },
};

const controllerChangeUnheard: ZooKeeperDefect = {
  name: 'controller-change-unheard',
  statement: 'Nobody hears that /controller is gone.',
  source: 'ZooKeeper watches; ControllerChangeHandler',
  rules: { hearsOfController: false },
  caughtBy: 'a-controller-acts',
  bounds: { crashes: 1 },
  liveness: 'exhaustive',
};

const electionAnswerLost: ZooKeeperDefect = {
  name: 'election-answer-lost',
  statement:
    'A broker creates /controller, does not hear so, and takes the node for that of another.',
  source: 'KAFKA-6082; KafkaZkClient.checkControllerAndEpoch',
  rules: { findsOwnController: false },
  caughtBy: 'a-controller-acts',
  bounds: { controllerMoves: 1, lostAnswers: 1 },
  liveness: 'exhaustive',
};

const deletedWithoutAll: ZooKeeperDefect = {
  name: 'deleted-without-all',
  statement: 'A topic is deleted although a broker with a replica is down.',
  source: 'TopicDeletionManager.isTopicIneligibleForDeletion',
  rules: { waitsForAllReplicas: false },
  caughtBy: 'deleted-topics-stay-deleted',
  bounds: { topicDeletions: 1, crashes: 1 },
};

/**
 * No rule is broken: which epoch a broker had only the controller knew that is gone. Who has lost its records is alive,
 * and leads on, when the next one looks.
 */
const leaderLosesPowerWithController: ZooKeeperDefect = {
  name: 'leader-loses-power-with-controller',
  statement:
    'A leader loses power and is back unnoticed, while the controller changes: it leads on without what it has lost.',
  source: 'KIP-380 (epochs in the memory of the controller alone); KAFKA-18635 for KRaft',
  releases: '0.10 to 3.9',
  rules: {},
  caughtBy: 'acknowledged-records-survive',
  config: { minInsyncReplicas: 2 },
  bounds: { powerLosses: 1 },
};

const epochBegunWhenReplaced: ZooKeeperDefect = {
  name: 'epoch-begun-when-replaced',
  statement:
    'A controller begins its epoch after it was elected, although it was replaced meanwhile.',
  source: 'KAFKA-6082 (fixed in 2.1.0); KafkaController.incrementControllerEpoch',
  releases: '0.10 to 2.0',
  rules: { electsInOneWrite: false },
  caughtBy: 'controller-epoch-grows',
  bounds: { controllerMoves: 2 },
};

const controllerEpochKept: ZooKeeperDefect = {
  name: 'controller-epoch-kept',
  statement: 'A broker becomes the controller and begins no controller epoch.',
  source: 'KafkaZkClient.registerControllerAndIncrementControllerEpoch',
  rules: { beginsControllerEpoch: false },
  caughtBy: 'controller-epoch-grows',
  bounds: { controllerMoves: 1 },
};

/** The one before has told nobody yet that it began an epoch. */
const controllerEpochFromMemory: ZooKeeperDefect = {
  name: 'controller-epoch-from-memory',
  statement:
    'A controller begins the epoch after the newest that it has heard of, whatever ZooKeeper has.',
  source: 'KafkaController.incrementControllerEpoch (conditional on the version that was read)',
  rules: { comparesControllerEpoch: false },
  caughtBy: 'one-controller-in-an-epoch',
  bounds: { controllerMoves: 2 },
};

const watchesAfterReading: ZooKeeperDefect = {
  name: 'watches-after-reading',
  statement:
    'A new controller reads who is alive, and watches for changes only when it has told everybody.',
  source: 'KafkaController.onControllerFailover (the order of its steps); KAFKA-3085',
  rules: { watchesBeforeReading: false },
  caughtBy: 'settled-controller-knows-the-state',
  bounds: { controllerMoves: 1, crashes: 1 },
};

const isrChangeReadEarly: ZooKeeperDefect = {
  name: 'isr-change-read-early',
  statement: 'A controller handles a changed ISR with what it read when it was told of the change.',
  source: 'KAFKA-5879 (since 1.1.0 the newest is read when it is handled)',
  rules: { readsIsrWhenHandling: false },
  caughtBy: 'settled-controller-knows-the-state',
  config: { kafka: '2.6' },
  bounds: { isrShrinks: 2 },
};

const leaderNotToldOfIsr: ZooKeeperDefect = {
  name: 'leader-not-told-of-isr',
  statement: 'A controller removes a follower from the ISR, and does not tell the leader.',
  source: 'KAFKA-2729, KAFKA-3042 ("Cached zkVersion not equal to that in zookeeper")',
  rules: { tellsLeaderOfIsr: false },
  caughtBy: 'settled-brokers-know-the-state',
  bounds: { crashes: 1 },
};

/** An operator balances leaders while the preferred one has restarted and is not caught up. */
const preferredOutsideIsr: ZooKeeperDefect = {
  name: 'preferred-outside-isr',
  statement: 'The preferred leader is elected although it is not in the ISR.',
  source: 'PartitionLeaderElectionAlgorithms.preferredReplicaPartitionLeaderElection',
  rules: { prefersWithinIsr: false },
  caughtBy: 'clean-election-from-isr',
  bounds: { crashes: 1, preferredElections: 1 },
};

/** What controllers do wrongly. */
export const controllerDefects: readonly ZooKeeperDefect[] = [
  deposedControllerWrites,
  expiredControllerActs,
  restartUnnoticed,
  electsByItsCache,
  notToldAgain,
  lastMemberLeaves,
  deadBrokerElected,
  leaderEpochKept,
  brokersWatchedOnce,
  controllerChangeUnheard,
  electionAnswerLost,
  deletedWithoutAll,
  leaderLosesPowerWithController,
  epochBegunWhenReplaced,
  controllerEpochKept,
  controllerEpochFromMemory,
  watchesAfterReading,
  isrChangeReadEarly,
  leaderNotToldOfIsr,
  preferredOutsideIsr,
];

import { column, type MainJob, plannerFor } from '../description/mainJob.ts';
import { largeScope, type ZooKeeperBounds, type ZooKeeperConfig } from './config.ts';
import { eventKinds, lostWithPower, zooKeeperPairs } from './eventPairs.ts';

const { covering, random, fairRuns, settling } = plannerFor<ZooKeeperConfig, ZooKeeperBounds>(
  largeScope,
  { repairs: ['all'] },
);

/** The last release in which leaders write the ISR, with its known mistakes repaired. */
const before = { kafka: '2.6' } as const;

/**
 * Two brokers with a replica each, of which one leads and one is the controller, the same or the other. Known mistakes
 * are repaired, so that others are looked for.
 */
export const zooKeeperMainJob: MainJob = {
  title: 'Two brokers that are controlled through ZooKeeper, with known mistakes repaired',
  events: eventKinds,
  untaken: [
    // Disks are not lost here, and the registration of KRaft is the node in /brokers/ids: it is there or not.
    'broker: notRunning -loseDisk-> notRunning',
    'broker: starting -loseDisk-> notRunning',
    'broker: recovery -loseDisk-> notRunning',
    'broker: running -loseDisk-> notRunning',
    'broker: pendingControlledShutdown -loseDisk-> notRunning',
    'registration: fenced -shutDown-> fenced',
    'registration: fenced -unregister-> unregistered',
    'registration: unfenced -shutDown-> fenced',
    'registration: unfenced -unregister-> unregistered',
    'registration: unfenced -beginControlledShutdown-> controlledShutdown',
    'registration: controlledShutdown -register-> fenced',
    'registration: controlledShutdown -shutDown-> fenced',
    'registration: controlledShutdown -unregister-> unregistered',
    'registration: controlledShutdown -fence-> fenced',
    // A broker that has registered opens for clients in the same step.
    'broker: recovery -losePower-> notRunning',
    'broker: recovery -crash-> notRunning',
    // Who has stopped cleanly has flushed everything.
    'broker: notRunning -losePower-> notRunning',
    // It is told to lead while it still asks where its log parts from that of the leader before: one run in hundreds.
    'replica: truncating -lead-> leading',
    // A topic that was deleted is not created again.
    'replica: absent -assign-> idle',
    // Before a replica is deleted it is told to stop, which a leader does not do.
    'replica: truncating -remove-> absent',
    'replica: following -remove-> absent',
    // A broker that comes was offline before, also one that has restarted.
    'replicaState: online -goOnline-> online',
    // A replica whose deletion has failed is online when its broker is back, before it is deleted.
    'replicaState: deletionIneligible -goOffline-> offline',
    // To stop a replica and to begin its deletion is one event here.
    'replicaState: offline -failDeletion-> deletionIneligible',
    // No topic is created, and no replica added, in this model: both begin with what is in ZooKeeper.
    'partitionState: nonExistent -create-> new',
    'partitionState: new -lead-> online',
    'partitionState: new -loseLeader-> offline',
    'replicaState: nonExistent -create-> new',
    'replicaState: new -goOnline-> online',
    'replicaState: new -goOffline-> offline',
  ],
  plans: [
    ...column('brokers and sessions', [
      covering('expired session, preferred leader', { sessionExpiries: 1, preferredElections: 1 }),
      covering('process crash', { crashes: 1 }),
      covering('controlled shutdown, 2.6', { shutdowns: 1 }, before),
      covering('expired session, 2.6', { sessionExpiries: 1 }, before),
      {
        ...covering('power loss', { powerLosses: 1 }),
        asks: { allBut: lostWithPower },
      },
    ]),
    ...column('controller', [
      covering('controller moved twice', { controllerMoves: 2 }),
      covering('controller moved, lag', { controllerMoves: 1, isrShrinks: 1 }),
      covering('lost answer', { crashes: 1, lostAnswers: 1 }),
      covering('lagging follower, 2.6', { isrShrinks: 2 }, before),
      covering('lost answer to an ISR, 2.6', { isrShrinks: 1, lostAnswers: 1 }, before),
      covering('topic deleted', { topicDeletions: 1 }),
    ]),
    ...column('two events', zooKeeperPairs),
    ...column('at random', [
      random('random, 3 brokers', { brokers: 3, minInsyncReplicas: 2 }),
      random('random, 2.6', { ...before, brokers: 3, minInsyncReplicas: 2 }),
      {
        ...random('random, power losses', {}),
        bounds: { ...largeScope, powerLosses: 2, shutdowns: 2 },
        asks: { allBut: lostWithPower },
      },
    ]),
    ...column('in the end', [
      fairRuns('after an expired session', { sessionExpiries: 1 }),
      fairRuns('after a crash', { crashes: 1 }),
      fairRuns('after a controller move', { controllerMoves: 1 }),
      settling('settling'),
    ]),
  ],
};

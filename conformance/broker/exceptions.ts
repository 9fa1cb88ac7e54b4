import type { NamedException } from '../lockstep/exceptions.ts';
import type { BrokerState } from './projection.ts';

/** What a broker that starts has otherwise where the start of its log was forgotten. */
const ofLogStart = /^broker-\d+ (log|log start|flushed|epochs|high watermark)$/;

/** What a high watermark has to do with. */
const ofHighWatermark = /^(broker-\d+ (high watermark|waiting)|fetches|acknowledged)$/;

/** What is known to be otherwise in Kafka's brokers than in those of `replication`. */
export const brokerExceptions: readonly NamedException<BrokerState>[] = [
  {
    name: 'log-start-forgotten',
    reason:
      'Where a log starts after a deletion is written to disk once a minute and at a clean stop. A broker that ' +
      'crashes before has the deleted records again, until its leader tells it. In the model the deletion is on ' +
      'disk at once. What both have otherwise is below the log start: records of which nothing is promised.',
    source: 'LogManager.checkpointLogStartOffsets; log.flush.start.offset.checkpoint.interval.ms',
    releases: ['4.3.1', '3.9.1'],
    isShownBy({ step, places }) {
      return (
        step?.taken.name === 'receiveRegistrationAnswer' &&
        places.every(({ place }) => ofLogStart.test(place)) &&
        places.some(
          ({ place, model, kafka }) => place.endsWith('log start') && Number(kafka) < Number(model),
        )
      );
    },
    storyIn: 'broker, deletions, lost disks',
    story: [
      'produce(acks=1, leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'fetch(follower=broker-3, leader=broker-1)',
      'receiveFetchResponse(follower=broker-3, leader=broker-1)',
      'fetch(follower=broker-3, leader=broker-1)',
      'deleteRecords(leader=broker-1)',
      'crash(broker=broker-1)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
    ],
  },
  {
    name: 'epochs-of-members-not-checked',
    reason:
      'A leader names with every member of an ISR that it asks for the broker epoch of its last fetch, and the ' +
      'controller refuses one of an earlier incarnation (KIP-903). The model looks at whoever is added alone: a ' +
      'member that stays could not be replaced unnoticed. Before 4.0 it can (unnoticed-bounce), and the model ' +
      'accepts what Kafka refuses until that broker has fetched again.',
    source: 'Partition.addBrokerEpochToIsr; ReplicationControlManager.ineligibleReplicasForIsr',
    releases: ['3.9.1'],
    isShownBy: ({ step, places, note }) =>
      step?.taken.name === 'handleAlterPartition' &&
      note.includes('INELIGIBLE_REPLICA') &&
      places.some(({ place }) => place === 'controller ISR'),
    storyIn: 'together, topics deleted',
    story: [
      'fetch(follower=broker-3, leader=broker-1)',
      'crash(broker=broker-3)',
      'restart(broker=broker-3)',
      'register(broker=broker-3)',
      'receiveRegistrationAnswer(broker=broker-3)',
      'unfence(broker=broker-3)',
      'shrinkIsr(follower=broker-2, leader=broker-1)',
      'handleAlterPartition(sender=broker-1)',
    ],
  },
  {
    name: 'lowered-minimum-not-looked-at',
    reason:
      'A leader looks whether its high watermark can move when it appends, when its ISR changes, and at a fetch of a ' +
      'follower that has come further; not when min.insync.replicas is lowered. In the model it looks at every fetch.',
    source: 'Partition.updateFollowerFetchState, maybeIncrementLeaderHW',
    releases: ['4.3.1', '3.9.1'],
    isShownBy: ({ step, places }) =>
      (step?.taken.name === 'fetch' || step?.taken.name === 'receiveFetch') &&
      places.every(({ place }) => ofHighWatermark.test(place)) &&
      places.some(
        ({ place, model, kafka }) =>
          place.endsWith(' high watermark') && Number(kafka) < Number(model),
      ),
    storyIn: 'broker, min ISR changes, retries',
    story: [
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'changeMinIsr(to=2)',
      'replayMetadata(broker=broker-1, records=1)',
      'applyConfiguration(broker=broker-1)',
      'missHeartbeats(broker=broker-2)',
      'missHeartbeats(broker=broker-3)',
      'replayMetadata(broker=broker-1, records=2)',
      'produce(acks=1, leader=broker-1)',
      'changeMinIsr(to=1)',
      'replayMetadata(broker=broker-1, records=1)',
      'applyConfiguration(broker=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
    ],
  },
];

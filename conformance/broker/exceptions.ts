import type { JsonValue } from '../../checker/state/json.ts';
import type { NamedException } from '../lockstep/exceptions.ts';
import type { Difference } from '../lockstep/lockstep.ts';
import { type BrokerState, replicaOf } from './projection.ts';

/** What a broker that starts has otherwise where the start of its log was forgotten. */
const ofLogStart = /^broker-\d+ (log|log start|flushed|epochs|high watermark)$/;

/** The same where it was that of a deleted topic, which may be beyond the end of the log. */
const ofLogThatIsGone = /^broker-\d+ (log|log start|log end|flushed|epochs|high watermark)$/;

/** Every replica gets a record, and the leader knows it. */
const replicatedRecord: readonly string[] = [
  'produce(acks=1, leader=broker-1)',
  'fetch(follower=broker-2, leader=broker-1)',
  'receiveFetchResponse(follower=broker-2, leader=broker-1)',
  'fetch(follower=broker-2, leader=broker-1)',
  'fetch(follower=broker-3, leader=broker-1)',
  'receiveFetchResponse(follower=broker-3, leader=broker-1)',
  'fetch(follower=broker-3, leader=broker-1)',
];

/** What a high watermark has to do with. */
const ofHighWatermark = /^(broker-\d+ (high watermark|waiting)|fetches|acknowledged)$/;

/** Whether a broker starts in the step, and has a log of a topic that is not the first of its name. */
function startsWithLaterTopic({ step }: Difference<BrokerState>): boolean {
  if (step?.taken.name !== 'receiveRegistrationAnswer') return false;
  return replicaOf(step.after, String(step.taken.params['broker'])).topicId > 1;
}

/** Of a list of what is noted as "epoch from offset". */
function newestEpochOf(entries: JsonValue): number {
  return Array.isArray(entries) ? Number.parseInt(String(entries.at(-1)), 10) : Number.NaN;
}

function isEmpty(list: JsonValue): boolean {
  return Array.isArray(list) && list.length === 0;
}

/** Whether a broker starts in the step with a log of which everything was deleted. */
function startsWithDeletedLog({ step }: Difference<BrokerState>): boolean {
  if (step?.taken.name !== 'receiveRegistrationAnswer') return false;
  const { log, logStartOffset } = replicaOf(step.after, String(step.taken.params['broker']));
  return logStartOffset > 0 && log.length === logStartOffset;
}

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
      ...replicatedRecord,
      'deleteRecords(leader=broker-1)',
      'crash(broker=broker-1)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
    ],
  },
  {
    name: 'member-unknown-when-asked',
    reason:
      'A leader names the broker epoch of each member that has fetched from it (KIP-903), and none of one that ' +
      'has not. The model has no epoch of each in the request: of a member that is replaced while the request is ' +
      'on its way it looks at what the leader knows by then. So it refuses what Kafka accepts, if the first fetch ' +
      'is in between.',
    source: 'Partition.addBrokerEpochToIsr; ReplicationControlManager.ineligibleReplicasForIsr',
    releases: ['3.9.1'],
    isShownBy: ({ step, places, note }) =>
      step?.taken.name === 'handleAlterPartition' &&
      note.includes('the controller answered NONE') &&
      places.some(({ place }) => place === 'controller ISR'),
    storyIn: 'together, topics deleted',
    story: [
      'crash(broker=broker-1)',
      'fence(broker=broker-1)',
      'replayMetadata(broker=broker-2, records=1)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
      'unfence(broker=broker-1)',
      'fetch(follower=broker-1, leader=broker-2)',
      'replayMetadata(broker=broker-3, records=1)',
      'fetch(follower=broker-3, leader=broker-2)',
      'crash(broker=broker-3)',
      'restart(broker=broker-3)',
      'register(broker=broker-3)',
      'receiveRegistrationAnswer(broker=broker-3)',
      'unfence(broker=broker-3)',
      'handleAlterPartition(sender=broker-2)',
    ],
  },
  {
    name: 'lowered-minimum-not-looked-at',
    reason:
      'A leader looks whether its high watermark can move when it appends, when its ISR changes, and at a fetch ' +
      'of a follower that has come further; not when min.insync.replicas is lowered. In the model it looks at ' +
      'every fetch.',
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
  {
    name: 'deleted-epoch-read-again',
    reason:
      'A log of which everything was deleted still has the last batch in its file. A start after a crash reads ' +
      'it, and notes its epoch at the start of the log; one after a clean stop reads nothing, and forgets the ' +
      'epoch that no record is left of. The model has no epoch of deleted records. It is that of the record ' +
      'before the log start, which every replica has had or has deleted: no log is cut for it.',
    source: 'LogLoader.recoverSegment, load (truncateFromEndAsyncFlush); LeaderEpochFileCache',
    releases: ['4.3.1', '3.9.1'],
    isShownBy: difference =>
      startsWithDeletedLog(difference) &&
      difference.places.every(({ place, model }) => place.endsWith(' epochs') && isEmpty(model)),
    storyIn: 'broker, deletions, lost disks',
    story: [
      ...replicatedRecord,
      'deleteRecords(leader=broker-1)',
      'beginControlledShutdown(broker=broker-1)',
      'stopCleanly(broker=broker-1, leave=notGranted)',
      'fence(broker=broker-1)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
      'crash(broker=broker-1)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
    ],
  },
  {
    name: 'recovery-point-of-deleted-topic',
    reason:
      'A broker that finds the log of a deleted topic when it starts puts it aside, and writes recovery points ' +
      'anew after half a minute. A crash before then has the next start take that of the old topic for the new ' +
      'one, by its name: recovery begins there. The segment in which it is is read whole, so that no log of one ' +
      'segment is otherwise.',
    source: 'LogManager.loadLog, checkpointLogRecoveryOffsets (log.initial.task.delay.ms)',
    releases: ['4.3.1', '3.9.1'],
    isShownBy: difference =>
      startsWithLaterTopic(difference) &&
      difference.places.every(
        ({ place, model, kafka }) => place.endsWith(' flushed') && Number(kafka) > Number(model),
      ),
    storyIn: 'together, topics deleted',
    story: [
      'produce(acks=1, leader=broker-1)',
      'fetch(follower=broker-3, leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-3, leader=broker-1)',
      'fetch(follower=broker-3, leader=broker-1)',
      'shrinkIsr(follower=broker-2, leader=broker-1)',
      'handleAlterPartition(sender=broker-1)',
      'receiveAlterPartitionAnswer(leader=broker-1)',
      'replayMetadata(broker=broker-3, records=1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'beginControlledShutdown(broker=broker-2)',
      'stopCleanly(broker=broker-2, leave=granted)',
      'restart(broker=broker-2)',
      'deleteTopic()',
      'recreateTopic(first=broker-3)',
      'register(broker=broker-2)',
      'replayMetadata(broker=broker-3, records=2)',
      'receiveRegistrationAnswer(broker=broker-2)',
      'produce(acks=1, leader=broker-3)',
      'fetch(follower=broker-2, leader=broker-3)',
      'receiveFetchResponse(follower=broker-2, leader=broker-3)',
      'crash(broker=broker-2)',
      'restart(broker=broker-2)',
      'register(broker=broker-2)',
      'receiveRegistrationAnswer(broker=broker-2)',
    ],
  },
  {
    name: 'log-start-of-deleted-topic',
    reason:
      'Where the old log started is kept as well, and the next start has the log of the new topic start there: ' +
      'what is below is gone, and a log that ends below is deleted. In the model a start has the log that there ' +
      'was. A finding.',
    source:
      'LogManager.loadLog, checkpointLogStartOffsets; LogLoader.deleteSegmentsIfLogStartGreaterThanLogEnd',
    releases: ['4.3.1', '3.9.1'],
    isShownBy: difference =>
      startsWithLaterTopic(difference) &&
      difference.places.every(({ place }) => ofLogThatIsGone.test(place)) &&
      difference.places.some(
        ({ place, model, kafka }) => place.endsWith(' log start') && Number(kafka) > Number(model),
      ),
    storyIn: 'together, topics and records deleted',
    story: [
      ...replicatedRecord,
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'deleteRecords(leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'beginControlledShutdown(broker=broker-2)',
      'stopCleanly(broker=broker-2, leave=notGranted)',
      'fence(broker=broker-2)',
      'deleteTopic()',
      'recreateTopic(first=broker-1)',
      'replayMetadata(broker=broker-1, records=3)',
      'restart(broker=broker-2)',
      'register(broker=broker-2)',
      'receiveRegistrationAnswer(broker=broker-2)',
      'produce(acks=1, leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'crash(broker=broker-2)',
      'restart(broker=broker-2)',
      'register(broker=broker-2)',
      'receiveRegistrationAnswer(broker=broker-2)',
    ],
  },
  {
    name: 'older-epoch-replaces-newer',
    reason:
      'A leader that has lost its log and leads on unnoticed notes its epoch at offset 0. When it follows another ' +
      'it is given records of older epochs: Kafka puts these in place of the entry, which was about nothing; in ' +
      'the model an entry that is not newer than all is passed over. Such a replica answers of the epochs below ' +
      "that they end where that one begins: less than Kafka's, of records that the asker fetches again.",
    source: 'LeaderEpochFileCache.assign, maybeTruncateNonMonotonicEntries',
    releases: ['3.9.1'],
    isShownBy: ({ step, places }) =>
      step?.taken.name === 'receiveFetchResponse' &&
      places.length > 0 &&
      places.every(
        ({ place, model, kafka }) =>
          place.endsWith(' epochs') && newestEpochOf(kafka) < newestEpochOf(model),
      ),
    storyIn: 'together, reassignments',
    story: [
      'produce(acks=all, leader=broker-1)',
      'reassign(add=none, remove=broker-3)',
      'replayMetadata(broker=broker-2, records=1)',
      'replayMetadata(broker=broker-1, records=1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'produce(acks=1, leader=broker-1)',
      'fetch(follower=broker-2, leader=broker-1)',
      'receiveFetchResponse(follower=broker-2, leader=broker-1)',
      'losePower(broker=broker-1, kept=0)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
      'electPreferred(elected=broker-2)',
      'replayMetadata(broker=broker-1, records=1)',
      'replayMetadata(broker=broker-2, records=1)',
      'fetch(follower=broker-1, leader=broker-2)',
      'receiveFetchResponse(follower=broker-1, leader=broker-2)',
    ],
  },
];

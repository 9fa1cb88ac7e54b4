import type { NamedException } from '../lockstep/exceptions.ts';
import { type BrokerState, partitionOf, processOf } from './projection.ts';

/** What a broker that starts has otherwise where the start of its log was forgotten. */
const ofLogStart = /^broker-\d+ (log|log start|flushed|epochs|high watermark)$/;

/** What a leader that proposes an ISR has otherwise than one that does not. */
const ofProposal = /^(broker-\d+) (request|pending change|pending ISR|high watermark|waiting)$/;

/** What is known to be otherwise in Kafka's brokers than in those of `replication`. */
export const brokerExceptions: readonly NamedException<BrokerState>[] = [
  {
    name: 'log-start-forgotten',
    reason:
      'Where a log starts after a deletion is written to disk once a minute and at a clean stop. A broker that ' +
      'crashes before has the deleted records again, until its leader tells it. In the model the deletion is on ' +
      'disk at once.',
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
    name: 'request-of-earlier-incarnation',
    reason:
      'A leader that has crashed with an AlterPartition on its way proposes again as soon as it leads again. In ' +
      'the model it waits until the controller has refused that one, which changes nothing.',
    source: 'DefaultAlterPartitionManager.submit',
    releases: ['4.3.1', '3.9.1'],
    isShownBy({ step, places }) {
      const [leader] = ofProposal.exec(places[0]?.place ?? '')?.slice(1) ?? [];
      if (step === undefined || leader === undefined) return false;
      const request = partitionOf(step.before).alterPartition[leader];
      const { brokerEpoch } = processOf(step.before.protocol.brokers, leader);
      return (
        request?.inFlight === 'request' &&
        request.senderBrokerEpoch !== brokerEpoch &&
        places.every(({ place }) => ofProposal.exec(place)?.[1] === leader)
      );
    },
    storyIn: 'broker',
    story: [
      'beginControlledShutdown(broker=broker-1)',
      'stopCleanly(broker=broker-1, leave=notGranted)',
      'crash(broker=broker-2)',
      'fence(broker=broker-2)',
      'replayMetadata(broker=broker-3, records=1)',
      'restart(broker=broker-1)',
      'register(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-1)',
      'unfence(broker=broker-1)',
      'missHeartbeats(broker=broker-1)',
      'replayMetadata(broker=broker-3, records=1)',
      'replayMetadata(broker=broker-1, records=1)',
      'unfence(broker=broker-1)',
      'fetch(follower=broker-1, leader=broker-3)',
      'receiveFetchResponse(follower=broker-1, leader=broker-3)',
      'crash(broker=broker-3)',
      'restart(broker=broker-3)',
      'register(broker=broker-3)',
      'receiveRegistrationAnswer(broker=broker-3)',
      'unfence(broker=broker-3)',
      'replayMetadata(broker=broker-3, records=1)',
      'replayMetadata(broker=broker-1, records=2)',
      'fetch(follower=broker-1, leader=broker-3)',
    ],
  },
];

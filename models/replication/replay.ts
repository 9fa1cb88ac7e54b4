import type { ReplicationContext } from './context.ts';
import { forgetReplayedMetadata } from './metadata.ts';
import { partitionsIn, recording } from './partitionScope.ts';
import type { ReplicationRecording } from './recorders.ts';
import { actOnMetadata } from './replica.ts';
import type { Broker, Protocol } from './schema.ts';

/** A step in progress: the state, by which rules it changes, and how it tells the ghost. */
export interface ReplicationStep {
  readonly context: ReplicationContext;
  readonly protocol: Protocol;
  readonly record: ReplicationRecording;
}

/**
 * Moves a broker's view to the metadata record at `offset`, and acts on what is new in it: on each
 * partition that some record in between was about.
 *
 * Source: MetadataLoader, BrokerMetadataPublisher, ReplicaManager.applyDelta.
 */
export function replayMetadataUpTo(
  { context, protocol, record }: ReplicationStep,
  broker: Broker,
  offset: number,
): void {
  const known = protocol.brokers.get(broker);
  const before = viewAt(protocol, known.metadataOffset);
  const after = viewAt(protocol, offset);
  known.metadataOffset = offset;
  for (const partition of partitionsIn(context, protocol)) {
    const [was, is] = [before.get(partition.id), after.get(partition.id)];
    if (was.partitionEpoch !== is.partitionEpoch || was.topicId !== is.topicId) {
      actOnMetadata(recording(partition, record), broker, was);
    }
  }
  forgetReplayedMetadata(context, protocol);
}

function viewAt({ metadata }: Protocol, offset: number) {
  return metadata.history.get(offset - metadata.firstOffset).partitions;
}

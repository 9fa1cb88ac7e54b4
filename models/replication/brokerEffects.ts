import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ReplicationContext } from './context.ts';
import { endAfterPowerLoss, flushLog } from './disk.ts';
import { newestMetadataOffset } from './learning.ts';
import { startLogAt, truncateLog } from './log.ts';
import { forgetReplayedMetadata } from './metadata.ts';
import { partitionsIn, recording } from './partitionScope.ts';
import type { ReplicationRecording } from './recorders.ts';
import { checkpointHighWatermarks, loadReplica, unloadReplica } from './replica.ts';
import type { Broker, Protocol, ReadonlyReplicaView } from './schema.ts';
import { tellExposed } from './told.ts';

/** What a transition of the broker lifecycle is about. */
export interface BrokerChange {
  readonly context: ReplicationContext;
  readonly protocol: Protocol;
  readonly broker: Broker;
  /** Below which offset a log survives a power loss; whatever is flushed does. */
  readonly keptOf?: (replica: ReadonlyReplicaView) => number;
  /** How far a process that starts has replayed the metadata; everything, unless said otherwise. */
  readonly replayed?: number;
  /** Where the broker opens for clients: what they may read from then on. */
  readonly record?: ReplicationRecording;
}

type BrokerEffect =
  | 'readCleanShutdownFile'
  | 'loadLog'
  | 'openRequestProcessing'
  | 'flushAndCheckpoint'
  | 'loseMemory'
  | 'loseUnflushedTail'
  | 'loseDisk';

/** What each effect of the broker lifecycle does. */
export const brokerEffects: EffectHandlers<BrokerEffect, BrokerChange> = {
  readCleanShutdownFile({ protocol, broker }) {
    const started = protocol.brokers.get(broker);
    started.incarnation++;
    started.previousBrokerEpoch = started.cleanShutdownFile;
    started.cleanShutdownFile = undefined;
  },
  loadLog({ context, protocol, broker, replayed = newestMetadataOffset(protocol) }) {
    context.learning.start(protocol, broker, replayed);
    for (const partition of partitionsIn(context, protocol)) loadReplica(partition, broker);
    forgetReplayedMetadata(context, protocol);
  },
  // Serving clients is read off the state itself: see actsAsLeader.
  openRequestProcessing({ context, protocol, broker, record }) {
    if (record === undefined) return;
    for (const partition of partitionsIn(context, protocol)) {
      const { role, highWatermark, log } = partition.replicas.get(broker);
      if (role.state !== 'leading') continue;
      tellExposed(recording(partition, record), broker, Math.min(highWatermark, log.length));
    }
  },
  flushAndCheckpoint({ context, protocol, broker }) {
    for (const { replicas } of partitionsIn(context, protocol)) {
      const replica = replicas.get(broker);
      if (context.rules.flushesBeforeCleanFile) flushLog(replica);
    }
    checkpointHighWatermarks(partitionsIn(context, protocol), broker);
    const stopping = protocol.brokers.get(broker);
    stopping.cleanShutdownFile = stopping.brokerEpoch;
  },
  loseMemory({ context, protocol, broker }) {
    for (const partition of partitionsIn(context, protocol)) unloadReplica(partition, broker);
    const stopped = protocol.brokers.get(broker);
    stopped.paused = false;
    stopped.brokerEpoch = 0;
    stopped.previousBrokerEpoch = undefined;
    context.learning.end(protocol, broker);
    forgetReplayedMetadata(context, protocol);
  },
  loseUnflushedTail({ context, protocol, broker, keptOf = () => 0 }) {
    for (const { replicas } of partitionsIn(context, protocol)) {
      const replica = replicas.get(broker);
      truncateLog(replica, endAfterPowerLoss(replica, keptOf(replica)));
    }
  },
  loseDisk({ context, protocol, broker }) {
    for (const { replicas } of partitionsIn(context, protocol)) {
      const replica = replicas.get(broker);
      startLogAt(replica, 0);
      replica.checkpointedHighWatermark = 0;
      replica.topicId = 0;
    }
    protocol.brokers.get(broker).cleanShutdownFile = undefined;
  },
};

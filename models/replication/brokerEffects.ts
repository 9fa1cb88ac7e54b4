import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ReplicationContext } from './context.ts';
import { startLogAt, truncateLog } from './log.ts';
import { controllerPartitionEpoch } from './metadata.ts';
import { loadReplica, loseMemory } from './replica.ts';
import type { Broker, Protocol } from './schema.ts';

/** What a transition of the broker lifecycle is about. */
export interface BrokerChange {
  readonly context: ReplicationContext;
  readonly protocol: Protocol;
  readonly broker: Broker;
  /** Records that survive a power loss; whatever is flushed does. */
  readonly kept?: number;
  /** How far a process that starts has replayed the metadata; everything, unless said otherwise. */
  readonly replayed?: number;
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
  loadLog({ context, protocol, broker, replayed = controllerPartitionEpoch(protocol) }) {
    loadReplica(context, protocol, broker, replayed);
  },
  openRequestProcessing() {
    // Serving clients is read off the state itself: see actsAsLeader.
  },
  flushAndCheckpoint({ protocol, broker }) {
    const stopping = protocol.brokers.get(broker);
    stopping.flushedOffset = stopping.log.length;
    stopping.checkpointedHighWatermark = stopping.highWatermark;
    stopping.cleanShutdownFile = stopping.brokerEpoch;
  },
  loseMemory({ context, protocol, broker }) {
    loseMemory(context, protocol, broker);
  },
  loseUnflushedTail({ protocol, broker, kept = 0 }) {
    const unpowered = protocol.brokers.get(broker);
    truncateLog(unpowered, Math.max(kept, unpowered.flushedOffset));
  },
  loseDisk({ protocol, broker }) {
    const replaced = protocol.brokers.get(broker);
    startLogAt(replaced, 0);
    replaced.checkpointedHighWatermark = 0;
    replaced.cleanShutdownFile = undefined;
  },
};

import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ReplicationContext } from './context.ts';
import { loadReplica, loseMemory } from './replica.ts';
import type { Broker, Protocol } from './schema.ts';

/** What a transition of the broker lifecycle is about. */
export interface BrokerChange {
  readonly context: ReplicationContext;
  readonly protocol: Protocol;
  readonly broker: Broker;
  /** Records that survive a power loss. */
  readonly kept: number;
}

type BrokerEffect = 'loadLog' | 'openRequestProcessing' | 'loseMemory' | 'loseUnflushedTail';

/** What each effect of the broker lifecycle does. */
export const brokerEffects: EffectHandlers<BrokerEffect, BrokerChange> = {
  loadLog({ context, protocol, broker }) {
    loadReplica(context, protocol, broker);
  },
  openRequestProcessing() {
    // Serving clients is read off the state itself: see actsAsLeader.
  },
  loseMemory({ context, protocol, broker }) {
    loseMemory(context, protocol, broker);
  },
  loseUnflushedTail({ protocol, broker, kept }) {
    protocol.brokers.get(broker).log.truncate(kept);
  },
};

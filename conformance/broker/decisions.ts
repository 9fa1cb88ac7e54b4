import type { JsonValue } from '../../checker/state/json.ts';
import { idOf } from '../controller/projection.ts';
import type { Step } from '../lockstep/counterpart.ts';
import { type BrokerState, partitionOf, viewOf } from './projection.ts';

/** Of a command of the driver of the brokers. */
export type Command = { readonly [name: string]: JsonValue };

/** What brokers hear of a controller: of that of the model, or of a real one. */
export interface Decisions {
  /** Epoch and state of every registration. */
  registrations(state: BrokerState): JsonValue;
  /** All that there is of the partition, for a broker that starts. */
  everything(state: BrokerState, broker: string): Command;
  /** What a broker replays in a step; undefined where nothing is new of the partition. */
  news(step: Step<BrokerState>, broker: string): Command | undefined;
  /** The answer that a leader hears in a step. */
  answer(step: Step<BrokerState>, leader: string): Command;
  /** What a leader is told at once whose request is not answered in the model, so that it stays as it is. */
  refusal(sender: string): Command;
  /** The partition epoch that the model has at the time of one of Kafka. */
  partitionEpochOf(kafka: number): number;
  /** The id of the newest topic of the name, which may be deleted; undefined where no topic ever is. */
  topicId(): JsonValue | undefined;
}

/** Whatever is answered otherwise, the leader stays as it is until the metadata tells it. */
export const unheard: Command = { error: 'NEW_LEADER_ELECTED' };

/** What the controller of the model decides: a record of the whole partition, and the answers that it gives. */
export const decisionsOfModel: Decisions = {
  registrations: ({ protocol }) =>
    Object.values(protocol.registrations).map(({ brokerEpoch, state }) => ({
      epoch: brokerEpoch,
      state,
    })),
  everything: (state, broker) => ({ partition: told(state, broker) }),
  news({ before, after }, broker) {
    const isNew = viewOf(after, broker).partitionEpoch !== viewOf(before, broker).partitionEpoch;
    return isNew ? { partition: told(after, broker) } : undefined;
  },
  answer({ before }, leader) {
    const answer = partitionOf(before).alterPartition[leader];
    if (answer?.inFlight !== 'success') return { error: 'INELIGIBLE_REPLICA' };
    const { leaderEpoch, partitionEpoch, isr } = answer;
    return { error: 'NONE', leaderEpoch, partitionEpoch, isr: isr.map(idOf) };
  },
  refusal: () => unheard,
  partitionEpochOf: epoch => epoch,
  topicId: () => undefined,
};

/** The partition as the broker knows it, for the driver. */
function told(state: BrokerState, broker: string): JsonValue {
  const view = viewOf(state, broker);
  const { leader, leaderEpoch, partitionEpoch, isr, recovering, replicas } = view;
  return {
    leader: leader === null ? -1 : idOf(leader),
    leaderEpoch,
    partitionEpoch,
    isr: isr.map(idOf),
    replicas: replicas.map(idOf),
    adding: view.adding.map(idOf),
    removing: view.removing.map(idOf),
    isRecovering: recovering,
  };
}

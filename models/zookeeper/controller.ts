import { isResponsive } from '../replication/metadata.ts';
import { decideOnTopic } from '../replication/partitionChange.ts';
import type { Broker, PartitionDraft } from '../replication/schema.ts';
import type { ZooKeeperContext, ZooKeeperStep } from './context.ts';
import { Batch, endQueues } from './requests.ts';
import type { ControllerView, Protocol, ReadonlyProtocol } from './schema.ts';
import { versionNow } from './store.ts';

/** A controller in the middle of an event. */
export interface Acting {
  readonly step: ZooKeeperStep;
  readonly id: Broker;
  readonly view: ControllerView;
  readonly batch: Batch;
}

/** Lets a controller handle an event. */
export function act(step: ZooKeeperStep, id: Broker, handle: (acting: Acting) => void): void {
  const { protocol } = step;
  const acting = { step, id, view: protocol.controllers.get(id), batch: new Batch() };
  handle(acting);
  flush(acting);
}

/** Queues what is to be told so far, unless the controller has resigned meanwhile. */
export function flush({ step: { context, protocol }, id, batch }: Acting): void {
  if (isActing(protocol, id)) batch.send(context, protocol, id);
  batch.clear();
}

/** Whether a broker takes itself for the controller. */
export function isActing({ controllers }: ReadonlyProtocol, broker: Broker): boolean {
  return controllers.get(broker).state.state !== 'standby';
}

/** Why a broker cannot use ZooKeeper now, if it cannot. */
export function outOfTouch(protocol: ReadonlyProtocol, broker: Broker): string | undefined {
  if (!isResponsive(protocol.partition, broker)) return 'the broker is down';
  if (protocol.sessions.get(broker).state.state !== 'open') return 'its session has expired';
  return undefined;
}

/**
 * The controller ends its work: it forgets everything, and what it has queued.
 *
 * Source: KafkaController.onControllerResignation.
 */
export function resign(context: ZooKeeperContext, protocol: Protocol, id: Broker): void {
  const { state } = protocol.controllers.get(id);
  if (state.state === 'standby') return;
  endQueues(context, protocol, id);
  state.send('resign', {}, undefined);
  protocol.controllers.clear(id);
}

/** Brokers that the controller takes for alive and able to lead. */
export function isLive({ view }: Acting, broker: Broker): boolean {
  return view.live.has(broker) && !view.leaving.has(broker);
}

/**
 * Writes the state znode of the partition. Since 2.1 the write is one of a multi that checks the version of
 * `/controller_epoch`; a controller that was replaced learns it so, and resigns.
 *
 * Source: KafkaZkClient.updateLeaderAndIsr, ControllerMovedException; KAFKA-6082.
 *
 * @returns whether it is written.
 */
export function writeState(
  { step: { context, protocol }, id, view }: Acting,
  write: (draft: PartitionDraft) => void,
): boolean {
  if (!mayWrite(context, protocol, id)) {
    resign(context, protocol, id);
    return false;
  }
  const { rules } = context.partition;
  decideOnTopic(context.partition, protocol.partition, draft => {
    write(draft);
    if (context.rules.bumpsLeaderEpoch)
      draft.leaderEpoch = rules.nextLeaderEpoch(draft.leaderEpoch);
    draft.partitionEpoch++;
  });
  protocol.zooKeeper.stateControllerEpoch = view.epoch;
  view.version = versionNow(protocol);
  return true;
}

/** Whether the check of a controller's write passes. */
export function mayWrite(
  { rules }: ZooKeeperContext,
  { zooKeeper, controllers }: ReadonlyProtocol,
  id: Broker,
): boolean {
  return !rules.fencesWrites || zooKeeper.controllerEpoch === controllers.get(id).epoch;
}

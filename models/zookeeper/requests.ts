import type { Broker } from '../replication/schema.ts';
import type { ZooKeeperContext } from './context.ts';
import type { Protocol, RequestKind } from './schema.ts';

/**
 * What one event of the controller tells brokers: at its end each gets LeaderAndIsr, UpdateMetadata and StopReplica, in
 * this order. Who gets a LeaderAndIsr of the partition makes everybody get its metadata.
 *
 * Source: ControllerBrokerRequestBatch.sendRequestsToBrokers.
 */
export class Batch {
  readonly #leaderAndIsr = new Set<Broker>();
  readonly #updateMetadata = new Set<Broker>();
  readonly #stopReplica = new Map<Broker, 'stopReplica' | 'deleteReplica'>();

  leaderAndIsr(to: Iterable<Broker>, everybody: Iterable<Broker>): void {
    for (const each of to) this.#leaderAndIsr.add(each);
    this.updateMetadata(everybody);
  }

  updateMetadata(to: Iterable<Broker>): void {
    for (const each of to) this.#updateMetadata.add(each);
  }

  stopReplica(to: Broker, kind: 'stopReplica' | 'deleteReplica'): void {
    this.#stopReplica.set(to, kind);
  }

  clear(): void {
    this.#leaderAndIsr.clear();
    this.#updateMetadata.clear();
    this.#stopReplica.clear();
  }

  /** Queues the requests for every broker that the controller takes for alive. */
  send(context: ZooKeeperContext, protocol: Protocol, controller: Broker): void {
    const { live } = protocol.controllers.get(controller);
    for (const to of context.broker.all) {
      if (!live.has(to)) continue;
      const stop = this.#stopReplica.get(to);
      const kinds: RequestKind[] = [
        ...(this.#leaderAndIsr.has(to) ? ['leaderAndIsr' as const] : []),
        ...(this.#updateMetadata.has(to) ? ['updateMetadata' as const] : []),
        ...(stop === undefined ? [] : [stop]),
      ];
      for (const kind of kinds) enqueue(protocol, { controller, to, kind });
    }
  }
}

interface Sent {
  readonly controller: Broker;
  readonly to: Broker;
  readonly kind: RequestKind;
}

function enqueue(protocol: Protocol, { controller, to, kind }: Sent): void {
  const { epoch, epochs, version, live } = protocol.controllers.get(controller);
  const queue = protocol.queues.get(controller).get(to);
  queue.push({ kind, controllerEpoch: epoch, brokerEpoch: epochs.get(to), version, live });
  // Only UpdateMetadata says who is alive.
  if (kind !== 'updateMetadata') queue.get(queue.length - 1).live.clear();
}

/**
 * The controller does not send to this broker any more. What is queued is dropped; what is on its way may still
 * arrive.
 */
export function endQueue(protocol: Protocol, controller: Broker, to: Broker): void {
  const queue = protocol.queues.get(controller).get(to);
  const late = protocol.late.get(controller).get(to);
  if (queue.length === 0) return;
  const { kind, controllerEpoch, brokerEpoch, version, live } = queue.get(0);
  late.truncate(0);
  late.push({ kind, controllerEpoch, brokerEpoch, version, live });
  queue.truncate(0);
}

/** The same for all brokers. */
export function endQueues(
  { broker }: ZooKeeperContext,
  protocol: Protocol,
  controller: Broker,
): void {
  for (const to of broker.all) endQueue(protocol, controller, to);
}

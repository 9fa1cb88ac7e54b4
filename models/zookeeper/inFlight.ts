import type { InFlight } from '../../checker/model/model.ts';
import { inFlight as inPartition } from '../replication/inFlight.ts';
import type { Broker } from '../replication/schema.ts';
import type { ZooKeeperContext } from './context.ts';
import type { ReadonlyProtocol, RequestKind, RequestView } from './schema.ts';
import { stateAt } from './store.ts';

const names: Readonly<Record<RequestKind, string>> = {
  leaderAndIsr: 'LeaderAndIsr',
  updateMetadata: 'UpdateMetadata',
  stopReplica: 'StopReplica',
  deleteReplica: 'StopReplica (delete)',
};

/** What is on its way: between brokers, and the first request that each controller has for each broker. */
export function inFlight(context: ZooKeeperContext, protocol: ReadonlyProtocol): InFlight[] {
  const { broker } = context;
  const requests = broker.all.flatMap(from =>
    // What a controller sends to its own broker is no message between two.
    broker.all
      .filter(to => to !== from)
      .flatMap(to => {
        const queue = protocol.queues.get(from).get(to);
        const late = protocol.late.get(from).get(to);
        return [
          ...(queue.length === 0
            ? []
            : [said(context, protocol, { from, to, request: queue.get(0) })]),
          ...(late.length === 0
            ? []
            : [said(context, protocol, { from, to, request: late.get(0) })]),
        ];
      }),
  );
  return [...inPartition(context.partition, protocol.partition), ...requests];
}

interface Sent {
  readonly from: Broker;
  readonly to: Broker;
  readonly request: RequestView;
}

function said(
  context: ZooKeeperContext,
  protocol: ReadonlyProtocol,
  { from, to, request }: Sent,
): InFlight {
  const { nameOf } = context.broker;
  const { leader, leaderEpoch } = stateAt(context, protocol, request.version);
  const leads = leader === undefined ? 'nobody leads' : `${nameOf(leader)} leads`;
  const content = `${leads} in epoch ${leaderEpoch}, controller epoch ${request.controllerEpoch}`;
  return { name: names[request.kind], from: nameOf(from), to: nameOf(to), content };
}

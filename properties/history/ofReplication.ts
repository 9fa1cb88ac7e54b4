import type { TakenAction } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import type { PartitionScope } from '../replication/partitionScope.ts';
import { brokerViewOf } from '../replication/view.ts';
import type { ClientEvent } from './history.ts';

/**
 * What clients are told in one step of the replication model: what the ghost state notes of producers, and what
 * a consumer reads or asks. The producer and each consumer are one client, `client`, so that all claims are about it.
 *
 * @param broker - The brokers of the model.
 * @param partition - What the partition is called in the history.
 */
export function clientEventsOf(
  broker: NodeType<'broker'>,
  partition: string,
  [before, after, action]: readonly [PartitionScope, PartitionScope, TakenAction],
): ClientEvent[] {
  const told = { client: 'client', partition };
  return [
    ...acknowledgedIn(before, after).map(each => ({
      ...told,
      ...each,
      kind: 'acknowledged' as const,
    })),
    ...answersIn(broker, before, action).map((each): ClientEvent => ({ ...told, ...each })),
    ...deletedIn(before, after).map(each => ({ ...each, kind: 'deleted' as const, partition })),
  ];
}

function acknowledgedIn({ ghost: before }: PartitionScope, { ghost: after }: PartitionScope) {
  const told = [];
  for (let index = before.acknowledged.length; index < after.acknowledged.length; index++) {
    const { offset, record, acks } = after.acknowledged.get(index);
    if (acks === 'all') told.push({ offset, record: String(record) });
  }
  return told;
}

function deletedIn({ ghost: before }: PartitionScope, { ghost: after }: PartitionScope) {
  return after.deletedBefore > before.deletedBefore ? [{ before: after.deletedBefore }] : [];
}

function answersIn(
  broker: NodeType<'broker'>,
  { protocol }: PartitionScope,
  { name, params }: TakenAction,
) {
  const leader = broker.named(String(params['leader']));
  const offset = Number(params['offset']);
  if (leader === undefined) return [];
  if (name === 'listOffsets') {
    const { leaderEpoch } = brokerViewOf(protocol, leader);
    return [{ kind: 'endOffset' as const, offset, leaderEpoch }];
  }
  if (name !== 'consume') return [];
  const { leaderEpoch } = brokerViewOf(protocol, leader);
  const { log, logStartOffset: from } = protocol.replicas.get(leader);
  const records = [];
  for (let at = from; at <= offset && at < log.length; at++) {
    records.push({ offset: at, record: String(log.get(at).record) });
  }
  return [{ kind: 'read' as const, from, to: offset + 1, records, leaderEpoch }];
}

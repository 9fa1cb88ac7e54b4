import { uncommitted } from '../partitionLog/partitionLog.ts';
import type { PipelineContext } from './context.ts';
import type { Protocol, ReadonlyProtocol, Writer } from './schema.ts';

/** How many records at the end of `__consumer_offsets` a part has written and are not committed. */
export function uncommittedOf(
  { offsets }: Pick<PipelineContext, 'offsets'>,
  { groups, transactions }: ReadonlyProtocol,
  writer: Writer,
): number {
  return uncommitted(writer === 'groups' ? groups.offsets : transactions.partitions.get(offsets));
}

/** What a step has written is behind what was there: one step writes for one of the two. */
export function settleTail(context: PipelineContext, protocol: Protocol): void {
  for (const writer of ['groups', 'transactions'] as const) {
    const known = [...protocol.tail].filter(each => each === writer).length;
    const added = uncommittedOf(context, protocol, writer) - known;
    for (let count = 0; count < added; count++) protocol.tail.push(writer);
  }
}

/** Of the last records that a failover loses, how many a part has written. */
export function lostOf({ tail }: ReadonlyProtocol, lost: number, writer: Writer): number {
  return [...tail].slice(tail.length - lost).filter(each => each === writer).length;
}

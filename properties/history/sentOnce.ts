import type { BrokenHistory, ClientEvent } from './history.ts';

/** Where a record was found, and by whom. */
interface Found {
  readonly offset: number;
  readonly client: string;
}

/**
 * Holds what clients were told to what Kafka promises of producers that are idempotent, or that send each record once
 * and wait for the answer before the next (KIP-98):
 *
 * - a record is at one offset only;
 * - what a producer was told later is stored has the larger offset.
 *
 * Of other producers neither is promised: a record that is sent again may be stored twice, and behind a later one.
 *
 * @returns every event at which a claim is false, in their order.
 */
export function checkSentOnce(events: readonly ClientEvent[]): BrokenHistory[] {
  const found = new Map<string, Found>();
  const last = new Map<string, { readonly offset: number; readonly record: string }>();
  return events.flatMap((event, index): BrokenHistory[] => {
    if (event.kind === 'read') {
      return event.records.flatMap(({ offset, record }) => {
        const clause = twice(found, `${event.partition} ${record}`, {
          offset,
          client: event.client,
        });
        const text = `${event.client} read record ${record} at offset ${offset}, ${clause}`;
        return clause === undefined
          ? []
          : [{ claim: 'records-are-stored-once', event: index, clause: text }];
      });
    }
    if (event.kind !== 'acknowledged') return [];
    const key = `${event.partition} ${event.client}`;
    const before = last.get(key);
    last.set(key, event);
    if (before === undefined || before.offset < event.offset) return [];
    const was = `record ${before.record} of ${event.client} was acknowledged at offset ${before.offset}`;
    const clause = `${was}, and record ${event.record} after it at ${event.offset}`;
    return [{ claim: 'own-writes-are-in-order', event: index, clause }];
  });
}

/** Where the record was found before, if that is another offset. */
function twice(found: Map<string, Found>, key: string, now: Found): string | undefined {
  const before = found.get(key);
  if (before === undefined) found.set(key, now);
  if (before === undefined || before.offset === now.offset) return undefined;
  return `and ${before.client} read it at offset ${before.offset}`;
}

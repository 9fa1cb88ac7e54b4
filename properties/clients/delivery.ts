import type { ReadonlyPartitionView } from '../../models/clients/schema.ts';
import { unless } from '../notApplicable.ts';
import {
  type ClientsInvariant,
  type ClientsScope,
  firstWrong,
  offsetOf,
  somePartition,
} from './clientsScope.ts';
import {
  type ClientsFacts,
  mayLose,
  mayReorder,
  mayRepeat,
  promisesNothing,
} from './scopeFacts.ts';

/** What is asked of the log of a partition for each producer. */
type PropertyWords = Pick<ClientsInvariant, 'name' | 'statement' | 'loss' | 'source'>;

/** Success is a promise with acks=all: clean failovers keep what is committed. */
export function acknowledgedRecordsAreKept(facts: ClientsFacts): ClientsInvariant {
  return kept(facts, mayLose(facts), {
    name: 'acknowledged-records-are-kept',
    statement: 'A record for which a producer was told success with acks=all is where it was told.',
    loss: 'A producer was told that its record is stored, and the record is gone.',
    source: 'ProducerConfig acks; KIP-98 for the answer to a batch that is there already',
  });
}

/** The same of whatever success was told: what acks=0 and acks=1, or an unclean failover, lose. */
export function successMeansStored(facts: ClientsFacts): ClientsInvariant {
  return kept(facts, undefined, {
    name: 'success-means-stored',
    statement: 'A record for which a producer was told success is in the log, whatever acks says.',
    loss: 'A producer was told success, and the record is gone.',
    source: 'ProducerConfig acks',
  });
}

function kept(
  facts: ClientsFacts,
  notApplicable: string | undefined,
  words: PropertyWords,
): ClientsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state =>
      somePartition(
        facts,
        state,
        (_, id) => state.ghost.partitions.get(id).acknowledged.length > 0,
      ),
    holds: state =>
      firstWrong(facts, state, (view, id) => {
        for (const { record, offset } of state.ghost.partitions.get(id).acknowledged) {
          if (isKept(facts, state, view, { record, offset })) continue;
          const where = offset === undefined ? 'nowhere in the log' : `not at offset ${offset}`;
          return `success was told for record ${record}, which is ${where}`;
        }
        return undefined;
      }),
  };
}

function isKept(
  facts: ClientsFacts,
  { protocol }: ClientsScope,
  { log, logStartOffset }: ReadonlyPartitionView,
  { record, offset }: { readonly record: number; readonly offset: number | undefined },
): boolean {
  if (offset !== undefined) {
    if (offset < logStartOffset) return true;
    return offset < log.length && log.get(offset).record === record;
  }
  if (offsetOf(log, record) !== undefined) return true;
  // With acks=0 nobody knows when a request arrives: one that is on its way is not lost yet.
  return isOnItsWay(facts, protocol, record);
}

function isOnItsWay(
  { producer: producers, broker: brokers }: ClientsFacts,
  { producers: views, lateRequests }: ClientsScope['protocol'],
  record: number,
): boolean {
  if ([...lateRequests].some(late => late.record === record)) return true;
  return producers.all.some(producer => {
    const { batches, connections } = views.get(producer);
    return brokers.all.some(broker =>
      [...connections.get(broker).requests].some(
        ({ batch }) => batches.get(batch).record === record,
      ),
    );
  });
}

/** The promise of idempotence, with what takes it away. */
export function recordsAreNotRepeated(facts: ClientsFacts): ClientsInvariant {
  return once(facts, promisesNothing(facts) ?? mayRepeat(facts), {
    name: 'records-are-not-repeated',
    statement: 'A record that one idempotent producer was given once is in the log once.',
    loss: 'A consumer reads a record twice, although the producer is idempotent.',
    source: 'KIP-98; ProducerConfig enable.idempotence',
  });
}

/** The same of any producer, and whatever happens to it. */
export function recordsAreSentOnce(facts: ClientsFacts): ClientsInvariant {
  return once(facts, undefined, {
    name: 'records-are-sent-once',
    statement: 'A record is in the log once, whatever the producer and the application did.',
    loss: 'A consumer reads a record twice.',
    source: 'KIP-98; ProducerConfig retries',
  });
}

function once(
  facts: ClientsFacts,
  notApplicable: string | undefined,
  words: PropertyWords,
): ClientsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state => somePartition(facts, state, ({ log }) => log.length > 0),
    holds: state =>
      firstWrong(facts, state, ({ log }) => {
        for (let offset = 0; offset < log.length; offset++) {
          const { record } = log.get(offset);
          const first = offsetOf(log, record);
          if (first === undefined || first === offset) continue;
          return `record ${record} is at offset ${first} and at offset ${offset}`;
        }
        return undefined;
      }),
  };
}

/** The promise of idempotence, or of one request in flight. */
export function recordsKeepTheirOrder(facts: ClientsFacts): ClientsInvariant {
  return inOrder(facts, mayReorder(facts), {
    name: 'records-keep-their-order',
    statement:
      'Records of one producer are in the log of a partition in the order in which they were sent.',
    loss: 'A consumer reads what came later before what came first, and ends with the older value.',
    source: 'ProducerConfig max.in.flight.requests.per.connection, enable.idempotence; KIP-98',
  });
}

/** The same of any producer. */
export function recordsAreSentInOrder(facts: ClientsFacts): ClientsInvariant {
  return inOrder(facts, undefined, {
    name: 'records-are-sent-in-order',
    statement:
      'Records are in the log in the order in which they were sent, whatever the settings are.',
    loss: 'A consumer reads what came later before what came first.',
    source: 'KAFKA-3197; ProducerConfig max.in.flight.requests.per.connection',
  });
}

function inOrder(
  facts: ClientsFacts,
  notApplicable: string | undefined,
  words: PropertyWords,
): ClientsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state => somePartition(facts, state, ({ log }) => log.length > 1),
    holds: state =>
      firstWrong(facts, state, ({ log }) => {
        // Records are numbered in the order in which they were sent; a record that is there again is no news.
        const seen: number[] = [];
        for (const { record } of log) {
          const { producer } = state.ghost.sends.get(record - 1);
          const later = seen.find(
            other => other > record && state.ghost.sends.get(other - 1).producer === producer,
          );
          if (!seen.includes(record) && later !== undefined) {
            return `record ${later} is before record ${record}, which was sent first`;
          }
          seen.push(record);
        }
        return undefined;
      }),
  };
}

import type { LogView, ReadonlyPartitionView } from '../../models/clients/schema.ts';
import { unless } from '../notApplicable.ts';
import { type ClientsInvariant, firstWrong, numberedBy, somePartition } from './clientsScope.ts';
import { type ClientsFacts, mayForget, withoutIdempotence } from './scopeFacts.ts';

/** What a leader has appended of one producer has no gap and nothing twice, for it looks at the number of each. */
export function sequencesAreContiguous(facts: ClientsFacts): ClientsInvariant {
  return {
    name: 'sequences-are-contiguous',
    kind: 'invariant',
    statement:
      'The sequence numbers of one epoch of a producer are in a log without gap, each once.',
    loss: 'A batch is missing or there twice, and neither producer nor consumer can tell.',
    source: 'ProducerAppendInfo.checkSequence, ProducerStateEntry.findDuplicateBatch; KIP-98',
    ...unless(withoutIdempotence(facts) ?? mayForget(facts)),
    when: state => somePartition(facts, state, ({ log }) => log.length > 1 && hasNumbers(log)),
    holds: state =>
      firstWrong(facts, state, view => {
        for (const id of producerIdsIn(view)) {
          const entries = numberedBy(view.log, id);
          for (const [index, { offset, entry }] of entries.entries()) {
            const before = entries[index - 1]?.entry;
            // What comes first of a producer may have any number: see first-number-not-checked.
            if (before === undefined) continue;
            const isNewEpoch = before.producerEpoch !== entry.producerEpoch;
            const next = isNewEpoch ? 0 : (before.sequence ?? 0) + 1;
            if (entry.sequence === next) continue;
            const has = `sequence ${entry.sequence} of epoch ${entry.producerEpoch}`;
            return `producer id ${id} has ${has} at offset ${offset}, where ${next} was next`;
          }
        }
        return undefined;
      }),
  };
}

/** Once a producer has gone on to its next epoch, nothing of the last one is appended any more. */
export function producerEpochsOnlyGrow(facts: ClientsFacts): ClientsInvariant {
  return {
    name: 'producer-epochs-only-grow',
    kind: 'invariant',
    statement: 'In the log of a partition the epochs of a producer id never go back.',
    loss: 'What a producer has given up is appended after what it sent instead.',
    source: 'ProducerAppendInfo.checkProducerEpoch (INVALID_PRODUCER_EPOCH); KIP-98, KIP-360',
    needs: 'epochBumps',
    ...unless(withoutIdempotence(facts) ?? mayForget(facts)),
    when: state => somePartition(facts, state, ({ log }) => [...log].some(isOfLaterEpoch)),
    holds: state =>
      firstWrong(facts, state, view => {
        for (const id of producerIdsIn(view)) {
          let newest = 0;
          for (const { offset, entry } of numberedBy(view.log, id)) {
            const { producerEpoch } = entry;
            if (producerEpoch < newest) {
              return `epoch ${producerEpoch} of producer id ${id} is at offset ${offset}, behind epoch ${newest}`;
            }
            newest = producerEpoch;
          }
        }
        return undefined;
      }),
  };
}

function isOfLaterEpoch({ producerEpoch }: { readonly producerEpoch: number }): boolean {
  return producerEpoch > 0;
}

function hasNumbers(log: LogView): boolean {
  return [...log].some(({ sequence }) => sequence !== undefined);
}

/** The producer ids by which something in the log is numbered, each once. */
function producerIdsIn({ log }: ReadonlyPartitionView): number[] {
  return [...new Set([...log].map(({ producerId }) => producerId))];
}

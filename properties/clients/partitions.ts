import { unless } from '../notApplicable.ts';
import { type ClientsStepProperty, firstWrong, somePartition } from './clientsScope.ts';
import type { ClientsFacts } from './scopeFacts.ts';

/** What is committed stays where it is: the promise that the log of a partition makes to all of its clients. */
export function committedEntriesStay(facts: ClientsFacts): ClientsStepProperty {
  return {
    name: 'committed-entries-stay',
    kind: 'step',
    statement: 'What the high watermark of a partition covers stays in its log, where it is.',
    loss: 'Consumers have read what is not in the log any more.',
    source: 'docs/replication.md: what replication keeps over clean elections',
    ...unless(
      facts.bounds.uncleanFailovers > 0 ? 'an unclean failover loses what is committed' : undefined,
    ),
    when: before => somePartition(facts, before, ({ highWatermark }) => highWatermark > 0),
    holds: (before, after) =>
      firstWrong(facts, before, (was, id) => {
        const is = after.protocol.partitions.get(id);
        for (let offset = 0; offset < was.highWatermark; offset++) {
          const { record } = was.log.get(offset);
          if (offset < is.log.length && is.log.get(offset).record === record) continue;
          return `record ${record} was committed at offset ${offset}, and is not there any more`;
        }
        return undefined;
      }),
  };
}

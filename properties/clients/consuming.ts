import { unless } from '../notApplicable.ts';
import {
  type ClientsInvariant,
  type ClientsScope,
  type ClientsStepProperty,
  firstWrong,
  somePartition,
} from './clientsScope.ts';
import { type ClientsFacts, mayPassOver, mayRepeatWork, withoutConsumer } from './scopeFacts.ts';

type Words = Pick<ClientsInvariant, 'name' | 'statement' | 'loss' | 'source'>;

/** At least once: where a consumer commits what it has processed, nothing below the committed offset is not. */
export function committedRecordsAreProcessed(facts: ClientsFacts): ClientsInvariant {
  return processedBelow(facts, mayPassOver(facts), {
    name: 'committed-records-are-processed',
    statement:
      'Where offsets are committed after processing, every record below the committed offset was processed.',
    loss: 'A record is never processed: whoever goes on at the committed offset does not see it.',
    source: 'KafkaConsumer, manual offset control; ConsumerCoordinator.maybeAutoCommitOffsetsAsync',
  });
}

/** Of every pattern and policy: what nobody has in hand any more and nobody will read again was processed. */
export function consumedRecordsAreProcessed(facts: ClientsFacts): ClientsInvariant {
  return processedBelow(facts, withoutConsumer(facts), {
    name: 'no-record-is-passed-over',
    statement:
      'Every record below the committed offset was processed, or a consumer that runs has it in hand.',
    loss: 'A record is never processed: whoever goes on at the committed offset does not see it.',
    source: 'docs/design.html, at most once; auto.offset.reset',
    isExcused: (state, record) =>
      facts.partition.all.some(each => handsOf(facts, state, each).includes(record)),
  });
}

interface ProcessedBelow extends Words {
  /** Whether a record need not be processed yet. */
  readonly isExcused?: (state: ClientsScope, record: number) => boolean;
}

function processedBelow(
  facts: ClientsFacts,
  notApplicable: string | undefined,
  { isExcused, ...words }: ProcessedBelow,
): ClientsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state => facts.partition.all.some(each => (committedIn(facts, state, each) ?? 0) > 0),
    holds: state =>
      firstWrong(facts, state, ({ log, logStartOffset }, id) => {
        const committed = committedIn(facts, state, id) ?? 0;
        for (let offset = logStartOffset; offset < Math.min(committed, log.length); offset++) {
          const { record } = log.get(offset);
          if (state.ghost.sends.get(record - 1).processed > 0) continue;
          if (isExcused?.(state, record) === true) continue;
          return `${committed} is committed, and record ${record} at offset ${offset} was not processed`;
        }
        return undefined;
      }),
  };
}

/** At most once: what is committed first is not read again. */
export function recordsAreProcessedOnce(facts: ClientsFacts): ClientsInvariant {
  return processedOnce(mayRepeatWork(facts), {
    name: 'records-are-processed-once',
    statement: 'Where offsets are committed before processing, no record is processed twice.',
    loss: 'The application does something twice that it must do once at most.',
    source: 'docs/design.html, at most once',
  });
}

/** The same of every pattern and policy. */
export function workIsNotRepeated(facts: ClientsFacts): ClientsInvariant {
  return processedOnce(withoutConsumer(facts), {
    name: 'no-record-is-processed-twice',
    statement: 'No record is processed twice, whatever the application does.',
    loss: 'The application does something twice.',
    source: 'docs/design.html, at least once',
  });
}

function processedOnce(notApplicable: string | undefined, words: Words): ClientsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: ({ ghost }) => [...ghost.sends].some(({ processed }) => processed > 0),
    holds({ ghost }) {
      const twice = [...ghost.sends].findIndex(({ processed }) => processed > 1);
      return twice < 0 || `record ${twice + 1} was processed twice`;
    },
  };
}

/** Who has read a record finds it below its position when it reads on, or was told that it is gone. */
export function readsGoOnInTheSameLog(facts: ClientsFacts): ClientsStepProperty {
  return {
    name: 'reads-go-on-in-the-same-log',
    kind: 'step',
    statement:
      'A consumer reads on only where the record before its position is the one that it has read.',
    loss: 'After an unclean failover a consumer goes on in the middle of records that it does not know.',
    source: 'KIP-320; SubscriptionState.maybeCompleteValidation',
    ...unless(withoutConsumer(facts)),
    needs: 'a poll that is not the first',
    when: (before, _, { name }) =>
      name === 'poll' &&
      somePartition(facts, before, (__, id) => positionIn(facts, before, id) > 0),
    holds: (before, after) =>
      firstWrong(facts, before, ({ log }, id) => {
        const offset = positionIn(facts, before, id);
        if (offset === 0 || positionIn(facts, after, id) === offset) return undefined;
        const { read } = before.ghost.partitions.get(id);
        const last = offset <= read.length ? read.get(offset - 1) : 0;
        const { record } = log.get(offset - 1);
        if (last === 0 || last === record) return undefined;
        return `record ${last} was read at offset ${offset - 1}, where record ${record} is now`;
      }),
  };
}

type PartitionOf = Parameters<ClientsScope['protocol']['partitions']['get']>[0];

function committedIn(
  { consumer }: ClientsFacts,
  { protocol }: ClientsScope,
  partition: PartitionOf,
): number | undefined {
  const [only] = consumer.all;
  if (only === undefined) return undefined;
  return protocol.consumers.get(only).partitions.get(partition).committedOffset;
}

function handsOf(
  { consumer }: ClientsFacts,
  { protocol }: ClientsScope,
  partition: PartitionOf,
): readonly number[] {
  const [only] = consumer.all;
  return only === undefined
    ? []
    : [...protocol.consumers.get(only).partitions.get(partition).inHand];
}

function positionIn(
  { consumer }: ClientsFacts,
  { protocol }: ClientsScope,
  partition: PartitionOf,
): number {
  const [only] = consumer.all;
  return only === undefined ? 0 : protocol.consumers.get(only).partitions.get(partition).offset;
}

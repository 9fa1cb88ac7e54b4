import { unless } from '../notApplicable.ts';
import {
  mayMistake,
  mayRepeatEffects,
  mayRepeatOutputs,
  type TransactionsFacts,
  withoutInput,
} from './scopeFacts.ts';
import {
  recordsIn,
  type TransactionsInvariant,
  type TransactionsScope,
} from './transactionsScope.ts';

type Words = Pick<TransactionsInvariant, 'name' | 'statement' | 'loss' | 'source'>;

/** Exactly once: consume, process, produce in transactions. */
export function outputsAreNotRepeated(facts: TransactionsFacts): TransactionsInvariant {
  return outputsOnce(facts, mayRepeatOutputs(facts), {
    name: 'outputs-are-not-repeated',
    statement:
      'Where outputs and offsets are in transactions, each record of the input has one committed output at most.',
    loss: 'A record of the input has come to two outputs.',
    source: 'KIP-98, KIP-447; docs/design.html, exactly once',
  });
}

/** The same of every pattern. */
export function noOutputIsRepeated(facts: TransactionsFacts): TransactionsInvariant {
  return outputsOnce(facts, withoutInput(facts), {
    name: 'no-output-is-there-twice',
    statement:
      'Each record of the input has one output that is not aborted, whatever the application does.',
    loss: 'A record of the input has come to two outputs.',
    source: 'docs/design.html, at least once',
  });
}

function outputsOnce(
  facts: TransactionsFacts,
  notApplicable: string | undefined,
  words: Words,
): TransactionsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state => outputsIn(facts, state).length > 0,
    holds(state) {
      const outputs = outputsIn(facts, state);
      for (const [place, { input, record }] of outputs.entries()) {
        const other = outputs.slice(0, place).find(each => each.input === input);
        if (other !== undefined) {
          return `records ${other.record} and ${record} are outputs of input ${input}`;
        }
      }
      return true;
    },
  };
}

/** The outputs that are committed, or outside of transactions, each record once. */
function outputsIn(facts: TransactionsFacts, { protocol }: TransactionsScope) {
  const found = facts.partition.all.flatMap(partition => {
    const { log } = protocol.partitions.get(partition);
    const plain = [...log]
      .filter(({ kind, record }) => kind === 'plain' && record > 0)
      .map(({ record, input }) => ({ record, input }));
    const committed = recordsIn(log).filter(({ end, record }) => end === 'commit' && record > 0);
    return [...plain, ...committed.map(({ record, input }) => ({ record, input }))];
  });
  return found.filter(
    ({ record }, place) => found.findIndex(each => each.record === record) === place,
  );
}

/** At least once: what is noted of an input has its output. */
export function notedInputsHaveOutputs(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'noted-inputs-have-outputs',
    kind: 'invariant',
    statement:
      'Every record of the input below what is committed, or marked in the outbox, has an output that is not aborted.',
    loss: 'A record of the input is passed over: whoever goes on there does not see it.',
    source: 'KIP-98; docs/design.html, at least once; GroupMetadata.completePendingTxnOffsetCommit',
    ...unless(withoutInput(facts) ?? (facts.config.transactions ? mayMistake(facts) : undefined)),
    when: state => notedIn(facts, state) > 0,
    holds(state) {
      const noted = notedIn(facts, state);
      const inputs = facts.partition.all.flatMap(partition => {
        const { log } = state.protocol.partitions.get(partition);
        const plain = [...log].filter(({ kind, record }) => kind === 'plain' && record > 0);
        const open = recordsIn(log).filter(({ end, record }) => end !== 'abort' && record > 0);
        return [...plain, ...open].map(({ input }) => input);
      });
      for (let input = 1; input <= noted; input++) {
        if (inputs.includes(input)) continue;
        return `${noted} inputs are noted as done, and input ${input} has no output`;
      }
      return true;
    },
  };
}

/** How far the input is noted as done where somebody would go on: by its group, or by its outbox. */
function notedIn(
  { config, partition }: TransactionsFacts,
  { protocol }: TransactionsScope,
): number {
  const offsets = config.pattern === 'process' ? partition.all.at(-1) : undefined;
  if (offsets === undefined) return protocol.marked;
  const positions = protocol.producers
    .toJSON()
    .filter(({ isReading, state }) => isReading && state === 'ready')
    .map(({ position, owesOffset }) => (owesOffset ? 0 : position));
  const { log, highWatermark } = protocol.partitions.get(offsets);
  const plain = [...log]
    .slice(0, highWatermark)
    .filter(({ kind }) => kind === 'plain')
    .map(({ input }) => input);
  const committed = recordsIn(log)
    .filter(({ end, marker = 0 }) => end === 'commit' && marker < highWatermark)
    .map(({ input }) => input);
  return Math.max(0, ...positions, ...plain, ...committed);
}

/** What an idempotent consumer is for, and what a reader that never crashes has of transactions. */
export function effectsAreNotRepeated(facts: TransactionsFacts): TransactionsInvariant {
  return effectsOnce(mayRepeatEffects(facts), {
    name: 'effects-are-not-repeated',
    statement:
      'A reader that keeps what it has handled, or never reads again, makes something of each record once.',
    loss: 'The reader does something twice that it must do once.',
    source: 'the pattern of the idempotent consumer; docs/design.html, exactly once',
  });
}

/** The same of every reader. */
export function noEffectIsRepeated(_: TransactionsFacts): TransactionsInvariant {
  return effectsOnce(undefined, {
    name: 'no-effect-comes-twice',
    statement: 'A reader makes something of each record once, whatever it does.',
    loss: 'The reader does something twice.',
    source: 'docs/design.html: exactly once ends where another system begins',
  });
}

function effectsOnce(notApplicable: string | undefined, words: Words): TransactionsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: ({ ghost }) => [...ghost.effects].some(times => times > 0),
    holds({ ghost }) {
      const twice = [...ghost.effects].findIndex(times => times > 1);
      return twice < 0 || `the reader has made something of ${twice + 1} twice`;
    },
  };
}

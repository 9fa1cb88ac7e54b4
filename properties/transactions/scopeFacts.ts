import { isEarlier, releaseNamed } from '../../models/description/release.ts';
import {
  secondVersion,
  type TransactionsBounds,
  type TransactionsConfig,
} from '../../models/transactions/config.ts';
import { nodesOf } from '../../models/transactions/nodes.ts';
import type { TransactionsNodes } from '../../models/transactions/schema.ts';
import { firstOf } from '../notApplicable.ts';

/** What a scope is, by its configuration and bounds: enough to say which promises are not made there. */
export interface TransactionsFacts extends TransactionsNodes {
  readonly config: TransactionsConfig;
  readonly bounds: TransactionsBounds;
}

/** @param nodes - Those of a larger model, where this one is a part of it. */
export function transactionsFacts(
  config: TransactionsConfig,
  bounds: TransactionsBounds,
  nodes: TransactionsNodes = nodesOf(config),
): TransactionsFacts {
  return { ...nodes, config, bounds };
}

function isBefore({ config }: TransactionsFacts, release: string): boolean {
  return isEarlier(releaseNamed(config.kafka), releaseNamed(release));
}

/** Whether the epoch grows with each transaction. */
export function isSecondVersion(facts: TransactionsFacts): boolean {
  return facts.config.transactionVersion === '2' && !isBefore(facts, secondVersion);
}

/** Why nothing is said of transactions. */
export function withoutTransactions({ config }: TransactionsFacts): string | undefined {
  return config.transactions ? undefined : 'nothing is sent in a transaction';
}

/** Why a transaction may end otherwise than its application asked, or not as a whole. */
export function mayMistake(facts: TransactionsFacts): string | undefined {
  const { bounds } = facts;
  const isFirst = !isSecondVersion(facts);
  return firstOf(
    withoutTransactions(facts),
    bounds.lateEnds > 0 && isFirst && 'in version 1 a late request ends the next transaction',
    bounds.lateMarkers > 0 && isFirst && 'in version 1 a late marker ends the next transaction',
  );
}

/** Why a producer may come to where it can only close. */
export function mayFail(facts: TransactionsFacts): string | undefined {
  const { config, bounds } = facts;
  const shares = config.producers > config.transactionalIds;
  return firstOf(
    mayMistake(facts),
    shares && 'another process takes its transactional id',
    bounds.timeouts > 0 && 'its transaction may time out',
    bounds.expiries > 0 && isBefore(facts, '2.5') && 'before 2.5 a batch that expires is fatal',
  );
}

/** Why an application may write outputs of one input twice. */
export function mayRepeatOutputs(facts: TransactionsFacts): string | undefined {
  const { config, bounds } = facts;
  const isAlone = config.producers === 1 || config.transactionalIds === 1;
  return firstOf(
    withoutInput(facts),
    !config.transactions && 'the output is stored before it is noted',
    mayMistake(facts),
    // Until 2.5 a transactional id has to belong to a partition of the input.
    !isAlone &&
      bounds.rebalances > 0 &&
      isBefore(facts, '2.5') &&
      'before 2.5 two transactional ids take turns at an input',
  );
}

/** Why nothing is said of an input. */
export function withoutInput({ config }: TransactionsFacts): string | undefined {
  return config.pattern === 'send' ? 'there is no input' : undefined;
}

/** Why the reader may make something of a record twice. */
export function mayRepeatEffects(facts: TransactionsFacts): string | undefined {
  const { config, bounds } = facts;
  if (config.deduplicates) return undefined;
  const repeats = config.pattern === 'send' ? undefined : mayRepeatOutputs(facts);
  return firstOf(
    bounds.readerCrashes > 0 && 'a reader that crashes reads again what it had not committed',
    repeats,
    config.isolation === 'read_uncommitted' && 'the reader reads what is aborted',
  );
}

/** Why the reader is given what is not committed. */
export function readsUncommitted({ config }: TransactionsFacts): string | undefined {
  return config.isolation === 'read_uncommitted' ? 'the reader reads uncommitted' : undefined;
}

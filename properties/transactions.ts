import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { type AnyTemporalProperty, anyTemporal } from '../checker/model/temporal.ts';
import {
  quietScope,
  type TransactionsBounds,
  type TransactionsConfig,
} from '../models/transactions/config.ts';
import type { TransactionsNodes } from '../models/transactions/schema.ts';
import {
  abortedRecordsAreNotRead,
  committedTransactionsAreKept,
  failedCommitsAreNotRead,
  markersFollowDecisions,
  onlyCommittedRecordsAreRead,
  openTransactionsAreKnown,
  readersSeeWholeTransactions,
  transactionsEndOneWay,
} from './transactions/atomicity.ts';
import {
  committedEntriesStay,
  coordinatorEpochsOnlyGrow,
  decisionsStay,
  fencedProducersWriteNothing,
  onlyFencedProducersFail,
  producerEpochsGrow,
  readersStayBelowOpenTransactions,
  stableOffsetNeverGoesBack,
} from './transactions/fencing.ts';
import { transactionsGoals } from './transactions/goals.ts';
import {
  effectsAreNotRepeated,
  noEffectIsRepeated,
  noOutputIsRepeated,
  notedInputsHaveOutputs,
  outputsAreNotRepeated,
} from './transactions/processing.ts';
import { endsAreAnswered, stableOffsetMovesOn, transactionsEnd } from './transactions/progress.ts';
import { transactionsFacts } from './transactions/scopeFacts.ts';

/** Every property, in the order in which they are listed: what applications lose comes first. */
const families = [
  committedTransactionsAreKept,
  transactionsEndOneWay,
  abortedRecordsAreNotRead,
  markersFollowDecisions,
  decisionsStay,
  openTransactionsAreKnown,
  readersStayBelowOpenTransactions,
  stableOffsetNeverGoesBack,
  fencedProducersWriteNothing,
  producerEpochsGrow,
  coordinatorEpochsOnlyGrow,
  outputsAreNotRepeated,
  notedInputsHaveOutputs,
  effectsAreNotRepeated,
  onlyFencedProducersFail,
  committedEntriesStay,
] as const;

/**
 * The properties and goals of transactions for one configuration and scope. A property that asks nothing there is still
 * listed, with the reason why.
 *
 * @param nodes - Those of a larger model, where this one is a part of it.
 */
export function transactionsProperties(
  config: TransactionsConfig,
  bounds: TransactionsBounds,
  nodes?: TransactionsNodes,
): readonly AnyProperty[] {
  const facts = transactionsFacts(config, bounds, nodes);
  return anyProperties([
    ...families.map(propertyOf => propertyOf(facts)),
    ...transactionsGoals(facts),
  ]);
}

/** What must come about in transactions, sooner or later. */
export function transactionsTemporal(
  config: TransactionsConfig,
  bounds: TransactionsBounds,
): readonly AnyTemporalProperty[] {
  const facts = transactionsFacts(config, bounds);
  return anyTemporal([transactionsEnd(facts), stableOffsetMovesOn(facts), endsAreAnswered(facts)]);
}

/**
 * What is asked of some settings and claimed of none. The answer is a story, or that there is none in the scope.
 */
export function transactionsQuestions(config: TransactionsConfig): readonly AnyProperty[] {
  const facts = transactionsFacts(config, quietScope);
  return anyProperties([
    onlyCommittedRecordsAreRead(facts),
    readersSeeWholeTransactions(facts),
    failedCommitsAreNotRead(facts),
    noOutputIsRepeated(facts),
    noEffectIsRepeated(facts),
  ]);
}

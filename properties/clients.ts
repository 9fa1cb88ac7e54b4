import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { type ClientsBounds, type ClientsConfig, quietScope } from '../models/clients/config.ts';
import type { ClientsNodes } from '../models/clients/schema.ts';
import { consumerGoals } from './clients/consumerGoals.ts';
import {
  committedRecordsAreProcessed,
  consumedRecordsAreProcessed,
  readsGoOnInTheSameLog,
  recordsAreProcessedOnce,
  workIsNotRepeated,
} from './clients/consuming.ts';
import {
  acknowledgedRecordsAreKept,
  recordsAreNotRepeated,
  recordsAreSentInOrder,
  recordsAreSentOnce,
  recordsKeepTheirOrder,
  successMeansStored,
} from './clients/delivery.ts';
import { producerGoals } from './clients/goals.ts';
import { producerEpochsOnlyGrow, sequencesAreContiguous } from './clients/numbers.ts';
import { committedEntriesStay } from './clients/partitions.ts';
import { clientsFacts } from './clients/scopeFacts.ts';

/** Every property, in the order in which they are listed: what applications lose comes first. */
const families = [
  acknowledgedRecordsAreKept,
  recordsAreNotRepeated,
  recordsKeepTheirOrder,
  sequencesAreContiguous,
  producerEpochsOnlyGrow,
  committedEntriesStay,
  committedRecordsAreProcessed,
  recordsAreProcessedOnce,
  readsGoOnInTheSameLog,
] as const;

/**
 * The properties and goals of clients for one configuration and scope. A property that asks nothing there is still
 * listed, with the reason why.
 *
 * @param nodes - Those of a larger model, where this one is a part of it.
 */
export function clientsProperties(
  config: ClientsConfig,
  bounds: ClientsBounds,
  nodes?: ClientsNodes,
): readonly AnyProperty[] {
  const facts = clientsFacts(config, bounds, nodes);
  return anyProperties([
    ...families.map(propertyOf => propertyOf(facts)),
    ...producerGoals(facts),
    ...consumerGoals(facts),
  ]);
}

/**
 * What is asked of some settings and claimed of none: which of them loses, repeats or reorders what. The answer is a
 * story, or that there is none in the scope.
 */
export function clientsQuestions(config: ClientsConfig): readonly AnyProperty[] {
  const facts = clientsFacts(config, quietScope);
  return anyProperties([
    successMeansStored(facts),
    recordsAreSentOnce(facts),
    recordsAreSentInOrder(facts),
    consumedRecordsAreProcessed(facts),
    workIsNotRepeated(facts),
  ]);
}

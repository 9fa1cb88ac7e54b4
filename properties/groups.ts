import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { type AnyTemporalProperty, anyTemporal } from '../checker/model/temporal.ts';
import { type GroupsBounds, type GroupsConfig, quietScope } from '../models/groups/config.ts';
import type { GroupsNodes } from '../models/groups/schema.ts';
import { groupsGoals } from './groups/goals.ts';
import {
  acknowledgedCommitsAreKept,
  commitsComeFromMembers,
  committedOffsetsDoNotGoBack,
  committedRecordsAreProcessed,
  noRecordIsPassedOver,
  offsetsOfActiveGroupsAreKept,
  successMeansCommitted,
} from './groups/offsets.ts';
import {
  coordinatorKnowsItsLog,
  oneOwnerInAGeneration,
  oneProcessorAtATime,
  partitionsHaveOneOwner,
} from './groups/ownership.ts';
import {
  noRecordIsProcessedTwice,
  positionsPassNothingOver,
  recordsAreProcessedOnce,
} from './groups/processing.ts';
import { partitionsGetAnOwner, rebalancesEnd } from './groups/progress.ts';
import { groupsFacts } from './groups/scopeFacts.ts';

/** Every property, in the order in which they are listed: what applications lose comes first. */
const families = [
  acknowledgedCommitsAreKept,
  committedRecordsAreProcessed,
  positionsPassNothingOver,
  recordsAreProcessedOnce,
  partitionsHaveOneOwner,
  oneOwnerInAGeneration,
  commitsComeFromMembers,
  committedOffsetsDoNotGoBack,
  offsetsOfActiveGroupsAreKept,
  coordinatorKnowsItsLog,
] as const;

/**
 * The properties and goals of a group for one configuration and scope. A property that asks nothing there is still
 * listed, with the reason why.
 *
 * @param nodes - Those of a larger model, where this one is a part of it.
 */
export function groupsProperties(
  config: GroupsConfig,
  bounds: GroupsBounds,
  nodes?: GroupsNodes,
): readonly AnyProperty[] {
  const facts = groupsFacts(config, bounds, nodes);
  return anyProperties([...families.map(propertyOf => propertyOf(facts)), ...groupsGoals(facts)]);
}

/** What is asked of groups and claimed of none: the answer is a story, or that there is none in the scope. */
export function groupsQuestions(config: GroupsConfig): readonly AnyProperty[] {
  const facts = groupsFacts(config, quietScope);
  return anyProperties([
    successMeansCommitted(facts),
    noRecordIsPassedOver(facts),
    noRecordIsProcessedTwice(facts),
    oneProcessorAtATime(facts),
  ]);
}

/** What must happen at some time. */
export function groupsTemporal(
  config: GroupsConfig,
  bounds: GroupsBounds,
): readonly AnyTemporalProperty[] {
  const facts = groupsFacts(config, bounds);
  return anyTemporal([rebalancesEnd(facts), partitionsGetAnOwner(facts)]);
}

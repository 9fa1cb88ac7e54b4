import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { type AnyTemporalProperty, anyTemporal } from '../checker/model/temporal.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import type { KraftBounds, KraftConfig } from '../models/kraft/config.ts';
import {
  committedRecordsAgree,
  committedRecordsStay,
  highWatermarkNeverGoesBack,
  leadersHoldCommittedRecords,
  onlyOwnEpochIsCommitted,
} from './kraft/commitment.ts';
import { activeControllerHasWholeLog } from './kraft/controllers.ts';
import { committedRecordsAreDurable, votersFlushWhatTheyAppend } from './kraft/durability.ts';
import { oneLeaderPerEpoch, oneVotePerEpoch } from './kraft/elections.ts';
import { nothingHappensInVain, replacedDisksAreEmpty } from './kraft/faults.ts';
import { epochNeverGoesBack, lifecycleMovesAreAllowed } from './kraft/lifecycle.ts';
import { sameEpochSameRecord } from './kraft/logs.ts';
import { memoryBelongsToState } from './kraft/memory.ts';
import { messagesArriveOnce, nothingCrossesCut, olderRequestsAreRefused } from './kraft/network.ts';
import {
  appendedRecordsAreCommitted,
  followersCatchUp,
  isolatedLeadersResign,
  quorumGetsLeader,
} from './kraft/progress.ts';
import { kraftGoals } from './kraft/reachability.ts';
import { scopeFactsOf } from './kraft/scopeFacts.ts';
import { snapshotFitsLog } from './kraft/snapshots.ts';
import {
  onlyVotersLead,
  voterChangesAreAsAsked,
  voterChangesWaitForCommit,
  votersFollowLog,
} from './kraft/voters.ts';

/** Every property, in the order in which they are listed: what operators lose comes first. */
const families = [
  leadersHoldCommittedRecords,
  committedRecordsAgree,
  committedRecordsAreDurable,
  committedRecordsStay,
  votersFlushWhatTheyAppend,
  activeControllerHasWholeLog,
  oneLeaderPerEpoch,
  sameEpochSameRecord,
  snapshotFitsLog,
  onlyOwnEpochIsCommitted,
  highWatermarkNeverGoesBack,
  oneVotePerEpoch,
  epochNeverGoesBack,
  lifecycleMovesAreAllowed,
  votersFollowLog,
  voterChangesWaitForCommit,
  voterChangesAreAsAsked,
  onlyVotersLead,
  memoryBelongsToState,
  olderRequestsAreRefused,
  nothingCrossesCut,
  messagesArriveOnce,
  nothingHappensInVain,
  replacedDisksAreEmpty,
] as const;

/**
 * The properties and goals of the kraft model for one configuration and scope. A property that asks
 * nothing there is still listed, with the reason why. Where what the protocol rests on is lost, a
 * disk or a quorum-state file, the properties are still claimed: to see them fail there is the point.
 */
export function kraftProperties(
  config: KraftConfig,
  bounds: KraftBounds,
  node?: NodeType<'node'>,
): readonly AnyProperty[] {
  const facts = scopeFactsOf(config, bounds, node);
  return anyProperties([...families.map(propertyOf => propertyOf(facts)), ...kraftGoals(facts)]);
}

/** What must come about in the kraft model at some time, for one configuration and scope. */
export function kraftTemporal(
  config: KraftConfig,
  bounds: KraftBounds,
): readonly AnyTemporalProperty[] {
  const facts = scopeFactsOf(config, bounds);
  return anyTemporal([
    quorumGetsLeader(facts),
    isolatedLeadersResign(facts),
    appendedRecordsAreCommitted(facts),
    followersCatchUp(facts),
  ]);
}

import type { RuleDefect } from '../description/defect.ts';
import type { GroupsBounds, GroupsConfig } from './config.ts';

/**
 * The rules of groups that a release decides or a defect may change, one entry each. The model asks these and nothing
 * else where safety hangs on the answer. What they are in each release is in `releases/`.
 */
export interface GroupsRules {
  // The coordinator.
  /** A commit is answered when it is committed to the log of the coordinator. */
  readonly answersCommitted: boolean;
  /** Who does not lead any more takes no record of another leader for its own (KAFKA-20634). */
  readonly answersOnlyWhileLeading: boolean;
  /** A new coordinator reads all of the log, and not only what it knows to be committed. */
  readonly loadsToLogEnd: boolean;
  /** Offsets expire only when the group is empty (KIP-211). */
  readonly keepsOffsetsOfActiveGroups: boolean;

  // Fencing.
  /** A commit of another generation is refused (ILLEGAL_GENERATION). */
  readonly fencesGenerations: boolean;
  /** A commit of who is no member is refused (UNKNOWN_MEMBER_ID). */
  readonly fencesMembers: boolean;
  /** Who has an earlier member id of a `group.instance.id` is refused (FENCED_INSTANCE_ID). */
  readonly fencesInstances: boolean;

  // The classic protocol.
  /** Members get their partitions when the assignment is committed. */
  readonly assignsCommitted: boolean;
  /** An assignment of another generation is refused (ILLEGAL_GENERATION). */
  readonly fencesAssignments: boolean;
  /** The cooperative assignor gives a partition to another member only once nobody claims it. */
  readonly revokesFirst: boolean;
  /** A member that falls out in a rebalance gives up what it has, and its claims count for nothing (KAFKA-12984). */
  readonly ignoresStaleClaims: boolean;

  // The consumer protocol (KIP-848).
  /** A partition is given to a member only once the one before has given it up. */
  readonly releasesFirst: boolean;
  /** A commit is taken whose epoch is not older than the assignment of each partition (KIP-1251). */
  readonly commitsByAssignmentEpoch: boolean;

  // The member.
  /** A member whose SyncGroup fails joins again; it does not ask the next coordinator for what it was to get. */
  readonly rejoinsAfterSync: boolean;
  /** A poll returns nothing more of partitions that are about to be revoked (KAFKA-14196). */
  readonly stopsBeforeRevocation: boolean;
  /** A member commits before it gives up partitions, with auto commit. */
  readonly commitsBeforeRevocation: boolean;
  /** Auto commit covers what polls have returned before the last one, and not what is in hand. */
  readonly autoCommitsProcessed: boolean;
}

/** A deliberate weakening of one rule, to see that a property notices. */
export type GroupsDefect = RuleDefect<GroupsRules, GroupsConfig, GroupsBounds>;

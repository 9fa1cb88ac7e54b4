import type { NodeType } from '../../checker/state/nodeType.ts';
import { isEarlier, releaseNamed } from '../../models/description/release.ts';
import type { ReplicationBounds, ReplicationConfig } from '../../models/replication/config.ts';
import { brokersOf, partitionsOf } from '../../models/replication/context.ts';
import { resolveProtocol } from '../../models/replication/protocol.ts';
import type { ReplicationRules } from '../../models/replication/rules.ts';
import { rulesOf } from '../../models/replication/rulesOf.ts';
import { firstOf } from '../notApplicable.ts';

/**
 * What a scope is, by its configuration and bounds: enough to say which promises are not made there. What merely
 * does not come about in a scope is not foretold: it is asked, and reported as not put to the test.
 */
export interface ScopeFacts {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
  readonly config: ReplicationConfig;
  readonly bounds: ReplicationBounds;
  /** The rules of the release, without any defect. */
  readonly rules: ReplicationRules;
  /** Whether consumers may read from followers (KIP-392, 2.4). */
  readonly followersServe: boolean;
  /** `min.insync.replicas` as it counts at the start. */
  readonly minIsr: number;
  /** Power losses that can take a record. */
  readonly powerLosses: number;
  /** Stops of a process that leave no proof of a clean shutdown. */
  readonly uncleanStops: number;
  /** Whether an election outside ISR and ELR is allowed by the topic or an operator at some time. */
  readonly uncleanElectionAllowed: boolean;
  /** Whether ELR are on, or may be switched on. */
  readonly mayHaveElr: boolean;
  /** Whether `min.insync.replicas` may change. */
  readonly minIsrMayChange: boolean;
}

const firstToReadFromFollowers = releaseNamed('2.4');

/** The facts of a scope. */
export function scopeFactsOf(config: ReplicationConfig, bounds: ReplicationBounds): ScopeFacts {
  const rules = rulesOf(config);
  const { uncleanElections, uncleanSettingChanges, minIsrChanges, elrEnablings } = bounds;
  const powerLosses = config.flushEveryRecord ? 0 : bounds.powerLosses;
  return {
    broker: brokersOf(config, bounds),
    partition: partitionsOf(config),
    config,
    bounds,
    rules,
    followersServe: !isEarlier(
      releaseNamed(resolveProtocol(config).kafka),
      firstToReadFromFollowers,
    ),
    minIsr: Math.min(config.minInsyncReplicas, config.brokers),
    powerLosses,
    uncleanStops: bounds.crashes + powerLosses + bounds.diskLosses,
    uncleanElectionAllowed:
      config.uncleanLeaderElection || uncleanElections + uncleanSettingChanges > 0,
    mayHaveElr: rules.eligibleLeaderReplicas || elrEnablings > 0,
    minIsrMayChange: minIsrChanges + elrEnablings > 0,
  };
}

/**
 * Why clean replication does not keep what is committed: a replica outside ISR and ELR may be
 * elected, or an ISR member may lose what it has told its leader to have.
 */
export function committedMayBeLost(facts: ScopeFacts): string | undefined {
  return firstOf(
    facts.uncleanElectionAllowed && 'unclean leader election is allowed',
    facts.powerLosses > 0 && 'a power loss takes records from an ISR member',
    facts.bounds.diskLosses > 0 && 'a disk loss takes records from an ISR member',
  );
}

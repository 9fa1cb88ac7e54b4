import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  quorumBoundsOf,
  quorumConfigOf,
} from '../../models/cluster/config.ts';
import { type Hosts, hostsOf } from '../../models/cluster/nodes.ts';
import type { GhostFields, ProtocolFields } from '../../models/cluster/schema.ts';
import { scopeFactsOf } from '../kraft/scopeFacts.ts';

/** What a property of the cluster model may look at. */
export type ClusterScope = PropertyScope<ProtocolFields, GhostFields>;
export type ClusterInvariant = Invariant<ProtocolFields, GhostFields>;
export type ClusterStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type ClusterGoal = Sometimes<ProtocolFields, GhostFields>;

/** What can happen in a scope, as far as the properties of the composition depend on it. */
export interface ClusterFacts {
  readonly hosts: Hosts;
  readonly config: ClusterConfig;
  readonly bounds: ClusterBounds;
  /** Whether another controller can follow one that has committed something. */
  readonly successors: boolean;
  /** Stops of processes, each of which the controller notices. */
  readonly stops: number;
  /** Occasions on which a controller decides something. */
  readonly occasions: number;
}

/** What can happen in a scope. */
export function clusterFactsOf(config: ClusterConfig, bounds: ClusterBounds): ClusterFacts {
  const { crashes, powerLosses, diskLosses, shutdowns } = bounds;
  const quorum = scopeFactsOf(quorumConfigOf(config), quorumBoundsOf(bounds));
  const stops = crashes + powerLosses + diskLosses + shutdowns;
  const { missedHeartbeats, partitions, pauses, epochs } = bounds;
  const fencings = stops + missedHeartbeats + partitions + pauses + epochs - 1;
  const { preferredElections, uncleanElections, isrShrinks, reassignments, minIsrChanges } = bounds;
  const moved = preferredElections + uncleanElections + reassignments;
  const asked = moved + minIsrChanges + bounds.topicDeletions;
  return {
    hosts: hostsOf(config),
    config,
    bounds,
    successors: quorum.successors,
    stops,
    occasions: fencings + asked + isrShrinks,
  };
}

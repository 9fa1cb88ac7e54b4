import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  partitionBoundsOf,
  partitionConfigOf,
  quorumBoundsOf,
  quorumConfigOf,
} from '../models/cluster/config.ts';
import { partitionPart, quorumPart } from '../models/cluster/recorders.ts';
import { partitionsOf } from '../models/replication/context.ts';
import { clusterFactsOf } from './cluster/clusterScope.ts';
import {
  decisionsAreCommittedByQuorum,
  decisionsTakeEffectInLogOrder,
  oneCurrentController,
} from './cluster/decisions.ts';
import { clusterGoals } from './cluster/goals.ts';
import { brokerViewsArePrefixes, brokerViewsNeverGoBack } from './cluster/metadata.ts';
import { seenByPartition } from './cluster/seenByPartition.ts';
import { kraftProperties } from './kraft.ts';
import { replicationProperties } from './replication.ts';

const families = [
  brokerViewsArePrefixes,
  decisionsAreCommittedByQuorum,
  decisionsTakeEffectInLogOrder,
  oneCurrentController,
  brokerViewsNeverGoBack,
] as const;

/** What is decided takes effect when it is committed: whoever asked for it may be cut off by then. */
const NOT_ASKED = 'nothing-crosses-a-cut';
/** What happens to a machine happens to both, and one of the two may have nothing to lose. */
const NOT_ASKED_OF_QUORUM = 'nothing-happens-in-vain';

/**
 * The properties and goals of a cluster: those of the partition under their own names, those of the
 * metadata quorum under `quorum-<name>`, for both levels have leaders, epochs and high watermarks,
 * and those of what is between the two.
 */
export function clusterProperties(
  config: ClusterConfig,
  bounds: ClusterBounds,
): readonly AnyProperty[] {
  const facts = clusterFactsOf(config, bounds);
  const seen = seenByPartition(facts.hosts, partitionsOf(config));
  const partition = replicationProperties(
    partitionConfigOf(config),
    partitionBoundsOf(bounds),
  ).filter(({ name }) => name !== NOT_ASKED);
  const quorum = kraftProperties(
    quorumConfigOf(config),
    quorumBoundsOf(bounds),
    facts.hosts.node,
  ).filter(({ name }) => name !== NOT_ASKED_OF_QUORUM);
  return [
    ...partition.map(property => partitionPart.liftProperty(property, { seen })),
    ...anyProperties(families.map(propertyOf => propertyOf(facts))),
    ...quorum.map(property =>
      quorumPart.liftProperty(property, { name: quorumPropertyName(property.name) }),
    ),
    ...anyProperties(clusterGoals(facts)),
  ];
}

/** What a property of the metadata quorum is called among those of the cluster. */
function quorumPropertyName(name: string): string {
  return `quorum-${name}`;
}

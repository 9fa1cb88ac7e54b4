import { kraftDefects } from '../kraft/defects.ts';
import type { KraftDefect } from '../kraft/rules.ts';
import { replicationDefects } from '../replication/defects.ts';
import type { ReplicationDefect } from '../replication/rules.ts';
import { type ClusterBounds, type ClusterConfig, defaultConfig, hasQuorum } from './config.ts';
import type { ClusterDefect } from './defect.ts';

/**
 * Every defect of the two levels that a cluster can have, under its own name. What belongs to
 * protocols before the metadata quorum, or to a changing voter set, is left out.
 */
export const clusterDefects: readonly ClusterDefect[] = [
  ...replicationDefects.filter(isOfQuorumTimes).map(ofPartition),
  ...kraftDefects.filter(isOfStaticVoters).map(ofQuorum),
];

function isOfQuorumTimes({ config = {} }: ReplicationDefect): boolean {
  return hasQuorum({ ...defaultConfig, ...config });
}

function isOfStaticVoters({ config = {}, bounds = {} }: KraftDefect): boolean {
  return config.dynamicVoters !== true && (bounds.voterChanges ?? 0) === 0;
}

/** A defect of the partition as one of the cluster. */
function ofPartition({ rules, bounds = {}, ...rest }: ReplicationDefect): ClusterDefect {
  const { controllerFailovers = 0, ...events } = bounds;
  const epochs = controllerFailovers === 0 ? {} : { epochs: controllerFailovers + 1 };
  return { ...rest, partition: rules, bounds: { ...events, ...epochs } };
}

/** A defect of the metadata quorum as one of the cluster. */
function ofQuorum(defect: KraftDefect): ClusterDefect {
  const { rules, config = {}, bounds = {}, caughtBy, scenario: _, masked, ...rest } = defect;
  const { voters, kafka, transport, lateFlush, slowListeners } = config;
  const { records, voterChanges: _none, ...events } = bounds;
  const settings = { controllers: voters, kafka, transport, lateFlush, slowListeners };
  return {
    ...rest,
    ...(masked === undefined ? {} : { masked: withoutScope(masked) }),
    caughtBy: `quorum-${caughtBy}`,
    quorum: rules,
    config: withoutGaps<ClusterConfig>(settings),
    bounds: withoutGaps<ClusterBounds>({ ...events, decisions: records }),
  };
}

/** Why a defect is hidden, without the scope of the model that it comes from. */
function withoutScope({ because, unmaskedBy }: NonNullable<KraftDefect['masked']>) {
  return { because, unmaskedBy };
}

/** What is said, without what is not. */
function withoutGaps<Whole>(
  given: {
    readonly [Name in keyof Whole]?: Whole[Name] | undefined;
  },
): Partial<Whole> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  // The entries are those of the argument, of which the names are lost on the way.
  return Object.fromEntries(said) as Partial<Whole>;
}

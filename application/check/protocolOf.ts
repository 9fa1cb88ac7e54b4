import {
  isEarlier,
  isKnown,
  newestRelease,
  oldestRelease,
  parseVersion,
  type Release,
  releaseName,
  releaseNamed,
} from '../../models/description/release.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { firstWithElr, type ProtocolSettings } from '../../models/replication/protocol.ts';

/** By which rules a cluster replicates, and what had to be assumed for that. */
export interface DescribedProtocol {
  readonly settings: ProtocolSettings;
  readonly notes: readonly string[];
}

/** The last release line with ZooKeeper: what a cluster with ZooKeeper is if no version is known. */
const lastWithZooKeeper = '3.9';

/** The rules of the described release, exactly; those of the newest one where none is described. */
export function protocolOf(cluster: ClusterDescription): DescribedProtocol {
  const { kafka, note } = releaseOf(cluster);
  const release = releaseNamed(kafka);
  // With 4.0 eligible leader replicas came and ZooKeeper went.
  const mayHaveElr = !isEarlier(release, firstWithElr);
  const zooKeeper = cluster.mode === 'zookeeper' && !mayHaveElr;
  const eligibleLeaderReplicas = mayHaveElr && cluster.eligibleLeaderReplicas.value === true;
  return {
    settings: { kafka, eligibleLeaderReplicas, zooKeeper, repairs: [] },
    notes: [note ?? rulesNote(kafka), ...(zooKeeper ? [zooKeeperNote] : [])],
  };
}

const zooKeeperNote =
  'The controller of this cluster works through ZooKeeper; for records it decides in the model as that of KRaft ' +
  'does, and brokers learn from a metadata log. As it is, it is explored apart.';

function rulesNote(kafka: string): string {
  return hasPatch(releaseNamed(kafka))
    ? `The model has the rules of Kafka ${kafka}.`
    : `Which patch of ${kafka} it is is not known: the model has the rules of the first.`;
}

interface ChosenRelease {
  readonly kafka: string;
  /** Why it is another than the described one. */
  readonly note?: string;
}

function releaseOf({ version, mode }: ClusterDescription): ChosenRelease {
  const described = parseVersion(version.value);
  if (described === undefined) {
    const kafka = mode === 'zookeeper' ? lastWithZooKeeper : newestRelease;
    return { kafka, note: `The version is not known. Assumed: the rules of Kafka ${kafka}.` };
  }
  if (isKnown(described)) return { kafka: releaseName(described) };
  const line = `${described.major}.${described.minor}`;
  const nearest = isEarlier(described, releaseNamed(oldestRelease)) ? oldestRelease : newestRelease;
  const note = `Kafka ${line} is not in the table of rules by release; the model has those of ${nearest}.`;
  return { kafka: nearest, note };
}

function hasPatch({ patch }: Release): boolean {
  return patch.length > 0;
}

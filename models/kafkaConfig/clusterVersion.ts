import { parseVersion, type Release } from '../description/release.ts';
import type { Setting } from './clusterDescription.ts';
import type { ClusterSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, settingFrom, whereOf } from './foundProperty.ts';
import { versionOfImage } from './imageVersion.ts';
import { isAtLeast, isBefore } from './kafkaVersion.ts';
import { oneLine, quoted } from './oneLine.ts';
import type { PartitionState } from './partitionState.ts';

/** A cluster's version, and a warning if its nodes run different ones. */
export interface ClusterVersion {
  readonly setting: Setting<string | undefined>;
  readonly warnings: readonly string[];
}

/**
 * The Kafka version that a Strimzi resource or the nodes' images name, the earliest of several; where
 * none does, the one that somebody says.
 *
 * @throws ConfigError if what is said is no version, or another one than the files tell.
 */
export function clusterVersion(source: ClusterSource, said: string | undefined): ClusterVersion {
  const told = toldVersion(source);
  if (said === undefined) return told;
  const option = { file: '--kafka-version', place: '' };
  if (parseVersion(said) === undefined) {
    throw new ConfigError({ ...option, expected: 'a version such as 3.9.1', found: quoted(said) });
  }
  const { value, origin, where } = told.setting;
  if (value === undefined || origin !== 'file') {
    return {
      ...told,
      setting: { value: said, origin: 'assumed', where: 'said by --kafka-version' },
    };
  }
  if (value === said || value.startsWith(`${said}.`) || said.startsWith(`${value}.`)) return told;
  throw new ConfigError({ ...option, expected: `${value}, which ${where} says`, found: said });
}

function toldVersion(source: ClusterSource): ClusterVersion {
  const declared = source.version;
  if (declared !== undefined && parseVersion(declared.text) !== undefined) {
    return { setting: settingFrom(declared, declared.text.trim()), warnings: [] };
  }
  const images = source.nodes.flatMap(node => imageVersion(node.image));
  const [first] = images;
  if (first === undefined) return { setting: hintedVersion(source), warnings: [] };
  let earliest = first;
  for (const candidate of images) {
    if (isEarlier(candidate.value, earliest.value)) earliest = candidate;
  }
  const other = images.find(image => image.value !== earliest.value);
  if (other === undefined) return { setting: earliest, warnings: [] };
  const warning =
    `The nodes run different versions: ${earliest.value} (${earliest.where}) and ` +
    `${other.value} (${other.where}); the earliest is taken.`;
  return { setting: earliest, warnings: [warning] };
}

/**
 * What settings say of a version that no file names: brokers are of the release whose protocol they speak, or of a
 * later one.
 */
function hintedVersion({ nodes, settings }: ClusterSource): Setting<string | undefined> {
  const tables = [...nodes, ...settings].map(({ properties }) => properties);
  const protocol = tables.flatMap(table => table.get('inter.broker.protocol.version') ?? [])[0];
  const release = /^\d+\.\d+/.exec(protocol?.text.trim() ?? '')?.[0];
  if (protocol !== undefined && release !== undefined) {
    const where = `that of ${whereOf(protocol)}, or a later one; say --kafka-version`;
    return { value: release, origin: 'assumed', where };
  }
  const dynamic = tables.flatMap(
    table => table.get('controller.quorum.bootstrap.servers') ?? [],
  )[0];
  const where = 'no file names a Kafka version that is known here';
  const hint =
    dynamic === undefined || dynamic.text.trim() === ''
      ? ''
      : `; 3.9 at least, for ${whereOf(dynamic)} (KIP-853)`;
  return { value: undefined, origin: 'assumed', where: where + hint };
}

function imageVersion(image: FoundProperty | undefined): readonly Setting<string>[] {
  const version = image === undefined ? undefined : versionOfImage(image.text);
  if (image === undefined || version === undefined) return [];
  const { where } = settingFrom(image, version);
  return [{ value: version, origin: 'file', where: `${where} (${oneLine(image.text, 80)})` }];
}

function isEarlier(left: string, right: string): boolean {
  const other = parseVersion(right);
  return other !== undefined && isBefore(parseVersion(left), other.major, other.minor);
}

/** What decides whether eligible leader replicas are on. */
export interface ElrFacts {
  readonly mode: 'kraft' | 'zookeeper';
  readonly version: Release | undefined;
  readonly metadataVersion: FoundProperty | undefined;
  /** Where partitions of the running cluster stand. */
  readonly partitions: readonly PartitionState[];
  /** What it tells of the configuration of its brokers, and of the defaults of all of them. */
  readonly told: Pick<ClusterSource, 'told' | 'dynamicDefaults'>;
}

/**
 * Whether eligible leader replicas are on.
 *
 * Source: KIP-966 part 1. Clusters formatted with metadata version 4.1-IV0 or later have them on;
 * 4.0 has them as an option; an upgraded cluster keeps what it had, which no file shows.
 */
export function eligibleLeaderReplicas(facts: ElrFacts): Setting<boolean | undefined> {
  if (facts.mode === 'zookeeper') {
    return { value: false, origin: 'default', where: 'they exist in KRaft mode only (KIP-966)' };
  }
  const told = facts.partitions.find(
    ({ elr, lastKnownElr }) => elr.length + lastKnownElr.length > 0,
  );
  if (told !== undefined) {
    return { value: true, origin: 'file', where: `${told.where} has some (Elr or LastKnownElr)` };
  }
  const asked = facts.told.told.brokers.find(({ isAll }) => isAll);
  if (asked !== undefined && !facts.told.dynamicDefaults.has('min.insync.replicas')) {
    const where = `${asked.file}: ${asked.place} has no min.insync.replicas as a default of the cluster (KAFKA-16540)`;
    return { value: false, origin: 'file', where };
  }
  const level = parseVersion(facts.metadataVersion?.text) ?? facts.version;
  if (level === undefined) {
    const where = 'the version is not known; on by default in new clusters since 4.1 (KIP-966)';
    return { value: undefined, origin: 'assumed', where };
  }
  if (isAtLeast(level, 4, 1)) {
    const where =
      'on by default since 4.1 if the cluster was formatted there, not upgraded (KIP-966)';
    return { value: true, origin: 'assumed', where };
  }
  const where = isAtLeast(level, 4, 0)
    ? 'off by default in 4.0, where they are an option (KIP-966)'
    : 'they do not exist before 4.0 (KIP-966)';
  return { value: false, origin: 'default', where };
}

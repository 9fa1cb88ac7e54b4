import { parseVersion, type Release } from '../description/release.ts';
import type { Setting } from './clusterDescription.ts';
import type { ClusterSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, settingFrom } from './foundProperty.ts';
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
  const { value, where } = told.setting;
  if (value === undefined) {
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
  if (first === undefined) {
    const where = 'no file names a Kafka version that is known here';
    return { setting: { value: undefined, origin: 'assumed', where }, warnings: [] };
  }
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

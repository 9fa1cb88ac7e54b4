import type { Expectations } from '../description/expectations.ts';
import {
  isEarlier,
  newestRelease,
  parseRelease,
  releaseExpected,
  releaseNamed,
} from '../description/release.ts';
import { type Generation, generations } from './generation.ts';

/** Mistakes that some release has, by the defect that shows each: they can be repaired. */
const knownBugs = [
  'same-leader-skips-truncation',
  'missing-epoch-entry',
  'joins-isr-below-epoch-start',
  'answer-of-earlier-epoch',
  'high-watermark-of-diverging-answer',
  'high-watermark-not-recomputed',
  'reported-end-offset-goes-back',
  'caught-up-follower-removed',
  'fencings-from-one-snapshot',
  'fenced-last-known-leader',
  'removed-replica-in-elr',
  'elr-enabled-while-offline',
  'unregistered-broker-in-elr',
  'replaced-reassignment-never-ends',
  'unnoticed-bounce',
  'skipped-epoch-keeps-follower-state',
] as const;

/** What of a release is repaired: these mistakes, or all of them. */
export const repairNames = ['all', ...knownBugs] as const;
type RepairName = (typeof repairNames)[number];

/** What decides by which rules partitions are replicated. */
export interface ProtocolSettings {
  /** A Kafka release, `3.8` or `3.8.1`; or the name of a generation, which stands for one. */
  readonly kafka: string;
  /** Whether eligible leader replicas are on (KIP-966): possible since 4.0. */
  readonly eligibleLeaderReplicas: boolean;
  /** Whether the controller works through ZooKeeper: always before 2.8, never since 4.0. */
  readonly zooKeeper: boolean;
  /** Mistakes of the release that are repaired, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
}

const firstWithKraft = releaseNamed('2.8');
const firstKraftWithUnclean = releaseNamed('3.9');
const firstWithoutZooKeeper = releaseNamed('4.0');
/** The first release that can have eligible leader replicas. */
export const firstWithElr = releaseNamed('4.0');

/** What each name stands for: a release without the mistakes that are known of it. */
const points: Readonly<Record<Generation, Partial<ProtocolSettings>>> = {
  'truncate-to-high-watermark': { kafka: '0.10' },
  'kip-101': { kafka: '1.1' },
  'kip-279': { kafka: '2.0' },
  'kip-320': { kafka: '2.6' },
  'alter-partition': { kafka: '3.5' },
  current: { kafka: newestRelease },
  'current-elr': { kafka: newestRelease, eligibleLeaderReplicas: true },
};

/** The settings of a protocol, with what a name stands for in its place, and what the release decides. */
export function resolveProtocol<Settings extends ProtocolSettings>(settings: Settings): Settings {
  const named = generations.find(generation => generation === settings.kafka);
  const repairs: readonly RepairName[] = ['all'];
  const resolved = named === undefined ? settings : { ...settings, ...points[named], repairs };
  return isEarlier(releaseNamed(resolved.kafka), firstWithKraft)
    ? { ...resolved, zooKeeper: true }
    : resolved;
}

/**
 * Whether the controller elects uncleanly where the topic says so: in KRaft since 3.9 only (KAFKA-12670).
 * The model does as the setting says.
 */
export function electsUncleanly({
  kafka,
  zooKeeper,
}: Pick<ProtocolSettings, 'kafka' | 'zooKeeper'>): boolean {
  return zooKeeper || !isEarlier(releaseNamed(kafka), firstKraftWithUnclean);
}

/** Whether eligible leader replicas may be on: they exist since 4.0, and in KRaft. */
export function mayHaveElr(settings: ProtocolSettings): boolean {
  const { kafka, zooKeeper } = resolveProtocol(settings);
  return !isEarlier(releaseNamed(kafka), firstWithElr) && !zooKeeper;
}

/** Whether a word is a release or the name of a generation. */
export function isProtocolName(word: string): boolean {
  return generations.some(name => name === word) || parseRelease(word) !== undefined;
}

/** What is expected of a word that is neither. */
export const protocolExpected = `${releaseExpected}, or one of ${generations.join(', ')}`;

/** Holds the settings of a protocol to what there has been. */
export function validateProtocol(settings: ProtocolSettings, expect: Expectations): void {
  expect.valid('kafka', settings.kafka, isProtocolName(settings.kafka), protocolExpected);
  for (const repair of settings.repairs) expect.oneOf('repairs', repair, repairNames);
  const { kafka, eligibleLeaderReplicas, zooKeeper } = resolveProtocol(settings);
  const release = releaseNamed(kafka);
  expect.valid(
    'eligibleLeaderReplicas',
    eligibleLeaderReplicas,
    !eligibleLeaderReplicas || mayHaveElr(settings),
    `false in Kafka ${kafka}${zooKeeper ? ' with ZooKeeper' : ''}: they exist since 4.0 (KIP-966)`,
  );
  expect.valid(
    'zooKeeper',
    zooKeeper,
    !zooKeeper || isEarlier(release, firstWithoutZooKeeper),
    `false in Kafka ${kafka}: 3.9 was the last release with ZooKeeper`,
  );
}

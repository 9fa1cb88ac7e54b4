import { type Release, releaseNamed } from '../description/release.ts';
import type { MetadataMode } from '../description/ruleTable.ts';
import { newestZooKeeper } from '../zookeeper/config.ts';
import { defaultSessionTimeout } from '../zookeeper/timing/timers.ts';
import { agreeOn } from './agreement.ts';
import { defaultSetting } from './brokerSettings.ts';
import type { TimerSetting } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { integerOf } from './foundProperty.ts';
import type { SettingNodes } from './settingInForce.ts';

/** A timer: who goes by it, and Kafka's default in milliseconds. */
type KnownTimer = readonly [name: string, by: 'brokers' | 'controllers', ms: number];

/** Those of KRaft (KRaftConfigs, QuorumConfig). */
const timersOfKraft: readonly KnownTimer[] = [
  ['broker.heartbeat.interval.ms', 'brokers', 2000],
  // A broker has it, too, and goes by it nowhere.
  ['broker.session.timeout.ms', 'controllers', 9000],
  ['controller.quorum.fetch.timeout.ms', 'controllers', 2000],
  ['controller.quorum.election.timeout.ms', 'controllers', 1000],
  ['controller.quorum.election.backoff.max.ms', 'controllers', 1000],
  ['controller.quorum.append.linger.ms', 'controllers', 25],
  ['metadata.max.idle.interval.ms', 'controllers', 500],
];

/** That of a broker with ZooKeeper (KafkaConfig). */
function timersOfZooKeeper(kafka: Release | undefined): readonly KnownTimer[] {
  const ms = defaultSessionTimeout(kafka ?? releaseNamed(newestZooKeeper));
  return [['zookeeper.session.timeout.ms', 'brokers', ms]];
}

const LONGEST = 2 ** 31 - 1;

/** What decides how long a failover takes, as those have them who go by them; the longest where they differ. */
export function timerSettings(
  nodes: SettingNodes,
  {
    mode,
    version,
  }: { readonly mode: MetadataMode | undefined; readonly version: Release | undefined },
): readonly TimerSetting[] {
  const timers = mode === 'zookeeper' ? timersOfZooKeeper(version) : timersOfKraft;
  return timers.map(([name, by, ms]) => {
    const deciding: readonly NodeSource[] = nodes[by];
    const { setting } = agreeOn(deciding, {
      name,
      read: found => integerOf(found, { least: 0, most: LONGEST }),
      fallback: defaultSetting(ms, `not set; Kafka's default is ${ms}`),
      isWeaker: (left, right) => left > right,
    });
    return { name, setting };
  });
}

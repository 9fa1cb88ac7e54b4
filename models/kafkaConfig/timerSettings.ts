import { agreeOn } from './agreement.ts';
import { defaultSetting } from './brokerSettings.ts';
import type { TimerSetting } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { integerOf } from './foundProperty.ts';
import type { SettingNodes } from './settingInForce.ts';

/** Who goes by a timer, and Kafka's default in milliseconds (KRaftConfigs, QuorumConfig). */
const timers: readonly (readonly [name: string, by: 'brokers' | 'controllers', ms: number])[] = [
  ['broker.heartbeat.interval.ms', 'brokers', 2000],
  // A broker has it, too, and goes by it nowhere.
  ['broker.session.timeout.ms', 'controllers', 9000],
  ['controller.quorum.fetch.timeout.ms', 'controllers', 2000],
  ['controller.quorum.election.timeout.ms', 'controllers', 1000],
  ['controller.quorum.election.backoff.max.ms', 'controllers', 1000],
  ['controller.quorum.append.linger.ms', 'controllers', 25],
  ['metadata.max.idle.interval.ms', 'controllers', 500],
];

const LONGEST = 2 ** 31 - 1;

/** What decides how long a failover takes, as those have them who go by them; the longest where they differ. */
export function timerSettings(nodes: SettingNodes): readonly TimerSetting[] {
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

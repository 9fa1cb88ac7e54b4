import { releaseNamed } from '../description/release.ts';
import { rulesAt } from '../description/ruleTable.ts';
import { type ProtocolSettings, resolveProtocol } from './protocol.ts';
import { ruleTable } from './releases/table.ts';
import type { ReplicationRules } from './rules.ts';

/** The rules by which partitions are replicated. */
export function rulesOf(settings: ProtocolSettings): ReplicationRules {
  const { kafka, eligibleLeaderReplicas, zooKeeper, repairs } = resolveProtocol(settings);
  const ofRelease = rulesAt(ruleTable, {
    release: releaseNamed(kafka),
    mode: zooKeeper ? 'zookeeper' : 'kraft',
    isRepaired: defect => repairs.some(repair => repair === 'all' || repair === defect),
  });
  return { ...ofRelease, eligibleLeaderReplicas };
}

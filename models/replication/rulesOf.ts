import { releaseNamed } from '../description/release.ts';
import { repairing, rulesAt } from '../description/ruleTable.ts';
import { type ProtocolSettings, resolveProtocol } from './protocol.ts';
import { ruleTable } from './releases/table.ts';
import type { ReplicationRules } from './rules.ts';

/** The rules by which partitions are replicated. */
export function rulesOf(settings: ProtocolSettings): ReplicationRules {
  const { kafka, eligibleLeaderReplicas, zooKeeper, repairs } = resolveProtocol(settings);
  const ofRelease = rulesAt(ruleTable, {
    release: releaseNamed(kafka),
    mode: zooKeeper ? 'zookeeper' : 'kraft',
    isRepaired: repairing(repairs),
  });
  return { ...ofRelease, eligibleLeaderReplicas };
}

import { newestRelease, oldestRelease, releaseNamed } from '../../description/release.ts';
import {
  type ChangedRule,
  changedRules,
  type MetadataMode,
  type ReleaseSpan,
  spansOf,
} from '../../description/ruleTable.ts';
import type { ProtocolSettings } from '../protocol.ts';
import { ruleTable } from './table.ts';

/** Release lines that replicate alike, as they are: each is its first release. */
export interface ReleasePoint
  extends ReleaseSpan,
    Pick<ProtocolSettings, 'zooKeeper' | 'eligibleLeaderReplicas'> {}

/** Every set of rules that a release line has had: with ZooKeeper, with KRaft, and with ELR on. */
export const releasePoints: readonly ReleasePoint[] = [
  ...pointsOf('zookeeper', oldestRelease, '3.9'),
  ...pointsOf('kraft', '2.8', newestRelease),
  ...pointsOf('kraft', '4.0', newestRelease, true),
];

function pointsOf(
  mode: MetadataMode,
  first: string,
  last: string,
  eligibleLeaderReplicas = false,
): ReleasePoint[] {
  const zooKeeper = mode === 'zookeeper';
  return spansOf(ruleTable, mode, { first, last }).map(span => {
    return { ...span, zooKeeper, eligibleLeaderReplicas };
  });
}

/** The rules that the first releases of one point have otherwise than the last of another. */
export function rulesBetween(from: ReleasePoint, to: ReleasePoint): ChangedRule[] {
  return changedRules(
    ruleTable,
    { release: releaseNamed(from.last), mode: modeOf(from) },
    { release: releaseNamed(to.first), mode: modeOf(to) },
  );
}

function modeOf({ zooKeeper }: ReleasePoint): MetadataMode {
  return zooKeeper ? 'zookeeper' : 'kraft';
}

import { isEarlier, parseVersion } from '../../models/description/release.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { firstWithElr } from '../../models/replication/protocol.ts';
import {
  moreBrokers,
  moreVoters,
  thirdSite,
  withCopies,
  withMinimum,
  withoutUnclean,
} from './candidates.ts';
import { said } from './change.ts';

/**
 * The same cluster in the best configuration of its release: three brokers and voters at least, three copies of which
 * two are in sync, no unclean election, eligible leader replicas where the release has them, a third rack where there
 * are two. What is lost even so is lost by the release.
 */
export function bestOf(cluster: ClusterDescription): ClusterDescription {
  const larger = [moreBrokers, moreVoters, thirdSite].reduce(
    (before, changes) => changes(before)[0]?.changed ?? before,
    cluster,
  );
  const kept = withMinimum(withCopies(withoutUnclean(larger)));
  return hasElr(cluster) ? { ...kept, eligibleLeaderReplicas: said(true) } : kept;
}

function hasElr({ mode, version }: ClusterDescription): boolean {
  const release = parseVersion(version.value);
  return mode === 'kraft' && release !== undefined && !isEarlier(release, firstWithElr);
}

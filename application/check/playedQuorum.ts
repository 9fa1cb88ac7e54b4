import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { agreedSurvival } from '../quorum/agreed.ts';
import type { QuorumSurvival } from '../quorum/survival.ts';

/** Eight voters take minutes; see docs/quorums.md for them. */
export const MOST_PLAYED = 7;

/**
 * What the metadata quorum of a cluster survives, played with that number of voters; undefined where
 * there is no quorum of KRaft controllers, their number is not known, or there are too many.
 *
 * @throws ModelError when the result is not that of counting.
 */
export async function playedQuorum({
  mode,
  controllers,
}: ClusterDescription): Promise<QuorumSurvival | undefined> {
  if (mode !== 'kraft' || controllers === undefined || controllers > MOST_PLAYED) return undefined;
  return agreedSurvival(controllers);
}

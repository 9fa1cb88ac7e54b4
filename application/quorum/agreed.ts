import { ModelError } from '../../checker/core/errors.ts';
import { majorityOf } from '../../models/kafkaConfig/quorumArithmetic.ts';
import type { KraftDefect } from '../../models/kraft/rules.ts';
import { type QuorumSurvival, quorumSurvival } from './survival.ts';

/**
 * What a quorum survives, played, and in every outage the same as counting says.
 *
 * @throws ModelError when an outage ends in another way than by counting, with the steps of it.
 */
export async function agreedSurvival(
  voters: number,
  defects: readonly KraftDefect[] = [],
): Promise<QuorumSurvival> {
  const played = await quorumSurvival(voters, defects);
  const counted = voters - majorityOf(voters);
  const other = played.outages.find(({ down, commits }) => commits !== down <= counted);
  if (other === undefined && played.survives === counted) return played;
  const survives = `survives ${played.survives} by playing and ${counted} by counting`;
  const message = `a metadata quorum of ${voters} ${survives}: one of them is wrong`;
  throw new ModelError(message, other?.steps ?? []);
}

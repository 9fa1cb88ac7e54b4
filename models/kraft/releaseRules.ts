import { weakenedRules } from '../description/defect.ts';
import type { KraftConfig } from './config.ts';
import { kraftRepairs } from './repairs.ts';
import { type KraftRules, kraftRules } from './rules.ts';

/** Before 4.0 a follower writes no vote. */
const beforePreVote: Partial<KraftRules> = { followerKeepsVote: false };

/** The rules of the release, with what is repaired. */
export function rulesOf({
  release,
  repairs,
}: Pick<KraftConfig, 'release' | 'repairs'>): KraftRules {
  const ofRelease = release === '3.9' ? beforePreVote : {};
  return weakenedRules(kraftRules, [ofRelease, ...repairs.map(name => kraftRepairs[name].rules)]);
}

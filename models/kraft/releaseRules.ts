import { newestRelease, type Release, releaseNamed } from '../description/release.ts';
import { type RuleTable, repairing, rulesAt } from '../description/ruleTable.ts';
import type { KraftConfig } from './config.ts';
import { quorumRelease } from './release.ts';
import { electionRules } from './releases/elections.ts';
import { logRules } from './releases/logs.ts';
import { voterRules } from './releases/voters.ts';
import type { KraftRules } from './rules.ts';

/** Every rule of the quorum, with the releases in which it is what. */
export const kraftRuleTable: RuleTable<KraftRules> = {
  ...electionRules,
  ...logRules,
  ...voterRules,
};

/** The rules of the newest release. */
export const kraftRules: KraftRules = kraftRulesAt(releaseNamed(newestRelease));

/** The rules of one release. */
export function kraftRulesAt(release: Release): KraftRules {
  return rulesAt(kraftRuleTable, { release, mode: 'kraft' });
}

/** The rules that a quorum is played by: those of its release, with what is repaired. */
export function rulesOf({ kafka, repairs }: Pick<KraftConfig, 'kafka' | 'repairs'>): KraftRules {
  return rulesAt(kraftRuleTable, {
    release: quorumRelease(kafka),
    mode: 'kraft',
    isRepaired: repairing(repairs),
  });
}

import { newestRelease, releaseNamed } from '../description/release.ts';
import { type RuleTable, repairing, rulesAt } from '../description/ruleTable.ts';
import type { GroupsConfig } from './config.ts';
import { consumerRules } from './releases/consumer.ts';
import { coordinatorRules } from './releases/coordinator.ts';
import { memberRules } from './releases/member.ts';
import type { GroupsRules } from './rules.ts';

/** Every rule of groups, with the releases in which it is what. */
export const groupsRuleTable: RuleTable<GroupsRules> = {
  ...coordinatorRules,
  ...consumerRules,
  ...memberRules,
};

/** The rules of the newest release. */
export const groupsRules: GroupsRules = rulesOf({ kafka: newestRelease, repairs: [] });

/** The rules that a group of a configuration is played by, with what is repaired. */
export function rulesOf({ kafka, repairs }: Pick<GroupsConfig, 'kafka' | 'repairs'>): GroupsRules {
  return rulesAt(groupsRuleTable, {
    release: releaseNamed(kafka),
    mode: 'kraft',
    isRepaired: repairing(repairs),
  });
}

import { releaseNamed } from '../description/release.ts';
import { type RuleTable, repairing, rulesAt } from '../description/ruleTable.ts';
import { newestZooKeeper, type ZooKeeperConfig } from './config.ts';
import { controllerRules } from './releases/controller.ts';
import { requestRules } from './releases/requests.ts';
import type { ZooKeeperRules } from './rules.ts';

/** Every rule of clusters with ZooKeeper, with the releases in which it is what. */
export const zooKeeperRuleTable: RuleTable<ZooKeeperRules> = {
  ...controllerRules,
  ...requestRules,
};

/** The rules of the last release with ZooKeeper. */
export const zooKeeperRules: ZooKeeperRules = rulesOf({ kafka: newestZooKeeper, repairs: [] });

/** The rules that a configuration is played by, with what is repaired. */
export function rulesOf({
  kafka,
  repairs,
}: Pick<ZooKeeperConfig, 'kafka' | 'repairs'>): ZooKeeperRules {
  return rulesAt(zooKeeperRuleTable, {
    release: releaseNamed(kafka),
    mode: 'zookeeper',
    isRepaired: repairing(repairs),
  });
}

import { newestRelease, type Release, releaseNamed } from '../description/release.ts';
import { type RuleTable, repairing, rulesAt } from '../description/ruleTable.ts';
import type { ClientsConfig } from './config.ts';
import { consumerRules } from './releases/consumer.ts';
import { leaderRules } from './releases/leader.ts';
import { producerRules } from './releases/producer.ts';
import type { ClientsRules } from './rules.ts';

/** Every rule of clients and of brokers towards them, with the releases in which it is what. */
export const clientsRuleTable: RuleTable<ClientsRules> = {
  ...leaderRules,
  ...producerRules,
  ...consumerRules,
};

/** The rules of the newest release. */
export const clientsRules: ClientsRules = clientsRulesAt(releaseNamed(newestRelease));

/** The rules of one release. */
function clientsRulesAt(release: Release): ClientsRules {
  return rulesAt(clientsRuleTable, { release, mode: 'kraft' });
}

/** The rules that clients and brokers of a configuration are played by, with what is repaired. */
export function rulesOf({
  kafka,
  repairs,
}: Pick<ClientsConfig, 'kafka' | 'repairs'>): ClientsRules {
  return rulesAt(clientsRuleTable, {
    release: releaseNamed(kafka),
    mode: 'kraft',
    isRepaired: repairing(repairs),
  });
}

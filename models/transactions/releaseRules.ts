import { newestRelease, type Release, releaseNamed } from '../description/release.ts';
import { type RuleTable, repairing, rulesAt } from '../description/ruleTable.ts';
import type { TransactionsConfig } from './config.ts';
import { clientRules } from './releases/clients.ts';
import { coordinatorRules } from './releases/coordinator.ts';
import { leaderRules } from './releases/leader.ts';
import type { TransactionsRules } from './rules.ts';

/** Every rule of transactions, with the releases in which it is what. */
export const transactionsRuleTable: RuleTable<TransactionsRules> = {
  ...coordinatorRules,
  ...leaderRules,
  ...clientRules,
};

/** The rules of the newest release. */
export const transactionsRules: TransactionsRules = transactionsRulesAt(
  releaseNamed(newestRelease),
);

/** The rules of one release. */
function transactionsRulesAt(release: Release): TransactionsRules {
  return rulesAt(transactionsRuleTable, { release, mode: 'kraft' });
}

/**
 * The rules that a configuration is played by, with what is repaired. Where the second version is not switched on, the
 * epoch of a marker is that of its transaction, and no release asks for more.
 */
export function rulesOf({
  kafka,
  repairs,
  transactionVersion,
}: Pick<TransactionsConfig, 'kafka' | 'repairs' | 'transactionVersion'>): TransactionsRules {
  const rules = rulesAt(transactionsRuleTable, {
    release: releaseNamed(kafka),
    mode: 'kraft',
    isRepaired: repairing(repairs),
  });
  if (transactionVersion === '2' && rules.version === 2) return rules;
  return { ...rules, version: 1, markerEpochs: 'notEarlier' };
}

import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';
import { electionRules } from './elections.ts';
import { fetchingRules } from './fetching.ts';
import { highWatermarkRules } from './highWatermark.ts';
import { isrRules } from './isr.ts';
import { logRules } from './logs.ts';
import { registrationRules } from './registration.ts';
import { topicRules } from './topics.ts';

/** The rules that a release decides; the others are settings. */
type ReleaseRules = Omit<ReplicationRules, 'eligibleLeaderReplicas'>;

/** Every rule, with the releases in which it is what. */
export const ruleTable: RuleTable<ReleaseRules> = {
  ...logRules,
  ...fetchingRules,
  ...highWatermarkRules,
  ...isrRules,
  ...electionRules,
  ...topicRules,
  ...registrationRules,
};

import type { Assumption, Setting, TopicDurability } from './clusterDescription.ts';

/** The settings of a description that have a reason. */
export interface ReasonedSettings {
  readonly version: Setting<string | undefined>;
  readonly eligibleLeaderReplicas: Setting<boolean | undefined>;
  readonly topics: readonly TopicDurability[];
  readonly internalTopics: readonly TopicDurability[];
}

/**
 * Every setting that no file sets, once each. Topics that inherit a setting share the object with the
 * entry they inherit from, so it is listed under the name of the first.
 */
export function settingAssumptions(settings: ReasonedSettings): readonly Assumption[] {
  const listed = new Set<Setting<unknown>>();
  const result: Assumption[] = [];
  const add = (name: string, setting: Setting<unknown>) => {
    if (setting.origin === 'file' || listed.has(setting)) return;
    listed.add(setting);
    const value = setting.value === undefined ? 'unknown' : String(setting.value);
    result.push({ setting: name, value, why: setting.where });
  };
  add('Kafka version', settings.version);
  add('eligible leader replicas', settings.eligibleLeaderReplicas);
  for (const topic of [...settings.topics, ...settings.internalTopics]) {
    add(`replication factor (${topic.topic})`, topic.replicationFactor);
    add(`min.insync.replicas (${topic.topic})`, topic.minInsyncReplicas);
    add(`unclean.leader.election.enable (${topic.topic})`, topic.uncleanLeaderElection);
    add(`flush after every record (${topic.topic})`, topic.flushEveryRecord);
  }
  return result;
}

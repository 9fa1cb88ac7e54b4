import { counted } from '../../checker/results/numbers.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import {
  assignorNames,
  commitNames,
  type GroupsBounds,
  type GroupsConfig,
  groupsExpected,
  instanceNames,
  isGroupsRelease,
  protocolNames,
  repairNames,
  resetNames,
} from './config.ts';

/** What is said about each setting of groups. */
export const settingWords: SettingTable<GroupsConfig> = {
  brokers: {
    meaning: 'brokers that may be the coordinator (2 to 3)',
    inWords: brokers => counted(brokers, 'broker'),
  },
  members: {
    meaning: 'consumers in the group (1 to 3)',
    inWords: members => counted(members, 'member'),
  },
  partitions: {
    meaning: 'partitions of the topic that the group reads (1 to 3)',
    inWords: partitions => counted(partitions, 'partition'),
  },
  kafka: {
    meaning: 'the release of members and coordinator, 1.0 to 4.4',
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isGroupsRelease,
    expected: groupsExpected,
  },
  protocol: {
    meaning: 'group.protocol',
    inWords: protocol => `group.protocol=${protocol}`,
    choices: protocolNames,
  },
  assignor: {
    meaning:
      'partition.assignment.strategy: eager (range, round robin, sticky) gives everything up in a rebalance, ' +
      'cooperative only what others get',
    inWords: assignor => `${assignor} assignor`,
    choices: assignorNames,
  },
  instanceIds: {
    meaning: 'group.instance.id: none, own of each member, or by mistake shared by all',
    inWords: ids => `group.instance.id: ${ids}`,
    choices: instanceNames,
  },
  commit: {
    meaning:
      'auto: enable.auto.commit; handedOver: the same, while other threads process; before, after: commitSync ' +
      'before or after what a poll returned is processed; async: commitAsync after it',
    inWords: commit => `offsets committed: ${commit}`,
    choices: commitNames,
  },
  reset: {
    meaning: 'auto.offset.reset',
    inWords: reset => `auto.offset.reset=${reset}`,
    choices: resetNames,
  },
  repairs: {
    meaning: `known bugs of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs => (repairs.length === 0 ? 'nothing repaired' : `with ${repairs.join(', ')}`),
    choices: repairNames,
  },
};

/** What each bound of the model limits. */
export const boundWords: BoundTable<GroupsBounds> = {
  records: { meaning: 'records in each partition', one: 'record', several: 'records' },
  crashes: {
    meaning: 'members whose process dies',
    one: 'crash of a member',
    several: 'crashes of members',
  },
  leaves: { meaning: 'members that are closed', one: 'closed member', several: 'closed members' },
  missedSessions: {
    meaning: 'members that are given up although they live: paused, cut off or late',
    one: 'missed session',
    several: 'missed sessions',
  },
  slowPolls: {
    meaning: 'members that leave while their application processes (max.poll.interval.ms)',
    one: 'late poll',
    several: 'late polls',
  },
  failovers: {
    meaning: 'failovers of the coordinator that lose nothing committed',
    one: 'failover',
    several: 'failovers',
  },
  lateResignations: {
    meaning: 'failovers of the coordinator that the old one does not know of yet',
    one: 'unnoticed failover',
    several: 'unnoticed failovers',
  },
  uncleanFailovers: {
    meaning: 'failovers of the coordinator that lose committed records',
    one: 'unclean failover',
    several: 'unclean failovers',
  },
  staleLookups: {
    meaning: 'members that are sent to a coordinator which was deposed',
    one: 'stale lookup',
    several: 'stale lookups',
  },
  offsetExpiries: {
    meaning: 'committed offsets that expire (offsets.retention.minutes)',
    one: 'expired offset',
    several: 'expired offsets',
  },
};

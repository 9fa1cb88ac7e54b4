import type { GroupsBounds, GroupsConfig } from '../../models/groups/config.ts';
import { nodesOf } from '../../models/groups/nodes.ts';
import type { GroupsNodes } from '../../models/groups/schema.ts';
import { firstOf } from '../notApplicable.ts';

/** What a scope is, by its configuration and bounds: enough to say which promises are not made there. */
export interface GroupsFacts extends GroupsNodes {
  readonly config: GroupsConfig;
  readonly bounds: GroupsBounds;
}

/** @param nodes - Those of a larger model, where this one is a part of it. */
export function groupsFacts(
  config: GroupsConfig,
  bounds: GroupsBounds,
  nodes: GroupsNodes = nodesOf(config),
): GroupsFacts {
  return { ...nodes, config, bounds };
}

/** Why what is committed may be lost. */
export function mayLoseCommits({ bounds }: Pick<GroupsFacts, 'bounds'>): string | undefined {
  return firstOf(bounds.uncleanFailovers > 0 && 'an unclean failover loses what is committed');
}

/** Why two members may take a partition for their own. */
export function mayHaveZombies({ config, bounds }: GroupsFacts): string | undefined {
  return firstOf(
    bounds.uncleanFailovers > 0 && 'the group is another after an unclean failover',
    bounds.missedSessions > 0 && 'a member that is given up goes on until it is told',
    bounds.slowPolls > 0 && 'an application that does not poll goes on with what it has in hand',
    config.instanceIds === 'shared' && 'two processes with one instance id take turns',
  );
}

/** Why a committed offset may become smaller. */
export function mayGoBack(facts: GroupsFacts): string | undefined {
  return firstOf(
    mayLoseCommits(facts),
    facts.bounds.offsetExpiries > 0 && 'an offset that expires is begun anew',
    facts.bounds.staleLookups > 0 && 'a deposed coordinator says where the group went on before',
  );
}

/** Why a record below a committed offset may not be processed. */
export function mayPassOver({ config }: GroupsFacts): string | undefined {
  return firstOf(
    config.commit === 'before' && 'offsets are committed before processing',
    config.commit === 'handedOver' && 'offsets are committed while other threads process',
    config.reset === 'latest' && 'what was there before the group is passed over',
  );
}

/** Why a record may be processed twice. */
export function mayRepeat(facts: GroupsFacts): string | undefined {
  const { config, bounds } = facts;
  const isFirst = config.commit === 'before';
  return firstOf(
    mayGoBack(facts),
    config.commit === 'async' && 'a commit may be on its way when partitions are given up',
    config.commit === 'handedOver' && 'other threads process what is given up',
    !isFirst && config.assignor === 'cooperative' && 'a member goes on in a rebalance',
    !isFirst && bounds.crashes > 0 && 'a member may die between processing and commit',
    !isFirst &&
      bounds.failovers + bounds.lateResignations > 0 &&
      'a commit may be lost with its coordinator',
    !isFirst && mayHaveZombies(facts),
  );
}

/** Why there is no member that comes back under its instance id. */
export function withoutInstanceIds({ config }: GroupsFacts): string | undefined {
  return config.instanceIds === 'none' ? 'members have no instance id' : undefined;
}

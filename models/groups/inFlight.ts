import type { InFlight } from '../../checker/model/model.ts';
import type { GroupsContext } from './context.ts';
import type { ReadonlyProtocol } from './schema.ts';

/** Requests of members that wait at a coordinator: commits, and who has joined and waits for the others. */
export function inFlight(context: GroupsContext, { members }: ReadonlyProtocol): InFlight[] {
  const { member: all, broker: brokers } = context;
  return all.all.flatMap(member => {
    const { commit, classic, coordinator } = members.get(member);
    const from = all.nameOf(member);
    const commits: InFlight[] =
      commit === undefined
        ? []
        : [
            {
              name: 'OffsetCommit',
              from,
              to: brokers.nameOf(commit.broker),
              content: offsetsInWords(context, members.get(member)),
            },
          ];
    if (classic.state !== 'preparingRebalance') return commits;
    return [
      ...commits,
      { name: 'JoinGroup', from, to: brokers.nameOf(coordinator), content: 'waits for the others' },
    ];
  });
}

function offsetsInWords(
  { partition: partitions }: GroupsContext,
  { partitions: readings }: ReturnType<ReadonlyProtocol['members']['get']>,
): string {
  const named = partitions.all.flatMap(partition => {
    const { committing } = readings.get(partition);
    return committing === undefined ? [] : [`${committing} of ${partitions.nameOf(partition)}`];
  });
  return named.length === 0 ? 'of partitions that it has given up' : `offset ${named.join(', ')}`;
}

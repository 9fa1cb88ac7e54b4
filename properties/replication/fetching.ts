import type { PartitionStepProperty } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { brokerViewOf } from './view.ts';

/** Who fetches follows, and whom it fetches from is the leader that it knows. */
export function onlyFollowersFetch({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'only-followers-fetch',
    kind: 'step',
    statement: 'A replica fetches only while it follows, and from the leader that it knows.',
    loss: 'A leader counts what a replica has that does not follow it, and commits records by that.',
    source: 'AbstractFetcherManager.addFetcherForPartitions, ReplicaManager.applyDelta',
    needs: 'two replicas',
    when: (_before, _after, { name }) => name === 'fetch' || name === 'sendFetch',
    holds({ protocol }, _after, { params }) {
      const [follower, leader] = ['follower', 'leader'].map(end =>
        broker.named(String(params[end])),
      );
      if (follower === undefined) return `${String(params['follower'])} is no broker`;
      const { state } = protocol.replicas.get(follower).role;
      const who = `${broker.nameOf(follower)} fetches`;
      if (state !== 'following') return `${who}, and its replica is ${state}`;
      if (brokerViewOf(protocol, follower).leader === leader) return true;
      return `${who} from ${String(params['leader'])}, which does not lead as far as it knows`;
    },
  };
}

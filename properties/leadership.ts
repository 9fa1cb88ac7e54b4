import type { NodeType } from '../checker/state/nodeType.ts';
import { actsAsLeader, brokerViewOf, controllerView } from '../models/replication/metadata.ts';
import type { Broker } from '../models/replication/schema.ts';
import type {
  ReplicationInvariant,
  ReplicationScope,
  ReplicationStepProperty,
} from './replicationScope.ts';

/**
 * Two brokers may both act as leader at one moment, but never in one leader epoch: neither now, nor
 * in what the metadata history still tells of the past. ("One leader at any time" is false.)
 */
export function oneLeaderPerEpoch(broker: NodeType<'broker'>): ReplicationInvariant {
  return {
    name: 'one-leader-per-epoch',
    kind: 'invariant',
    statement: 'At most one broker leads in a leader epoch.',
    loss: 'Two logs grow under one epoch, and no replica can tell which of them is right.',
    source: 'PartitionRegistration.merge; KIP-101',
    when({ protocol }) {
      for (const candidate of broker.all) if (actsAsLeader(protocol, candidate)) return true;
      return false;
    },
    holds(state) {
      for (const a of broker.all) {
        if (!actsAsLeader(state.protocol, a)) continue;
        for (const b of broker.all) {
          if (a < b && leadInOneEpoch(state, a, b)) {
            const { leaderEpoch } = brokerViewOf(state.protocol, a);
            return `${broker.nameOf(a)} and ${broker.nameOf(b)} both lead in epoch ${leaderEpoch}`;
          }
        }
      }
      return historyNamesOneLeader(state, broker);
    },
  };
}

/** Whether `b` leads too, in the epoch in which `a` does. */
function leadInOneEpoch({ protocol }: ReplicationScope, a: Broker, b: Broker): boolean {
  if (!actsAsLeader(protocol, b)) return false;
  return brokerViewOf(protocol, a).leaderEpoch === brokerViewOf(protocol, b).leaderEpoch;
}

function historyNamesOneLeader(
  { protocol }: ReplicationScope,
  broker: NodeType<'broker'>,
): true | string {
  const { history } = protocol.metadata;
  for (let index = 1; index < history.length; index++) {
    const [earlier, later] = [history.get(index - 1), history.get(index)];
    if (earlier.leader === later.leader || later.leaderEpoch > earlier.leaderEpoch) continue;
    const names = [earlier, later].map(({ leader }) =>
      leader === undefined ? 'nobody' : broker.nameOf(leader),
    );
    return `the metadata names ${names.join(' and then ')} as leader of epoch ${later.leaderEpoch}`;
  }
  return true;
}

/** With unclean election disabled, the controller elects only out of the ISR it had. */
export function cleanElectionFromIsr(
  broker: NodeType<'broker'>,
  scope: { readonly uncleanElectionAllowed: boolean; readonly leaderChanges: boolean },
): ReplicationStepProperty {
  const reason = scope.uncleanElectionAllowed
    ? 'unclean leader election is enabled'
    : scope.leaderChanges
      ? undefined
      : 'nothing in this scope moves the leadership';
  return {
    name: 'clean-election-from-isr',
    kind: 'step',
    statement: 'With unclean election disabled, every elected leader was in the ISR.',
    loss: 'A replica that may lack acknowledged records becomes the truth for all others.',
    source: 'PartitionChangeBuilder; KIP-106',
    ...(reason === undefined ? {} : { notApplicable: reason }),
    when: (before, after) => electedIn(before, after) !== undefined,
    holds(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || controllerView(before.protocol).isr.has(elected)) return true;
      return `${broker.nameOf(elected)} was elected and was not in the ISR`;
    },
  };
}

/** The broker that the step made leader, if it made one. */
function electedIn(before: ReplicationScope, after: ReplicationScope): Broker | undefined {
  const { leader } = controllerView(after.protocol);
  return leader === controllerView(before.protocol).leader ? undefined : leader;
}

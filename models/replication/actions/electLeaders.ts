import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive, mayBePreferred } from '../election.ts';
import { controllerView, isAssigned } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import { decideOn, orderOf } from '../partitionChange.ts';
import type { RuledPartition } from '../partitionScope.ts';
import { namesUnregistered } from './unregister.ts';

const REFUSED = 'INVALID_REPLICA_ASSIGNMENT';

/**
 * electPreferred: the leadership moves to the preferred replica although nothing has failed.
 *
 * Who: the controller (leader rebalance, ElectLeaders PREFERRED). Enabled: there is a leader, and
 * the elected replica is another one, active and in the ISR. Changes: the replica becomes the first
 * of the assignment if it is not yet (an operator may reorder it at any time, which by itself
 * changes nothing else; not while a broker of the assignment is unregistered), and the leader, with a new leader epoch.
 * The ISR stays.
 *
 * Source: ReplicationControlManager.maybeBalancePartitionLeaders, electLeaders; KIP-460.
 */
export function electPreferred(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'electPreferred',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller moves the leadership to {elected}, now preferred',
    params: { elected: anyNode(context.broker) },
    spends: 'preferredElections',
    weight: 0.2,
    // An operator may ask for it, and need not.
    fair: false,
    enabled(partition, { elected }) {
      const now = controllerView(partition);
      if (now.leader === undefined) return 'there is no leader to move the leadership from';
      if (now.leader === elected) return 'the broker leads already';
      if (!isAssigned(now, elected)) return 'the broker has no replica';
      if (!now.adding.isEmpty || !now.removing.isEmpty) return 'a reassignment is under way';
      if (!isActive(partition, elected)) return 'the broker is not active';
      const order = orderOf(now);
      if (order[0] !== elected && namesUnregistered(partition, order)) return REFUSED;
      return mayBePreferred(partition, now, elected) || 'the broker is not in the ISR';
    },
    step(partition, { elected }) {
      decideOn(partition, {
        kind: 'preferred',
        edit(draft) {
          const others = orderOf(draft).filter(member => member !== elected);
          draft.replicas.truncate(0);
          for (const member of [elected, ...others]) draft.replicas.push(member);
        },
      });
    },
  });
}

/**
 * electUncleanly: an operator has the controller elect any active replica (ElectLeaders UNCLEAN,
 * which does not ask for `unclean.leader.election.enable`).
 *
 * Enabled: the partition has no leader (ELECTION_NOT_NEEDED) and some replica is active.
 *
 * Source: ReplicationControlManager.electLeaders; KIP-460.
 */
export function electUncleanly(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'electUncleanly',
    kind: 'fault',
    actor: 'controller',
    phrase: 'controller elects a leader uncleanly, as an operator asks',
    params: {},
    spends: 'uncleanElections',
    weight: 0.1,
    enabled: mayElectUncleanly,
    step(partition) {
      decideOn(partition, { kind: 'unclean' });
    },
  });
}

/** Whether an unclean election that is asked for elects somebody, or the error that it is answered with. */
export function mayElectUncleanly(partition: RuledPartition): true | string {
  const now = controllerView(partition);
  if (now.leader !== undefined) return 'ELECTION_NOT_NEEDED';
  const isAny = orderOf(now).some(member => isActive(partition, member));
  return isAny || 'ELIGIBLE_LEADERS_NOT_AVAILABLE';
}

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { appendMetadata } from '../election.ts';
import { controllerView } from '../metadata.ts';

/**
 * electPreferred: the controller moves the leadership although nothing has failed.
 *
 * Who: the controller. Enabled: there is a leader, and the elected broker is another one, unfenced
 * and in the ISR. Changes: the leader and the leader epoch; the ISR stays.
 *
 * Left out: which replica is the preferred one. Any in-sync replica may be, as for every election
 * in this model (see isElectionOutcome).
 *
 * Source: ReplicationControlManager.maybeBalancePartitionLeaders, ElectLeaders PREFERRED.
 */
export function electPreferred(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'electPreferred',
    kind: 'protocol',
    actor: 'controller',
    params: { elected: anyNode(context.broker) },
    spends: 'preferredElections',
    weight: 0.2,
    enabled({ protocol }, { elected }) {
      const { leader, isr } = controllerView(protocol);
      if (leader === undefined) return 'there is no leader to move the leadership from';
      if (leader === elected) return 'the broker leads already';
      if (protocol.registrations.fenced.has(elected)) return 'the broker is fenced';
      return context.rules.mayLeadCleanly(isr, elected) ? true : 'the broker is not in the ISR';
    },
    step({ protocol }, { elected }) {
      const next = appendMetadata(context, protocol, { writesLeader: true, leader: elected });
      if (next.isr.has(elected)) return;
      next.isr.clear();
      next.isr.add(elected);
    },
  });
}

import type { TakenAction } from '../../checker/model/property.ts';
import type { Broker } from '../../models/replication/schema.ts';
import type { PartitionScope, PartitionStepProperty } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { brokerViewOf, controllerView, isActive, isUp } from './view.ts';

/**
 * Who asks for leave to stop gets it when it is not missed: it leads nothing, and every other active broker has
 * heard that it does not. A broker that was fenced meanwhile is not waited for.
 */
export function leaveOnlyWithoutLeadership({ broker }: ScopeFacts): PartitionStepProperty {
  const stoppingIn = (
    { protocol }: PartitionScope,
    { name, params }: TakenAction,
  ): Broker | undefined => {
    if (name !== 'stopCleanly' || params['leave'] !== 'granted') return undefined;
    const stopping = broker.named(String(params['broker']));
    if (stopping === undefined) return undefined;
    const { state } = protocol.registrations.get(stopping).state;
    return state === 'controlledShutdown' ? stopping : undefined;
  };
  return {
    name: 'leave-only-without-leadership',
    kind: 'step',
    statement:
      'A broker gets leave to stop only when it leads nothing and every active broker knows that it does not.',
    loss: 'A controlled shutdown costs what it is there to avoid: clients and followers talk to a leader that is gone.',
    source: 'BrokerHeartbeatManager.calculateNextBrokerState; KIP-631',
    needs: 'shutdowns',
    when: (before, _, action) => stoppingIn(before, action) !== undefined,
    holds(before, _, action) {
      const stopping = stoppingIn(before, action);
      if (stopping === undefined) return true;
      const { protocol } = before;
      const stops = `${broker.nameOf(stopping)} gets leave to stop`;
      if (controllerView(protocol).leader === stopping) return `${stops} and leads`;
      for (const other of broker.all) {
        if (!isActive(protocol, other) || !isUp(protocol, other)) continue;
        if (brokerViewOf(protocol, other).leader !== stopping) continue;
        return `${stops}, and ${broker.nameOf(other)} takes it for the leader`;
      }
      return true;
    },
  };
}

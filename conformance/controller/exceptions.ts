import type { NamedException } from '../lockstep/exceptions.ts';
import type { ControllerState } from './projection.ts';

/** What is known to be otherwise in Kafka's controller than in that of `replication`. */
export const controllerExceptions: readonly NamedException<ControllerState>[] = [
  {
    name: 'last-known-leader-is-nobody',
    reason:
      'Where the last members of an ISR go while the partition has no leader, Kafka notes -1 as the last known ' +
      'leader, which is nobody; the model notes none. Neither can be elected.',
    source: 'PartitionChangeBuilder.maybeUpdateLastKnownLeader',
    releases: ['4.3.1'],
    isShownBy: ({ places }) =>
      places.length > 0 &&
      places.every(
        ({ place, model, kafka }) =>
          place === 'last known leader' && String(model) === '' && String(kafka) === '-1',
      ),
    storyIn: 'controller, ELR switched on, reassignments',
    story: [
      'reassign(add=broker-4, remove=broker-1)',
      'missHeartbeats(broker=broker-3)',
      'beginControlledShutdown(broker=broker-2)',
      'stopCleanly(broker=broker-2, leave=notGranted)',
      'restart(broker=broker-2)',
      'register(broker=broker-2)',
      'beginControlledShutdown(broker=broker-1)',
      'enterControlledShutdown(broker=broker-1)',
      'enableEligibleLeaderReplicas(to=2)',
      'cancelReassignment()',
    ],
  },
];

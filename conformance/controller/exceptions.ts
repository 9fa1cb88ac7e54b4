import type { NamedException } from '../lockstep/exceptions.ts';
import type { ControllerState } from './projection.ts';

/** What is known to be otherwise in Kafka's controller than in that of `replication`. */
export const controllerExceptions: readonly NamedException<ControllerState>[] = [
  {
    name: 'elr-index-left-behind',
    reason:
      'After a change of min.insync.replicas the index of ELR members has a broker that is in no ELR, and its next ' +
      'registration writes the same record twice: the leader epoch grows by two. The model keeps such brokers too, ' +
      'but forgets them when the partition changes otherwise.',
    source: 'ReplicationControlManager.removeTopicElrs; docs/findings.md',
    releases: ['4.3.1'],
    isShownBy({ step, places }) {
      const [first, ...others] = places;
      return (
        step?.taken.name === 'register' &&
        others.length === 0 &&
        first?.place === 'leader epoch' &&
        first.kafka === Number(first.model) + 1
      );
    },
    storyIn: 'controller, ELR, min ISR changes',
    story: [
      'missHeartbeats(broker=broker-3)',
      'beginControlledShutdown(broker=broker-2)',
      'stopCleanly(broker=broker-2, leave=granted)',
      'changeMinIsr(to=1)',
      'restart(broker=broker-2)',
      'beginControlledShutdown(broker=broker-1)',
      'stopCleanly(broker=broker-1, leave=notGranted)',
      'register(broker=broker-2)',
      'restart(broker=broker-1)',
      'receiveRegistrationAnswer(broker=broker-2)',
      'unfence(broker=broker-2)',
      'register(broker=broker-1)',
      'electUncleanly()',
      'missHeartbeats(broker=broker-2)',
      'unfence(broker=broker-2)',
      'crash(broker=broker-2)',
      'restart(broker=broker-2)',
      'register(broker=broker-2)',
    ],
  },
];

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { isUp } from '../metadata.ts';

/**
 * pause: a broker process stands still (SIGSTOP, a long garbage collection): it keeps everything it
 * knows and does nothing, while the controller's session for it runs out.
 *
 * Who: the environment. Limited by `pauses`. Messages to it wait.
 */
export function pause(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'pause',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} stands still',
    params: { broker: anyNode(context.broker) },
    spends: 'pauses',
    weight: 0.1,
    enabled({ protocol }, { broker }) {
      if (!isUp(protocol, broker)) return 'the broker is down';
      return !protocol.brokers.get(broker).paused || 'the broker stands still already';
    },
    step({ protocol }, { broker }) {
      protocol.brokers.get(broker).paused = true;
    },
  });
}

/** resume: a process that stood still goes on, with its old knowledge: a zombie. Never limited. */
export function resume(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'resume',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} goes on, with what it knew',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    // It may stand still for good.
    fair: false,
    enabled: ({ protocol }, { broker }) =>
      protocol.brokers.get(broker).paused || 'the broker does not stand still',
    step({ protocol }, { broker }) {
      protocol.brokers.get(broker).paused = false;
    },
  });
}

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';
import { producerEffects } from '../producerEffects.ts';

/**
 * restartProducer: the process of a producer ends, and another takes its place.
 *
 * Who: the environment. Limited by `producerRestarts`. Changes: what was not told to the application never is; what was
 * sent and not handled is lost with its connection. An idempotent producer gets another id: that it is the same
 * application no broker knows.
 *
 * Source: KafkaProducer (without `transactional.id` there is nothing by which it is known).
 */
export function restartProducer(context: ClientsContext): AnyAction {
  return context.action({
    name: 'restartProducer',
    kind: 'fault',
    actor: 'producer',
    phrase: '{producer} ends and starts again',
    params: { producer: anyNode(context.producer) },
    spends: 'producerRestarts',
    weight: 0.1,
    enabled: ({ protocol }, { producer }) =>
      protocol.producers.get(producer).batches.length > 0 || 'it has done nothing',
    step({ protocol, record }, { producer }) {
      const step = { context, protocol, record, producer };
      const { state } = protocol.producers.get(producer);
      state.send('restart', producerEffects, step);
      if (!context.config.idempotence) state.send('goWithoutId', producerEffects, step);
    },
  });
}

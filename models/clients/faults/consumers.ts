import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { consumerEffects } from '../consumerEffects.ts';
import type { ClientsContext } from '../context.ts';

/**
 * crashConsumer: the process of a consumer dies.
 *
 * Limited by `consumerCrashes`. Changes: what it had in hand is as if it had not been read, and commits on their way
 * are lost. What is committed stays with the coordinator.
 */
export function crashConsumer(context: ClientsContext): AnyAction {
  return ending(context, {
    name: 'crashConsumer',
    phrase: '{consumer} dies',
    event: 'crash',
    spends: 'consumerCrashes',
  });
}

/**
 * closeConsumer: the application closes a consumer, because it ends, or because processing failed.
 *
 * Limited by `consumerCloses`. Changes: with auto commit the position is committed, whether what is in hand was
 * processed or not.
 *
 * Source: KafkaConsumer.close, ConsumerCoordinator.close (maybeAutoCommitOffsetsSync).
 */
export function closeConsumer(context: ClientsContext): AnyAction {
  return ending(context, {
    name: 'closeConsumer',
    phrase: 'the application closes {consumer}',
    event: 'close',
    spends: 'consumerCloses',
  });
}

interface Ending {
  readonly name: string;
  readonly phrase: string;
  readonly event: 'crash' | 'close';
  readonly spends: 'consumerCrashes' | 'consumerCloses';
}

function ending(context: ClientsContext, { name, phrase, event, spends }: Ending): AnyAction {
  return context.action({
    name,
    kind: 'fault',
    actor: 'consumer',
    phrase,
    params: { consumer: anyNode(context.consumer) },
    spends,
    weight: 0.2,
    enabled: ({ protocol }, { consumer }) =>
      protocol.consumers.get(consumer).state.state === 'running' || 'it has stopped',
    step({ protocol }, { consumer }) {
      const view = protocol.consumers.get(consumer);
      view.state.send(event, consumerEffects, { context, consumer: view });
    },
  });
}

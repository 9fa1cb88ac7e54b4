import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { TransactionsContext } from '../context.ts';

/**
 * restart: a process of the application ends, and another takes its place with the same transactional id.
 *
 * Who: the environment. Limited by `restarts`. Changes: what it had in memory is gone, with what waits at brokers;
 * its transaction stays open until the next process asks for the id, or the clock ends it.
 *
 * Source: KafkaProducer (`transactional.id`).
 */
export function restart(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'restart',
    kind: 'fault',
    actor: 'producer',
    phrase: '{producer} ends and starts again',
    params: { producer: anyNode(context.producer) },
    spends: 'restarts',
    weight: 0.1,
    enabled: ({ protocol }, { producer }) =>
      protocol.producers.get(producer).state.state !== 'uninitialized' || 'it has done nothing',
    step({ protocol }, { producer }) {
      const view = protocol.producers.get(producer);
      view.state.send('crash', {}, undefined);
      view.added.clear();
      for (const partition of context.partition.all) view.batches.clear(partition);
      Object.assign(view, {
        epoch: 0,
        asking: false,
        pendingAdd: false,
        needsBump: false,
        isReading: false,
        generation: 0,
        position: 0,
        owesOffset: false,
      });
    },
  });
}

/**
 * rebalance: the input goes over to another process.
 *
 * Who: the coordinator of the group. Limited by `rebalances`. Changes: there is a new generation. Who has read the
 * input is not told: it may go on for as long as it likes.
 *
 * Source: GroupCoordinator, AbstractCoordinator (`session.timeout.ms`, `max.poll.interval.ms`).
 */
export function rebalance(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'rebalance',
    kind: 'fault',
    actor: 'coordinator',
    phrase: 'the input goes over to {to}',
    params: { to: anyNode(context.producer) },
    spends: 'rebalances',
    weight: 0.2,
    enabled({ protocol }, { to }) {
      if (context.config.pattern !== 'process') return 'there is no group';
      return protocol.group.owner !== to || 'it has the input';
    },
    step({ protocol }, { to }) {
      protocol.group.owner = to;
      protocol.group.generation += 1;
    },
  });
}

/**
 * crashReader: the reader ends, and begins again where it has committed.
 *
 * Who: the environment. Limited by `readerCrashes`.
 */
export function crashReader(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'crashReader',
    kind: 'fault',
    actor: 'reader',
    phrase: 'the reader ends and starts again',
    params: {},
    spends: 'readerCrashes',
    weight: 0.1,
    enabled({ protocol }) {
      const hasRead = context.partition.all.some(each => protocol.reader.get(each).position > 0);
      return hasRead || 'it has read nothing';
    },
    step({ protocol }) {
      for (const partition of context.partition.all) {
        const place = protocol.reader.get(partition);
        place.position = place.stored;
      }
    },
  });
}

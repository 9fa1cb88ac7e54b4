import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';
import type { ReadonlyPartitionView, ReadonlyPositionView } from '../schema.ts';

/** No effects: a process that starts has nothing yet. */
const none = { commitPositions: () => undefined, loseMemory: () => undefined };

/** startConsumer: the process of a consumer starts, the first one or another. */
export function startConsumer(context: ClientsContext): AnyAction {
  return context.action({
    name: 'startConsumer',
    kind: 'recovery',
    actor: 'consumer',
    phrase: '{consumer} starts',
    params: { consumer: anyNode(context.consumer) },
    enabled({ protocol }, { consumer }) {
      if (context.config.consumers === 0) return 'there is no consumer';
      return protocol.consumers.get(consumer).state.state === 'stopped' || 'it runs';
    },
    step: ({ protocol }, { consumer }) =>
      protocol.consumers.get(consumer).state.send('start', none, undefined),
  });
}

/**
 * poll: the application gets the next records of a partition.
 *
 * Who: the consumer. Enabled: it has a position; the application has processed what it had in hand, unless other
 * threads do, and has committed where it does so by itself. Since 2.3 a leader answers only who knows its epoch.
 * Changes: so many records below the high watermark are in hand, and the position is behind them.
 *
 * Left out: the buffer of fetched records, follower fetching, `isolation.level`.
 *
 * Source: KafkaConsumer.poll, FetchCollector, ReplicaManager.fetchMessages.
 */
export function poll(context: ClientsContext): AnyAction {
  return context.action({
    name: 'poll',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} polls, and gets {count} of {partition}',
    params: {
      consumer: anyNode(context.consumer),
      partition: anyNode(context.partition),
      count: anyInt(1, context.limits.logLength),
    },
    enabled({ protocol }, { consumer, partition, count }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      const log = protocol.partitions.get(partition);
      const mayAsk = mayPoll(context, position, log);
      if (mayAsk !== true) return mayAsk;
      return position.offset + count <= log.highWatermark || 'there are not as many';
    },
    step({ protocol, record }, { consumer, partition, count }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      const { log } = protocol.partitions.get(partition);
      const from = position.offset;
      const entries = [...log].slice(from, from + count);
      for (const entry of entries) {
        position.inHand.push(entry.record);
        position.epoch = entry.leaderEpoch;
      }
      position.offset = from + count;
      const { commit } = context.config;
      position.owesCommit = commit !== 'auto' && commit !== 'handedOver';
      record.read(
        partition,
        from,
        entries.map(entry => entry.record),
      );
    },
  });
}

function mayPoll(
  { config, rules }: ClientsContext,
  position: ReadonlyPositionView,
  { leaderEpoch, logStartOffset }: ReadonlyPartitionView,
): Enabled {
  if (position.state.state !== 'fetching') return 'the consumer has no position to fetch from';
  if (position.inHand.length > 0 && config.commit !== 'handedOver') {
    return 'the application has records in hand';
  }
  if (position.owesCommit) return 'the application commits first';
  if (rules.validatesPositions && position.leaderEpoch !== leaderEpoch) {
    return 'the leader is of another epoch (FENCED_LEADER_EPOCH)';
  }
  return position.offset >= logStartOffset || 'the records are deleted';
}

/**
 * processRecord: the application processes the first record in hand.
 *
 * Who: the application. Enabled: it commits before, if it does so at all. Changes: the ghost knows that the record was
 * processed, whatever that is: nobody can take it back.
 */
export function processRecord(context: ClientsContext): AnyAction {
  return context.action({
    name: 'processRecord',
    kind: 'protocol',
    actor: 'consumer',
    phrase: 'the application of {consumer} processes a record of {partition}',
    params: { consumer: anyNode(context.consumer), partition: anyNode(context.partition) },
    enabled({ protocol }, { consumer, partition }) {
      const { inHand, owesCommit } = protocol.consumers.get(consumer).partitions.get(partition);
      if (inHand.length === 0) return 'nothing is in hand';
      const isLater = context.config.commit !== 'before' || !owesCommit;
      return isLater || 'the application commits first';
    },
    step({ protocol, record }, { consumer, partition }) {
      const { inHand } = protocol.consumers.get(consumer).partitions.get(partition);
      record.processed(inHand.get(0));
      inHand.removeFirst(1);
    },
  });
}

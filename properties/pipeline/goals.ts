import { memberOf, producerOf } from '../../models/pipeline/nodes.ts';
import { goal } from '../goal.ts';
import type { PipelineFacts, PipelineGoal, PipelineScope } from './pipelineScope.ts';
import { doneIn, writtenIn } from './pipelineScope.ts';

/** Goals that show that the parts meet, and that what they do to each other is played. */
export function pipelineGoals(facts: PipelineFacts): PipelineGoal[] {
  return [
    recordGoesThrough(facts),
    offsetsOfStrangerRefused(facts),
    successorWaits(facts),
    processedByTwo(facts),
    failoverInBoth(facts),
    brokerTakesUncommitted(facts),
    repeatedInputProcessedOnce(facts),
    offsetsLostWithGroup(facts),
  ];
}

function recordGoesThrough(facts: PipelineFacts): PipelineGoal {
  return goal(
    'record-goes-through',
    'A reader is given the output of a record whose producer was told success.',
    {
      reaches: (_, { ghost, protocol }) => {
        const acknowledged = [...ghost.clients.partitions.get(facts.input).acknowledged];
        if (acknowledged.length === 0) return false;
        const { log } = protocol.clients.partitions.get(facts.input);
        return facts.transactions.partition.all.some(partition =>
          [...protocol.transactions.partitions.get(partition).log].some(({ record, input }) => {
            if (record === 0 || ghost.transactions.sends.get(record - 1).reads === 0) return false;
            return acknowledged.some(each => each.record === log.get(input - 1).record);
          }),
        );
      },
    },
  );
}

function offsetsOfStrangerRefused(facts: PipelineFacts): PipelineGoal {
  return goal(
    'offsets-of-stranger-refused',
    'A process that the group has given up sends its offsets, and has to abort.',
    {
      needs: 'a missed session',
      reaches: (before, after, { name, actor }) => {
        if (name !== 'handleOffsets' && name !== 'appendVerifiedOffsets') return false;
        const producer = facts.transactions.producer.named(actor);
        if (producer === undefined) return false;
        const stateOf = ({ protocol }: PipelineScope): string =>
          protocol.transactions.producers.get(producer).state.state;
        if (stateOf(before) === 'abortableError' || stateOf(after) !== 'abortableError')
          return false;
        const { offsets, coordinators } = before.protocol.groups;
        const { group } = coordinators.get(offsets.leader);
        return !group.members.get(memberOf(facts.nodes, producer)).isIn;
      },
    },
  );
}

function successorWaits(facts: PipelineFacts): PipelineGoal {
  return goal(
    'successor-waits',
    'A member owns the partition, and cannot go on, for a transaction with its offset is not decided.',
    {
      needs: 'a crash',
      reaches: (_, { protocol }) =>
        writtenOpen(facts, protocol) &&
        facts.groups.member.all.some(member => {
          const { isOwned, position } = protocol.groups.members
            .get(member)
            .partitions.get(facts.input);
          const { state } = protocol.transactions.producers.get(producerOf(facts.nodes, member));
          return isOwned && position === undefined && state.state === 'ready';
        }),
    },
  );
}

function writtenOpen(facts: PipelineFacts, protocol: PipelineScope['protocol']): boolean {
  const entries = [...protocol.transactions.partitions.get(facts.offsets).log].map(
    ({ kind, id }) => ({ kind, id }),
  );
  return entries.some(
    ({ kind, id }, place) =>
      kind === 'data' &&
      entries.slice(place + 1).every(later => later.id !== id || later.kind === 'data'),
  );
}

function processedByTwo(facts: PipelineFacts): PipelineGoal {
  return goal(
    'processed-again-output-once',
    'A record was processed twice, and has one committed output.',
    {
      needs: 'a crash, or an abort',
      reaches: (_, state) => {
        const done = doneIn(facts, state);
        const { processed } = state.ghost.groups.partitions.get(facts.input);
        for (let input = 1; input <= done; input++) {
          if (processed.get(input - 1) > 1) return true;
        }
        return false;
      },
    },
  );
}

function failoverInBoth(facts: PipelineFacts): PipelineGoal {
  return goal(
    'offsets-move-in-transaction-and-rebalance',
    'The partition of the offsets fails over while a transaction is open and the group rebalances.',
    {
      needs: 'failovers, or a broker that dies',
      reaches: ({ protocol: before }, { protocol: after }) => {
        const { offsets, coordinators } = before.groups;
        if (offsets.leader === after.groups.offsets.leader) return false;
        const { group } = coordinators.get(offsets.leader);
        const isRebalancing =
          facts.config.protocol === 'consumer'
            ? group.generation > group.assignmentEpoch
            : group.state.state === 'preparingRebalance' ||
              group.state.state === 'completingRebalance';
        return isRebalancing && writtenOpen(facts, before);
      },
    },
  );
}

function brokerTakesUncommitted(facts: PipelineFacts): PipelineGoal {
  const written = ({ transactions }: PipelineScope['protocol']): number =>
    transactions.coordinator.log.length +
    facts.transactions.partition.all
      .map(each => transactions.partitions.get(each).log.length)
      .reduce((sum, length) => sum + length, 0);
  const read = ({ clients }: PipelineScope['protocol']): number =>
    clients.partitions.get(facts.input).log.length;
  return goal(
    'broker-takes-both-sides',
    'A broker dies with records of the topic that is read, and of the transactions, that were not committed.',
    {
      needs: 'brokerCrashes',
      reaches: ({ protocol: before }, { protocol: after }, { name }) =>
        name === 'crashBroker' && read(after) < read(before) && written(after) < written(before),
    },
  );
}

function repeatedInputProcessedOnce(facts: PipelineFacts): PipelineGoal {
  return goal(
    'sent-again-and-one-output',
    'A record whose producer has sent it again is in the topic once, and has a committed output.',
    {
      needs: 'disconnects',
      reaches: (_, state) => {
        const [producer] = facts.clients.producer.all;
        if (producer === undefined) return false;
        const { batches } = state.protocol.clients.producers.get(producer);
        const again = [...batches].filter(({ inRetry }) => inRetry).map(({ record }) => record);
        if (again.length === 0) return false;
        const { log } = state.protocol.clients.partitions.get(facts.input);
        return facts.transactions.partition.all
          .filter(partition => partition !== facts.offsets)
          .flatMap(partition => writtenIn(state, partition, 'committed'))
          .some(({ input }) => again.includes(log.get(input - 1).record));
      },
    },
  );
}

function offsetsLostWithGroup(facts: PipelineFacts): PipelineGoal {
  return goal(
    'both-lost-from-offsets',
    'A failover of the offsets loses a record of the group and one of a transaction.',
    {
      needs: 'failovers, or a broker that dies',
      reaches: ({ protocol: before }, { protocol: after }) => {
        const { leader } = before.groups.offsets;
        if (leader === after.groups.offsets.leader) return false;
        const ofGroup = after.groups.offsets.log.length < before.groups.offsets.log.length;
        const length = ({ transactions }: PipelineScope['protocol']): number =>
          transactions.partitions.get(facts.offsets).log.length;
        return ofGroup && length(after) < length(before);
      },
    },
  );
}

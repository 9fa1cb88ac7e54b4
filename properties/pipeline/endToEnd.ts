import { producerOf } from '../../models/pipeline/nodes.ts';
import { mayRepeat, promisesNothing } from '../clients/scopeFacts.ts';
import { firstOf, unless } from '../notApplicable.ts';
import { mayRepeatOutputs } from '../transactions/scopeFacts.ts';
import {
  doneIn,
  type PipelineFacts,
  type PipelineInvariant,
  type PipelineScope,
  type PipelineStepProperty,
  writtenIn,
} from './pipelineScope.ts';

/** Nothing is lost between the topics: what was acknowledged, and passed by the group, has come to something. */
export function acknowledgedRecordsComeToOutputs(facts: PipelineFacts): PipelineInvariant {
  return {
    name: 'acknowledged-records-come-to-outputs',
    kind: 'invariant',
    statement:
      'An acknowledged record that the group has behind it has an output which is not aborted.',
    loss: 'A record that its producer knows to be stored was never processed, and nobody will.',
    source: 'docs/design.html, exactly once; KIP-447',
    when: state => doneIn(facts, state) > 0 && acknowledgedIn(facts, state).length > 0,
    holds(state) {
      const done = doneIn(facts, state);
      const { log } = state.protocol.clients.partitions.get(facts.input);
      const outputs = outputsIn(facts, state, 'all');
      for (const record of acknowledgedIn(facts, state)) {
        const places = [...log].flatMap((entry, offset) =>
          entry.record === record ? [offset + 1] : [],
        );
        const [first] = places;
        if (first === undefined) return `record ${record} was acknowledged, and is gone`;
        if (first > done || outputs.some(({ input }) => places.includes(input))) continue;
        return `record ${record} is at offset ${first - 1}, the group goes on at ${done}, and there is no output`;
      }
      return true;
    },
  };
}

function acknowledgedIn({ input }: PipelineFacts, { ghost }: PipelineScope): number[] {
  return [...ghost.clients.partitions.get(input).acknowledged].map(({ record }) => record);
}

function outputsIn(facts: PipelineFacts, state: PipelineScope, which: 'committed' | 'all') {
  return facts.transactions.partition.all
    .filter(partition => partition !== facts.offsets)
    .flatMap(partition => writtenIn(state, partition, which));
}

/** Nothing is doubled between the topics: idempotence on the one side, transactions on the other. */
export function recordsComeToOneOutput(facts: PipelineFacts): PipelineInvariant {
  return {
    name: 'records-come-to-one-output',
    kind: 'invariant',
    statement: 'A record that was sent once to the topic has one committed output at most.',
    loss: 'What was sent once has an effect twice, although producers are idempotent and offsets in transactions.',
    source: 'KIP-98, KIP-447; docs/design.html, exactly once',
    ...unless(
      firstOf(
        promisesNothing(facts.clients),
        mayRepeat(facts.clients),
        mayRepeatOutputs(facts.transactions),
      ),
    ),
    when: state => outputsIn(facts, state, 'committed').length > 0,
    holds(state) {
      const { log } = state.protocol.clients.partitions.get(facts.input);
      const seen = new Map<number, number>();
      for (const { input, record: output } of outputsIn(facts, state, 'committed')) {
        const record = log.get(input - 1).record;
        const other = seen.get(record);
        if (other !== undefined && other !== output) {
          return `outputs ${other} and ${output} are both of record ${record}`;
        }
        seen.set(record, output);
      }
      return true;
    },
  };
}

/** A group reads what no clean failover takes away. */
export function membersReadWhatIsCommitted(facts: PipelineFacts): PipelineInvariant {
  return {
    name: 'members-read-what-is-committed',
    kind: 'invariant',
    statement: 'No member is further in the topic than what is committed of it.',
    loss: 'A record was processed that the next leader does not have.',
    source: 'UnifiedLog.read (FetchIsolation.HIGH_WATERMARK)',
    when: ({ protocol }) =>
      facts.groups.member.all.some(each => (positionOf(facts, protocol, each) ?? 0) > 0),
    holds({ protocol }) {
      const { highWatermark } = protocol.clients.partitions.get(facts.input);
      const ahead = facts.groups.member.all.find(
        each => (positionOf(facts, protocol, each) ?? 0) > highWatermark,
      );
      if (ahead === undefined) return true;
      return `${facts.groups.member.nameOf(ahead)} is ahead of ${highWatermark}, up to where it is committed`;
    },
  };
}

function positionOf(
  { input }: PipelineFacts,
  { groups }: PipelineScope['protocol'],
  member: PipelineFacts['groups']['member']['all'][number],
): number | undefined {
  return groups.members.get(member).partitions.get(input).position;
}

/** Whoever has lost its partition commits nothing more of it, however it was told (KIP-447). */
export function offsetsComeFromMembers(facts: PipelineFacts): PipelineStepProperty {
  const length = ({ protocol }: PipelineScope): number =>
    protocol.transactions.partitions.get(facts.offsets).log.length;
  return {
    name: 'offsets-come-from-members',
    kind: 'step',
    statement:
      'The coordinator of a group takes offsets of a transaction only from a member, and only of its generation.',
    loss: 'A process that was taken for dead commits what its successor does again.',
    source: 'KIP-447; OffsetMetadataManager.validateTransactionalOffsetCommit',
    when: (before, after, { name }) => isOfOffsets(name) && length(after) > length(before),
    holds({ protocol }, _, { actor }) {
      const member = facts.groups.member.named(actor);
      if (member === undefined) return 'nobody could have sent them';
      const { offsets, coordinators } = protocol.groups;
      const { group } = coordinators.get(offsets.leader);
      if (!group.members.get(member).isIn) return `${actor} is no member`;
      const { generation } = protocol.transactions.producers.get(producerOf(facts.nodes, member));
      const { epoch } = group.members.get(member);
      if (facts.config.protocol === 'consumer') {
        return (
          generation <= epoch || `${actor} is of epoch ${generation}, which is not ${epoch} yet`
        );
      }
      if (generation === group.generation) return true;
      return `${actor} is of generation ${generation}, the group of ${group.generation}`;
    },
  };
}

function isOfOffsets(name: string): boolean {
  return name === 'handleOffsets' || name === 'appendVerifiedOffsets';
}

/** The two halves of what is one thing: a partition of two writers, and a process of two clients. */
export function partsAgree(facts: PipelineFacts): PipelineInvariant {
  return {
    name: 'parts-agree',
    kind: 'invariant',
    statement:
      'Group and transactions know one partition of offsets, a member and its producer one place in the input.',
    loss: 'What is told of the whole is of two clusters.',
    source: 'decision 36: the parts share brokers, partitions and processes',
    holds({ protocol }) {
      const { groups, transactions, tail } = protocol;
      const ofTransactions = transactions.partitions.get(facts.offsets);
      const { offsets } = groups;
      if (offsets.leader !== ofTransactions.leader) return 'two brokers lead __consumer_offsets';
      if (offsets.leaderEpoch !== ofTransactions.leaderEpoch) return 'it is led in two epochs';
      const open =
        offsets.log.length -
        offsets.highWatermark +
        ofTransactions.log.length -
        ofTransactions.highWatermark;
      if (open !== tail.length)
        return `${open} records are not committed, ${tail.length} are known`;
      for (const member of facts.groups.member.all) {
        const { position, done } = groups.members.get(member).partitions.get(facts.input);
        const application = transactions.producers.get(producerOf(facts.nodes, member));
        const name = facts.groups.member.nameOf(member);
        if ((position === undefined) === application.isReading)
          return `${name} reads in one part alone`;
        if (position !== undefined && done !== application.position) {
          return `${name} has processed ${done} records, and its application ${application.position}`;
        }
      }
      return true;
    },
  };
}

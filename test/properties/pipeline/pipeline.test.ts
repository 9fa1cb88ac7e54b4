import { describe, expect, test } from 'vitest';
import { CompiledModel, type ModelState } from '../../../checker/core/compiledModel.ts';
import { Monitor } from '../../../checker/results/monitor.ts';
import type { RecordView } from '../../../checker/state/viewTypes.ts';
import { defaultConfig, quietScope } from '../../../models/pipeline/config.ts';
import { pipelineModel } from '../../../models/pipeline/model.ts';
import { nodesOf } from '../../../models/pipeline/nodes.ts';
import type { GhostFields, Protocol, ProtocolFields } from '../../../models/pipeline/schema.ts';
import { pipelineProperties } from '../../../properties/pipeline.ts';

const bounds = { ...quietScope, records: 2, outputs: 3, failovers: 2 };
const model = new CompiledModel(pipelineModel(defaultConfig, bounds));
const properties = pipelineProperties(defaultConfig, bounds);
const { clients, groups, transactions } = nodesOf(defaultConfig);
const [b1, b2] = groups.broker.all;
const [member] = groups.member.all;
const [process] = transactions.producer.all;
const [id] = transactions.transactionalId.all;
const [producer] = clients.producer.all;
const [input] = groups.partition.all;
const [output, offsets] = transactions.partition.all;
if (
  b1 === undefined ||
  b2 === undefined ||
  member === undefined ||
  process === undefined ||
  id === undefined ||
  producer === undefined ||
  input === undefined ||
  output === undefined ||
  offsets === undefined
) {
  throw new Error('a node is missing');
}

type Ghost = RecordView<GhostFields>;
type Edit = (protocol: Protocol, ghost: Ghost) => void;

/** The properties of the whole that a step to a state built by hand breaks, or that state. */
function brokenBy(...edits: readonly Edit[]): string[] {
  const broken: string[] = [];
  const monitor = new Monitor(
    properties.filter(({ name }) => own.includes(name)),
    { violated: ({ name }) => broken.push(name) },
  );
  const [before, after] = [stateOf(edits.slice(0, -1)), stateOf(edits)];
  monitor.checkStep(before, after, { name: 'handleOffsets', actor: 'member-1', params: {} });
  monitor.checkState(after);
  return broken;
}

function stateOf(edits: readonly Edit[]): ModelState {
  const state = model.createState();
  model.initialize(state, 0);
  state.memory.isWritable = true;
  // The state is one of the schema of a pipeline: the model made it.
  const [protocol, ghost] = [state.protocol as RecordView<ProtocolFields>, state.ghost as Ghost];
  for (const edit of edits) edit(protocol, ghost);
  return state;
}

const own = [
  'acknowledged-records-come-to-outputs',
  'records-come-to-one-output',
  'offsets-come-from-members',
  'members-read-what-is-committed',
  'parts-agree',
];

/** Records are in the topic, committed and acknowledged. */
const sent =
  (...records: readonly number[]): Edit =>
  ({ clients: part }, ghost) => {
    const partition = part.partitions.get(input);
    for (const record of records) {
      const offset = partition.log.length;
      const numbers = { producerId: 1, producerEpoch: 0, sequence: offset };
      partition.log.push({ leaderEpoch: 0, record, ...numbers });
      ghost.clients.sends.push({ producer, partition: input, processed: 0 });
      ghost.clients.partitions.get(input).acknowledged.push({ record, offset, acks: 'all' });
    }
    partition.highWatermark = partition.log.length;
  };

type Entry = readonly [
  'data' | 'commit' | 'abort',
  { readonly record?: number; readonly at?: number },
];

/** What a process has written to a partition, all of it committed. */
const wrote =
  (partition: typeof output, ...entries: readonly Entry[]): Edit =>
  ({ transactions: part }) => {
    const view = part.partitions.get(partition);
    for (const [kind, { record = 0, at = 0 }] of entries) {
      const numbers = { leaderEpoch: 0, id, epoch: 1, coordinatorEpoch: 0 };
      view.log.push({ kind, record, input: at, ...numbers });
    }
    view.highWatermark = view.log.length;
  };

/** A member of the group, in a generation of its own and by the coordinator. */
const joined =
  (own: number, coordinators: number): Edit =>
  ({ groups: part, transactions: { producers } }) => {
    part.members.get(member).generation = own;
    producers.get(process).generation = own;
    const { group } = part.coordinators.get(b1);
    group.generation = coordinators;
    group.members.get(member).isIn = true;
  };

const outputOf = (record: number, at: number): Entry[] => [
  ['data', { record, at }],
  ['commit', {}],
];
const done = (at: number): Edit => wrote(offsets, ['data', { at }], ['commit', {}]);

describe('the properties of a pipeline', () => {
  test('hold where a record has gone through', () => {
    expect(brokenBy(sent(1), wrote(output, ...outputOf(1, 1)), joined(1, 1), done(1))).toEqual([]);
    expect(brokenBy(sent(1, 2), joined(1, 1), wrote(output, ...outputOf(1, 1)))).toEqual([]);
  });

  test('have names of their own', () => {
    const names = properties.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const ofParts = ['input-acknowledged-records-are-kept', 'group-coordinator-knows-its-log'];
    expect(names).toEqual(expect.arrayContaining([...own, ...ofParts]));
  });

  test('notice a record that the group has behind it and that came to nothing', () => {
    const name = 'acknowledged-records-come-to-outputs';
    expect(brokenBy(sent(1), joined(1, 1), done(1))).toEqual([name]);
    const aborted = wrote(output, ['data', { record: 1, at: 1 }], ['abort', {}]);
    expect(brokenBy(sent(1), aborted, joined(1, 1), done(1))).toEqual([name]);
    const other = wrote(output, ...outputOf(1, 2));
    expect(brokenBy(sent(1, 2), other, joined(1, 1), done(1))).toEqual([name]);
    // What is not behind the group may still come to something.
    expect(brokenBy(sent(1, 2), wrote(output, ...outputOf(1, 1)), joined(1, 1), done(1))).toEqual(
      [],
    );
  });

  test('notice a record that has gone', () => {
    const gone: Edit = ({ clients: part }) => {
      part.partitions.get(input).log.get(0).record = 2;
    };
    const told = brokenBy(sent(1), wrote(output, ...outputOf(1, 1)), joined(1, 1), done(1), gone);
    expect(told).toEqual(['acknowledged-records-come-to-outputs']);
  });

  test('notice a record that came to two outputs', () => {
    const name = 'records-come-to-one-output';
    const twice = wrote(output, ...outputOf(1, 1), ...outputOf(2, 1));
    expect(brokenBy(sent(1), twice)).toEqual([name]);
    expect(brokenBy(sent(1, 1), wrote(output, ...outputOf(1, 1), ...outputOf(2, 2)))).toEqual([
      name,
    ]);
    expect(brokenBy(sent(1, 2), wrote(output, ...outputOf(1, 1), ...outputOf(2, 2)))).toEqual([]);
    const open = wrote(output, ...outputOf(1, 1), ['data', { record: 2, at: 1 }]);
    expect(brokenBy(sent(1), open)).toEqual([]);
  });

  test('notice offsets of who is no member, or of another generation', () => {
    const offset = wrote(offsets, ['data', { at: 1 }]);
    const name = 'offsets-come-from-members';
    expect(brokenBy(sent(1), joined(1, 1), offset)).toEqual([]);
    expect(brokenBy(sent(1), joined(1, 2), offset)).toEqual([name]);
    const left: Edit = ({ groups: part }) => {
      part.coordinators.get(b1).group.members.get(member).isIn = false;
    };
    expect(brokenBy(sent(1), joined(1, 1), left, offset)).toEqual([name]);
  });

  test('notice a member that is ahead of what is committed', () => {
    const ahead: Edit = ({ groups: part, transactions: { producers } }) => {
      Object.assign(part.members.get(member).partitions.get(input), { position: 1, done: 0 });
      producers.get(process).isReading = true;
    };
    expect(brokenBy(sent(1), ahead)).toEqual([]);
    expect(brokenBy(ahead)).toEqual(['members-read-what-is-committed']);
  });

  test.each<[string, Edit]>([
    ['leaders', ({ groups: part }) => void Object.assign(part.offsets, { leader: b2 })],
    ['epochs', ({ groups: part }) => void Object.assign(part.offsets, { leaderEpoch: 1 })],
    ['tails', ({ tail }) => void tail.push('groups')],
    [
      'readers',
      ({ transactions: part }) =>
        void Object.assign(part.producers.get(process), { isReading: true }),
    ],
    [
      'places',
      ({ groups: part, transactions: { producers } }) => {
        Object.assign(part.members.get(member).partitions.get(input), { position: 0, done: 0 });
        Object.assign(producers.get(process), { isReading: true, position: 1 });
      },
    ],
  ])('notice that the parts have two %s', (_, edit) => {
    expect(brokenBy(edit)).toEqual(['parts-agree']);
  });
});

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { InFlight } from '../../checker/model/model.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import {
  quietScope as clusterScope,
  defaultConfig as ofCluster,
} from '../../models/cluster/config.ts';
import { clusterContext } from '../../models/cluster/context.ts';
import { clusterModel } from '../../models/cluster/model.ts';
import { defaultConfig as ofQuorum, quietScope as quorumScope } from '../../models/kraft/config.ts';
import { kraftContext } from '../../models/kraft/context.ts';
import { inFlight as inQuorum } from '../../models/kraft/inFlight.ts';
import { kraftRules } from '../../models/kraft/releaseRules.ts';
import type { Message, Protocol as Quorum, RaftNode } from '../../models/kraft/schema.ts';
import {
  defaultConfig as ofPartition,
  quietScope as partitionScope,
} from '../../models/replication/config.ts';
import { replicationContext } from '../../models/replication/context.ts';
import { inFlight as inPartition } from '../../models/replication/inFlight.ts';
import { rulesOf } from '../../models/replication/rulesOf.ts';
import type {
  Broker,
  PartitionId,
  PartitionState,
  Protocol as Replication,
} from '../../models/replication/schema.ts';
import { everyFew } from '../long.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { play } from './modelOfTrace.ts';

/** A message in one line. */
function lineOf({ name, from, to, content }: InFlight): string {
  return `${name}, ${from} to ${to}: ${content}`;
}

describe('messages of a partition', () => {
  const bounds = { ...partitionScope, crashes: 2, records: 3, preferredElections: 2 };
  const context = replicationContext(ofPartition, bounds, rulesOf(ofPartition));
  const [b1, b2, b3] = context.broker.all as readonly [Broker, Broker, Broker];
  const seenIn = (edit: (protocol: Replication) => void): string[] => {
    const { protocol } = context.schema.create();
    edit(protocol);
    return inPartition(context, protocol).map(lineOf);
  };
  const seen = (edit: (partition: PartitionState) => void): string[] =>
    seenIn(({ partitions }) => {
      for (const id of context.partition.all) edit(partitions.get(id));
    });
  const answered = (says: object): string[] =>
    seen(({ fetchResponses }) => {
      Object.assign(fetchResponses.get(b1, b2), { leaderEpoch: 1, ...says });
    });

  test('there are none at first', () => {
    expect(seen(() => undefined)).toEqual([]);
  });

  test('a fetch', () => {
    const request = { inFlight: true, leaderEpoch: 1, fetchOffset: 2, lastFetchedEpoch: 0 };
    const fetching = (says: object) =>
      seen(({ fetchRequests }) => {
        Object.assign(fetchRequests.get(b3, b1), says);
      });
    expect(fetching(request)).toEqual([
      'fetch, broker-3 to broker-1: from offset 2 after epoch 0, leader epoch 1',
    ]);
    expect(fetching({ ...request, fetchOffset: 0, lastFetchedEpoch: undefined })).toEqual([
      'fetch, broker-3 to broker-1: from offset 0, leader epoch 1',
    ]);
  });

  test.each([
    [
      'record 2 of epoch 0 at offset 1, high watermark 1, leader epoch 1',
      { kind: 'records', fetchOffset: 1, record: 2, highWatermark: 1 },
    ],
    [
      'deleted record at offset 0, high watermark 1, leader epoch 1',
      { kind: 'records', record: 0, highWatermark: 1 },
    ],
    [
      'nothing new at offset 2, high watermark 1, leader epoch 1',
      { kind: 'records', fetchOffset: 2, highWatermark: 1 },
    ],
    [
      'logs diverge: epoch 1 ends at offset 2, leader epoch 1',
      { kind: 'diverging', divergingEpoch: 1, endOffset: 2 },
    ],
    [
      'offset 3 out of range: the log is from 1 to 2, leader epoch 1',
      { kind: 'outOfRange', fetchOffset: 3, logStartOffset: 1, endOffset: 2 },
    ],
  ])('a fetch answer: %s', (content, answer) => {
    expect(answered(answer)).toEqual([`fetch answer, broker-1 to broker-2: ${content}`]);
  });

  test('a change of the ISR, and the answers to it', () => {
    const changing = (inFlight: 'request' | 'ineligibleReplica' | 'success') =>
      seen(({ alterPartition }) => {
        const change = alterPartition.get(b1);
        Object.assign(change, { inFlight, leaderEpoch: 1, partitionEpoch: 2 });
        for (const member of [b1, b3]) change.isr.add(member);
      });
    expect(changing('request')).toEqual([
      'AlterPartition, broker-1 to controller: ISR broker-1, broker-3; leader epoch 1, partition epoch 2',
    ]);
    expect(changing('ineligibleReplica')).toEqual([
      'AlterPartition answer, controller to broker-1: INELIGIBLE_REPLICA, partition epoch 2',
    ]);
    expect(changing('success')).toEqual([
      'AlterPartition answer, controller to broker-1: ISR broker-1, broker-3; leader epoch 1, partition epoch 2',
    ]);
  });

  test('the answer to a registration', () => {
    const registered = { inFlight: true, incarnation: 1, brokerEpoch: 2 };
    const messages = seenIn(({ registrationAnswers }) => {
      Object.assign(registrationAnswers.get(b2), registered);
    });
    expect(messages).toEqual([
      'registration answer, controller to broker-2: broker epoch 2 for incarnation 1',
    ]);
  });
});

describe('messages of a metadata quorum', () => {
  const bounds = { ...quorumScope, epochs: 3, records: 2, delayedMessages: 2 };
  const context = kraftContext(ofQuorum, bounds, kraftRules);
  const [n1, n2] = context.node.all as readonly [RaftNode, RaftNode];
  const seen = (edit: (protocol: Quorum) => void): string[] => {
    const { protocol } = context.schema.create();
    edit(protocol);
    return inQuorum(context, protocol).map(lineOf);
  };
  const carried = (phase: 'request' | 'response', says: Partial<Message>, entry: object = {}) =>
    seen(({ connections }) => {
      const message = connections.get(n1, n2);
      Object.assign(message, { phase, epoch: 2, ...says });
      Object.assign(message.entry, entry);
    });

  test.each<[string, Partial<Message>]>([
    ['pre-vote: log ends at offset 0; epoch 2', { rpc: 'preVote' }],
    [
      'vote: log ends at offset 3 after epoch 1; epoch 2',
      { rpc: 'vote', offset: 3, offsetEpoch: 1 },
    ],
    ['BeginQuorumEpoch: epoch 2 of leader node-1', { rpc: 'beginQuorumEpoch', leader: n1 }],
    ['EndQuorumEpoch: epoch 2 of leader node-1', { rpc: 'endQuorumEpoch', leader: n1 }],
    [
      'metadata fetch: from offset 3 after epoch 1; epoch 2',
      { rpc: 'fetch', offset: 3, offsetEpoch: 1 },
    ],
    [
      'snapshot fetch: snapshot at offset 3 of epoch 1; epoch 2',
      { rpc: 'fetchSnapshot', offset: 3, offsetEpoch: 1 },
    ],
    ['AddRaftVoter: directory id 0; epoch 2', { rpc: 'addVoter' }],
    ['RemoveRaftVoter: directory id 0; epoch 2', { rpc: 'removeVoter' }],
    ['UpdateRaftVoter: directory id 0; epoch 2', { rpc: 'updateVoter' }],
  ])('a request: %s', (line, request) => {
    const [name, content] = line.split(/: (.*)/);
    expect(carried('request', request)).toEqual([`${name}, node-1 to node-2: ${content}`]);
  });

  const fetched = { rpc: 'fetch', result: 'records', offset: 1, highWatermark: 1 } as const;
  test.each<[string, Partial<Message>, object]>([
    ['vote answer: granted; epoch 2', { rpc: 'vote', result: 'granted' }, {}],
    [
      'pre-vote answer: refused; epoch 2 of leader node-2',
      { rpc: 'preVote', result: 'refused', leader: n2 },
      {},
    ],
    ['metadata fetch answer: nothing new at offset 1, high watermark 1; epoch 2', fetched, {}],
    [
      'metadata fetch answer: record 2 of epoch 1 at offset 1, high watermark 1; epoch 2',
      { ...fetched, hasEntry: true },
      { kind: 'record', value: 2, epoch: 1 },
    ],
    [
      'metadata fetch answer: leader change of epoch 2 at offset 1, high watermark 1; epoch 2',
      { ...fetched, hasEntry: true },
      { kind: 'leaderChange', epoch: 2 },
    ],
    [
      'metadata fetch answer: voter set of epoch 2 at offset 1, high watermark 1; epoch 2',
      { ...fetched, hasEntry: true },
      { kind: 'voters', epoch: 2 },
    ],
    [
      'metadata fetch answer: logs diverge: epoch 1 ends at offset 3; epoch 2',
      { rpc: 'fetch', result: 'diverging', offset: 3, offsetEpoch: 1 },
      {},
    ],
    [
      'snapshot fetch answer: snapshot at offset 3 of epoch 1; epoch 2',
      { rpc: 'fetchSnapshot', result: 'snapshot', offset: 3, offsetEpoch: 1 },
      {},
    ],
  ])('an answer: %s', (line, answer, entry) => {
    const [name, content] = line.split(/: (.*)/);
    expect(carried('response', answer, entry)).toEqual([`${name}, node-2 to node-1: ${content}`]);
  });

  test('strays, among them two that are equal', () => {
    const says = { rpc: 'vote', epoch: 2, leader: undefined, result: 'granted' } as const;
    const numbers = {
      directory: 0,
      targetDirectory: 0,
      offset: 0,
      offsetEpoch: 0,
      highWatermark: 0,
    };
    const place = { from: n1, to: n2, phase: 'response', awaited: false, hasEntry: false } as const;
    const stray = { ...says, ...numbers, ...place };
    const messages = seen(({ strays }) => {
      strays.push(stray);
      strays.push(stray);
    });
    const line = 'vote answer, node-2 to node-1: granted; epoch 2';
    expect(messages).toEqual([line, line]);
  });
});

test('messages of a cluster are those of both levels, with the names of each', () => {
  const config = { ...ofCluster, controllers: 1, brokers: 2 };
  const rules = { quorum: kraftRules, partition: rulesOf(config) };
  const context = clusterContext(config, clusterScope, rules);
  const { protocol } = context.schema.create();
  const { quorum, partition } = protocol;
  const [, n2, n3] = context.hosts.node.all as readonly [RaftNode, RaftNode, RaftNode];
  const [b1, b2] = context.hosts.broker.all as readonly [Broker, Broker];
  Object.assign(quorum.connections.get(n3, n2), { phase: 'request', rpc: 'fetch', epoch: 1 });
  const [only] = context.partition.partition.all as [PartitionId];
  const { fetchResponses, alterPartition } = partition.partitions.get(only);
  fetchResponses.get(b1, b2).kind = 'records';
  alterPartition.get(b1).inFlight = 'ineligibleReplica';
  const { messages } = clusterModel(config, clusterScope);
  expect(messages?.(protocol as never).map(lineOf)).toEqual([
    'metadata fetch, broker-2 to broker-1: from offset 0; epoch 1',
    'fetch answer, broker-1 to broker-2: nothing new at offset 0, high watermark 0, leader epoch 0',
    'AlterPartition answer, controller to broker-1: INELIGIBLE_REPLICA, partition epoch 0',
  ]);
});

const atRest: readonly JsonValue[] = [
  ...[false, 'none', 'idle', 'record', 'leaderChange', 'voters'],
  // Of a batch that waits to be sent.
  ...['queued', 'again'],
];

/** How many messages a state has on its way, by the fields that say so. */
function countIn(json: JsonValue): number {
  if (json === null || typeof json !== 'object') return 0;
  // What is in a log has arrived, and what is late is counted below.
  const apart = ['log', 'lateRequests', 'queues', 'late'];
  const parts = Object.entries(json).flatMap(([name, part]) =>
    apart.includes(name) ? [] : [part],
  );
  const inside = parts.reduce<number>((sum, part) => sum + countIn(part), 0);
  if (Array.isArray(json)) return inside;
  const fields = json as Record<string, JsonValue>;
  const {
    inFlight = false,
    kind = 'none',
    phase = 'idle',
    asking = false,
    commit = null,
    classic = 'none',
    lateRequests = [],
    lateEnds = [],
    lateMarkers = [],
    commits = [],
  } = fields;
  const late = [lateRequests, lateEnds, lateMarkers, commits].flatMap(each =>
    Array.isArray(each) ? each : [],
  ).length;
  const waits = [commit !== null && typeof commit === 'object', classic === 'preparingRebalance'];
  const words = [inFlight, kind, phase, asking, ...waits];
  const sent = firstOfEach(fields['queues']) + firstOfEach(fields['late']);
  return inside + late + sent + words.filter(word => !atRest.includes(word)).length;
}

/** Of what waits from one broker for another the first is on its way; what one has for itself is no message. */
function firstOfEach(queues: JsonValue | undefined): number {
  const bySender = Object.entries((queues ?? {}) as Record<string, Record<string, unknown[]>>);
  return bySender.flatMap(([from, byReceiver]) =>
    Object.entries(byReceiver).filter(([to, waiting]) => to !== from && waiting.length > 0),
  ).length;
}

/** Who may send and receive in a state. */
function namesIn(state: JsonValue): string[] {
  const { protocol } = state as {
    protocol: Record<
      'brokers' | 'nodes' | 'producers' | 'consumers' | 'members',
      Record<string, object> | undefined
    >;
  };
  const { brokers, nodes, producers = {}, consumers, members } = protocol;
  const asked = Object.values(producers).flatMap(({ connections }: { connections?: object }) =>
    Object.keys(connections ?? {}),
  );
  const all = [brokers, nodes, producers, consumers, members].flatMap(each =>
    Object.keys(each ?? {}),
  );
  // Where brokers have no state of their own, others name them.
  const named = JSON.stringify(state).match(/broker-\d+/g) ?? [];
  return [...all, ...asked, ...named, 'controller', 'coordinator'];
}

describe('along the traces of the corpus', () => {
  const names = readdirSync(new URL('../../traces/', import.meta.url))
    .filter(file => file.endsWith('.trace.json'))
    .map(file => file.slice(0, -'.trace.json'.length));

  test.each(everyFew(names, 2))('%s: every message is there, between two who are there', name => {
    for (const { state, messages } of play(corpusTrace(name))) {
      expect(messages).toHaveLength(countIn(state));
      const known = namesIn(state);
      for (const { from, to } of messages) {
        expect(known).toContain(from);
        expect(known).toContain(to);
        expect(from).not.toBe(to);
      }
    }
  });

  test('a change of the ISR goes to the controller and is gone when it is handled', () => {
    const trace = corpusTrace('admitted-below-min-isr--elr-members-have-committed-records');
    const seen = [...play(trace)].map(({ messages }) => messages.map(lineOf));
    expect(seen).toEqual([
      [],
      ['AlterPartition, broker-1 to controller: ISR broker-1; leader epoch 0, partition epoch 0'],
      [],
      [],
    ]);
  });

  test('a request becomes the answer to it, and that the next request', () => {
    const trace = corpusTrace('double-vote--one-leader-per-epoch');
    const seen = [...play(trace)].map(({ messages }) => messages.map(lineOf));
    expect(seen.slice(0, 3)).toEqual([
      [
        'vote, node-1 to node-2: log ends at offset 0; epoch 1',
        'vote, node-1 to node-3: log ends at offset 0; epoch 1',
      ],
      [
        'vote answer, node-2 to node-1: granted; epoch 1',
        'vote, node-1 to node-3: log ends at offset 0; epoch 1',
      ],
      [
        'BeginQuorumEpoch, node-1 to node-2: epoch 1 of leader node-1',
        'BeginQuorumEpoch, node-1 to node-3: epoch 1 of leader node-1',
      ],
    ]);
  });
});

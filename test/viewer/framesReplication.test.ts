import { describe, expect, test } from 'vitest';
import { statesOf } from '../../checker/trace/statesOf.ts';
import { Place } from '../../viewer/page/frames/place.ts';
import { currentLeader } from '../../viewer/page/frames/replication/replicationState.ts';
import {
  replicationCuts,
  replicationLaneState,
  replicationLanes,
} from '../../viewer/page/frames/replication/replicationView.ts';
import { corpusNames, corpusTrace } from '../traces/corpusTrace.ts';
import {
  cellsOf,
  factsOf,
  line,
  logsOf,
  partsOf,
  stillTrace,
  tableOf,
  viewAt,
} from './framesTraces.ts';

const lossy = corpusTrace('unclean-leader-election--acknowledged-records-survive');
const zombie = corpusTrace('isr-change-of-deposed-leader--acknowledged-records-survive');
const truncating = corpusTrace('truncates-to-high-watermark--acknowledged-records-survive');

describe('the view of a topic partition', () => {
  test('shows each log entry with offset, epoch and record, and where the leader has none', () => {
    expect(logsOf(viewAt(lossy, 'replication'))).toEqual({
      'broker-1': [
        'offset 0, epoch 0, record 1, not flushed, differs: the leader has nothing here',
      ],
      'broker-2': [],
    });
  });

  test('marks an entry in whose place the leader has another', () => {
    const trace = corpusTrace('diverges-after-power-loss--settled-replicas-agree');
    expect(logsOf(viewAt(trace, 'replication'))).toEqual({
      'broker-1': [
        'offset 0, epoch 0, record 1, not flushed, committed, ' +
          'differs: the leader has record 2 of epoch 3',
      ],
      'broker-2': ['offset 0, epoch 3, record 2, not flushed, committed'],
    });
  });

  test('sets the high watermark and the log end between the entries', () => {
    const [{ rows } = { rows: [] }] = partsOf(viewAt(truncating, 'replication'), 'nodes');
    const marks = rows.map(({ strip }) =>
      strip.slots.map(({ marks: here }) => here.map(({ name }) => name).join(' ')),
    );
    expect(marks).toEqual([['', 'HW LEO'], ['HW', 'LEO'], ['HW LEO']]);
    expect(rows[1]?.strip.words).toBe('log of broker-2: 1 entry, HW 0, LEO 1');
  });

  test('says of promises whether the leader keeps them', () => {
    const rows = partsOf(viewAt(lossy, 'replication'), 'nodes').flatMap(part => part.records);
    expect(rows.map(({ name, note }) => `${name}: ${note.text}`)).toEqual([
      'acknowledged: not in the log of broker-2, who leads: offset 0',
      'exposed: not in the log of broker-2, who leads: offset 0',
    ]);
    expect(rows.flatMap(({ strip }) => cellsOf(strip))).toEqual([
      "offset 0, record 1 with acks=all, record 1 is not in the leader's log",
      "offset 0, epoch 0, record 1, committed, record 1 is not in the leader's log",
    ]);
    const kept = partsOf(viewAt(zombie, 'replication', 8), 'nodes').flatMap(part => part.records);
    expect(kept.map(({ note }) => note.text)).toEqual([
      'all of it is in the log of broker-1, who leads',
      'all of it is in the log of broker-1, who leads',
    ]);
  });

  test('sets what each broker knows below what the controller decided', () => {
    expect(tableOf(viewAt(truncating, 'replication'), 'The partition')).toEqual([
      'controller: 2 | broker-3 | 2 | 1, 2, 3 | – | 3, 2, 1 | 2',
      'broker-1 (stale, 2 behind): 0 | broker-1 | 0 | 1, 2, 3 | – | 1, 2, 3 | 2',
      'broker-2 (stale, 2 behind): 0 | broker-1 | 0 | 1, 2, 3 | – | 1, 2, 3 | 2',
      'broker-3: 2 [1] | broker-3 [broker-2] | 2 [1] | 1, 2, 3 | – | 3, 2, 1 [2, 1, 3] | 2',
    ]);
  });

  test('tells topics that had one name apart, where one is deleted', () => {
    const stray = corpusTrace('fetch-of-deleted-topic--high-watermark-within-maximal-isr');
    expect(tableOf(viewAt(stray, 'replication'), 'The partition')).toEqual([
      'controller: 0 | 2 | broker-1 | 0 | 1, 2 | – | 1, 2 | 1',
      'broker-1: 0 | 2 | broker-1 | 0 | 1, 2 | – | 1, 2 | 1',
      'broker-2 (stale, 2 behind): 0 | 1 | broker-1 | 0 | 1, 2 | – | 1, 2 | 1',
    ]);
    const [{ rows } = { rows: [] }] = partsOf(viewAt(stray, 'replication'), 'nodes');
    const ids = rows.map(({ facts }) => facts.find(({ label }) => label === 'topic id')?.text);
    expect(ids).toEqual(['2', '1']);
  });

  test('warns where a broker knows something else than the controller', () => {
    const [part] = partsOf(viewAt(zombie, 'replication', 8), 'table');
    const stale = part?.table.rows.find(({ name }) => name === 'broker-2')?.cells ?? [];
    expect(stale.flatMap(({ hint }) => hint ?? [])).toEqual([
      'stale: the controller has broker-1',
      'stale: the controller has 2',
      'stale: the controller has 1',
    ]);
  });

  test('tells a leader from one who only believes to lead', () => {
    const [{ rows } = { rows: [] }] = partsOf(viewAt(zombie, 'replication', 8), 'nodes');
    expect(rows.map(({ name, chips }) => [name, ...chips.map(line)])).toEqual([
      ['broker-1', 'leading, epoch 2', 'running', 'unfenced'],
      ['broker-2', 'believes to lead, epoch 1', 'running', 'unfenced'],
    ]);
    expect(rows[1]?.facts.map(fact => `${fact.label}: ${line(fact)}`)).toContain(
      'pending ISR: shrink to 2 [–]',
    );
  });

  test('finds the messages in flight in the state', () => {
    expect(partsOf(viewAt(zombie, 'replication', 8), 'messages')[0]?.rows).toEqual([
      {
        from: 'broker-2',
        to: 'controller',
        name: 'AlterPartition',
        content: 'ISR 2, leader epoch 1, partition epoch 1',
        isNew: true,
      },
    ]);
  });

  test('takes the messages from the commentary where there is one', () => {
    const message = { name: 'fetch', from: 'a', to: 'b', content: 'c', fate: 'lost' } as const;
    const messages = [
      { ...message, sent: 3, left: 4 },
      { ...message, sent: 4, left: 5 },
      { ...message, sent: 2 },
      { ...message, sent: 5 },
    ];
    const commentary = { steps: [], messages, machines: [], properties: [] };
    const shown = partsOf(viewAt({ ...zombie, commentary }, 'replication', 4), 'messages')[0];
    expect(shown?.rows.map(({ sent, isNew }) => [sent, isNew])).toEqual([
      [4, true],
      [2, false],
    ]);
  });

  test('shows what the step has cut off a log', () => {
    const trace = corpusTrace('correlated-power-loss--acknowledged-records-survive');
    expect(logsOf(viewAt(trace, 'replication', 5))['broker-1']).toEqual([
      'offset 0, epoch 0, record 1, removed in this step',
    ]);
    expect(logsOf(viewAt(trace, 'replication', 6))['broker-1']).toEqual([]);
  });

  test('marks nothing as changed before the first step', () => {
    const told = JSON.stringify(viewAt(zombie, 'replication', 0));
    expect(told).not.toContain('"changed":true');
    expect(told).not.toContain('"isNew":true');
  });
});

describe('several partitions', () => {
  const twice = (of: { partitions: { 'partition-1': object } }, changed: object) => ({
    ...of,
    partitions: {
      ...of.partitions,
      'partition-2': { ...of.partitions['partition-1'], ...changed },
    },
  });
  const state = JSON.parse(JSON.stringify(lossy.initial.state));
  const { protocol, ghost } = state;
  const history = protocol.metadata.history.map((metadata: never) => twice(metadata, {}));
  const followsInSecond = {
    ...protocol.partitions['partition-1'].replicas,
    'broker-1': { ...protocol.partitions['partition-1'].replicas['broker-1'], role: 'following' },
  };
  const both = {
    ...state,
    protocol: {
      ...twice(protocol, { replicas: followsInSecond }),
      metadata: { ...protocol.metadata, history },
    },
    ghost: twice(ghost, {}),
  };

  test('are shown one after the other, and then what there is beside them', () => {
    const sections = viewAt(stillTrace(lossy, both), 'replication');
    expect(sections.map(({ title }) => title)).toEqual([
      'partition-1',
      'partition-2',
      'Beside the partitions',
    ]);
    const roles = partsOf(sections, 'nodes').map(({ rows }) => rows[0]?.chips.map(line)[0]);
    expect(roles).toEqual(['leading, epoch 0', 'following, epoch 0']);
    expect(
      factsOf(sections, 'Clients and network').filter(fact => fact.startsWith('producer')),
    ).toEqual(['producer (partition-1): 0 sent', 'producer (partition-2): 0 sent']);
  });

  test('give a lane all of its roles', () => {
    expect(replicationLaneState(both, 'broker-1')).toEqual({
      condition: 'up',
      role: 'leading, following',
      leads: true,
    });
  });
});

describe('the current leader', () => {
  const history = [
    { partitions: { 'partition-1': { leader: 'broker-1', leaderEpoch: 1 } } },
    { partitions: { 'partition-1': { leader: 'broker-1', leaderEpoch: 2 } } },
  ];
  const leaderOf = (broker: object) => {
    const { role, ...process } = {
      process: 'running',
      role: 'leading',
      metadataOffset: 5,
      ...broker,
    };
    const protocol = new Place({
      brokers: { 'broker-1': process },
      partitions: { 'partition-1': { replicas: { 'broker-1': { role } } } },
      metadata: { firstOffset: 4, history },
    });
    return currentLeader({ protocol, id: 'partition-1' });
  };

  test('is who acts as leader in the newest leader epoch', () => {
    expect(leaderOf({})).toBe('broker-1');
    expect(leaderOf({ process: 'pendingControlledShutdown' })).toBe('broker-1');
  });

  test.each([
    ['knows an earlier epoch only', { metadataOffset: 4 }],
    ['does not serve clients yet', { process: 'recovery' }],
    ['does not know that it leads', { role: 'following' }],
  ])('is nobody while the broker %s', (_, broker) => {
    expect(leaderOf(broker)).toBeUndefined();
  });
});

describe('the lanes of a topic partition', () => {
  test('are the brokers, the controller and whoever else acts', () => {
    expect(replicationLanes(lossy)).toEqual(['broker-1', 'broker-2', 'controller', 'producer']);
  });

  test('say what a broker is in its own view', () => {
    const last = statesOf(lossy).at(-1) ?? null;
    expect(replicationLaneState(last, 'broker-1')).toEqual({ condition: 'down', leads: false });
    expect(replicationLaneState(last, 'broker-2')).toEqual({
      condition: 'up',
      role: 'leading',
      epoch: 1,
      leads: true,
    });
    expect(replicationLaneState(last, 'producer')).toEqual({ condition: 'up', leads: false });
  });

  test('tell fenced and paused brokers from others', () => {
    const broker = { process: 'running', replica: 'following', paused: false };
    const of = (state: object) =>
      replicationLaneState(JSON.parse(JSON.stringify(state)), 'broker-1');
    const registrations = { 'broker-1': { state: 'fenced' } };
    const fenced = { protocol: { brokers: { 'broker-1': broker }, registrations } };
    expect(of(fenced).condition).toBe('fenced');
    const paused = { protocol: { brokers: { 'broker-1': { ...broker, paused: true } } } };
    expect(of(paused).condition).toBe('paused');
  });
});

describe('the cuts of a topic partition', () => {
  const network = {
    cutToController: ['broker-1'],
    cutFromController: ['broker-1', 'broker-2'],
    cutLinks: { 'broker-1->broker-2': { cut: true }, 'broker-2->broker-1': { cut: false } },
  };
  const state = { protocol: { network } };

  test('are those to and from the controller and those of links', () => {
    expect(replicationCuts(state)).toEqual([
      { from: 'broker-1', to: 'controller' },
      { from: 'controller', to: 'broker-1' },
      { from: 'controller', to: 'broker-2' },
      { from: 'broker-1', to: 'broker-2' },
    ]);
  });

  test('are said in words, both directions as one', () => {
    const facts = factsOf(viewAt(stillTrace(lossy, state), 'replication'), 'Clients and network');
    expect(facts.slice(2)).toEqual([
      'cut: broker-1 ⇹ controller, both ways',
      'cut: controller ⇸ broker-2',
      'cut: broker-1 ⇸ broker-2',
    ]);
  });
});

const replicationNames = corpusNames.filter(name => corpusTrace(name).model.name === 'replication');

test.each(replicationNames)('every state of %s shows every entry of every log', name => {
  const trace = corpusTrace(name);
  const states = statesOf(trace);
  for (const [step, state] of states.entries()) {
    const { partitions } = JSON.parse(JSON.stringify(state)).protocol;
    const { replicas } = partitions['partition-1'];
    const shown = Object.entries(logsOf(viewAt(trace, 'replication', step)));
    const kept = shown.map(([broker, cells]) => [
      broker,
      cells.filter(cell => !cell.endsWith('removed in this step')).length,
    ]);
    const logs = Object.keys(replicas).map(broker => [broker, replicas[broker].log.length]);
    expect(kept).toEqual(logs);
  }
});

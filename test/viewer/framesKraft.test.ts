import { describe, expect, test } from 'vitest';
import { statesOf } from '../../checker/trace/statesOf.ts';
import {
  clusterCuts,
  clusterLaneState,
  clusterLanes,
} from '../../viewer/page/frames/cluster/clusterView.ts';
import { newestLeader } from '../../viewer/page/frames/kraft/kraftState.ts';
import { kraftCuts, kraftLaneState, kraftLanes } from '../../viewer/page/frames/kraft/kraftView.ts';
import { Place } from '../../viewer/page/frames/place.ts';
import { corpusNames, corpusTrace } from '../traces/corpusTrace.ts';
import { cellsOf, factsOf, logsOf, partsOf, stillTrace, tableOf, viewAt } from './framesTraces.ts';

const twoLeaders = corpusTrace('double-vote--one-leader-per-epoch');
const diverged = corpusTrace('vote-without-up-to-date-log--leaders-hold-committed-records');
const truncated = corpusTrace('truncated-voters-kept--voters-follow-log');
const snapshot = corpusTrace('older-snapshot-installed--committed-records-stay');

describe('the view of a metadata quorum', () => {
  test('marks entries that differ from those of the newest leader', () => {
    expect(logsOf(viewAt(diverged, 'kraft'))).toEqual({
      'node-1': [
        'offset 0, epoch 1, a leader takes over, committed, ' +
          'differs: node-2 has a leader takes over of epoch 2',
      ],
      'node-2': ['offset 0, epoch 2, a leader takes over, changed'],
      'node-3': [
        'offset 0, epoch 1, a leader takes over, differs: node-2 has a leader takes over of epoch 2',
      ],
    });
  });

  test('says that a committed entry is not in the log of who leads', () => {
    const [part] = partsOf(viewAt(diverged, 'kraft'), 'nodes');
    expect(part?.records.map(({ note }) => note.text)).toEqual([
      'not in the log of node-2, who leads: offset 0',
    ]);
    expect(part?.records.flatMap(({ strip }) => cellsOf(strip))).toEqual([
      'offset 0, epoch 1, a leader takes over, by the leader of epoch 1, committed, ' +
        'it is not in the log of node-2, the leader',
    ]);
  });

  test('compares with the newest leader where an older one does not know of it', () => {
    const node = (epoch: number) => ({ state: 'leader', epoch, log: [] });
    const nodes = { 'node-1': node(1), 'node-2': node(3), 'node-3': node(2) };
    expect(newestLeader(new Place({ nodes }))).toBe('node-2');
  });

  test('compares with the majority where nobody leads', () => {
    const node = (epoch: number) => ({
      state: 'unattached',
      epoch,
      log: [{ epoch, kind: 'record', value: 1, voters: [] }],
    });
    const nodes = { 'node-1': node(1), 'node-2': node(2), 'node-3': node(2) };
    const view = viewAt(stillTrace(diverged, { protocol: { nodes } }), 'kraft');
    expect(logsOf(view)).toMatchObject({
      'node-1': [expect.stringContaining('differs: the majority has record 1 of epoch 2')],
      'node-2': ['offset 0, epoch 2, record 1, not flushed'],
    });
  });

  test('shows who voted for whom and who is still needed', () => {
    expect(tableOf(viewAt(twoLeaders, 'kraft', 5), 'The election')).toEqual([
      'node-1: 1 | node-1 | node-1 | – | 1, 2, 3 | the same',
      'node-2: 1 | – | node-3 [node-1] | – | 1, 2, 3 | the same [epoch 1, leader –, vote node-1]',
      'node-3: 1 | – | node-3 | 1 of 2 needed; yes 3; open 1, 2 | 1, 2, 3 | the same',
    ]);
  });

  test('says what the quorum-state file says where the memory says something else', () => {
    const file = { epoch: 1, leader: null, vote: 'node-2' };
    const nodes = { 'node-1': { state: 'prospective', epoch: 2, quorumState: file, log: [] } };
    const view = viewAt(stillTrace(diverged, { protocol: { nodes } }), 'kraft');
    const disk = partsOf(view, 'table')[0]?.table.rows[0]?.cells.at(-1);
    expect(disk).toMatchObject({ text: 'epoch 1, leader –, vote node-2', tone: 'warn' });
  });

  test('shows two leaders of one epoch', () => {
    expect(factsOf(viewAt(twoLeaders, 'kraft'), 'Leaders by epoch')).toEqual([
      'epoch 1: node-1 and node-3 [node-1]',
    ]);
  });

  test('shows what the step has cut off', () => {
    const view = viewAt(truncated, 'kraft');
    expect(logsOf(view)['node-1']).toEqual([
      'offset 0, epoch 1, a leader takes over, committed',
      'offset 1, epoch 1, voters 1, 3, removed in this step',
    ]);
  });

  test('draws what is only in a snapshot as below the start of the log', () => {
    const view = viewAt(snapshot, 'kraft');
    expect(logsOf(view)['node-2']).toEqual([
      'offset 0, below the start of the log',
      'offset 1, epoch 1, record 1, removed in this step',
    ]);
    const facts = partsOf(view, 'nodes')[0]?.rows[1]?.facts.map(
      ({ label, text }) => `${label} ${text}`,
    );
    expect(facts).toContain('snapshot to 1, epoch 1');
  });

  test('finds requests, answers and strays in the state', () => {
    const message = {
      awaited: true,
      rpc: 'vote',
      epoch: 2,
      leader: null,
      offset: 3,
      offsetEpoch: 1,
    };
    const connections = {
      'node-1->node-2': { ...message, phase: 'request' },
      'node-1->node-3': { ...message, phase: 'response', result: 'granted', awaited: false },
      'node-2->node-1': { ...message, phase: 'idle' },
    };
    const strays = [
      { ...message, phase: 'response', result: 'rejected', from: 'node-3', to: 'node-1' },
    ];
    const view = viewAt(stillTrace(diverged, { protocol: { connections, strays } }), 'kraft');
    const rows = partsOf(view, 'messages')[0]?.rows ?? [];
    expect(rows.map(({ from, to, name, content }) => `${from} ${to} ${name}: ${content}`)).toEqual([
      'node-1 node-2 vote: epoch 2, log ends at 3 in epoch 1',
      'node-3 node-1 vote answer: granted, epoch 2, nobody waits for it',
      'node-1 node-3 stray vote answer: rejected, epoch 2',
    ]);
  });

  test('has a lane for each node and for whoever else acts', () => {
    expect(kraftLanes(snapshot)).toEqual(['node-1', 'node-2', 'network']);
    const last = statesOf(twoLeaders).at(-1) ?? null;
    expect(kraftLaneState(last, 'node-3')).toEqual({
      condition: 'up',
      role: 'leader',
      epoch: 1,
      leads: true,
    });
    expect(kraftLaneState({ protocol: { nodes: { n: { state: 'stopped' } } } }, 'n')).toEqual({
      condition: 'down',
      leads: false,
    });
    const cutLinks = { 'node-1->node-2': { cut: true }, 'node-2->node-1': { cut: false } };
    expect(kraftCuts({ protocol: { cutLinks } })).toEqual([{ from: 'node-1', to: 'node-2' }]);
  });

  const kraftNames = corpusNames.filter(name => corpusTrace(name).model.name === 'kraft');

  test.each(kraftNames)('every state of %s shows every entry of every log', name => {
    const trace = corpusTrace(name);
    for (const [step, state] of statesOf(trace).entries()) {
      const { nodes } = JSON.parse(JSON.stringify(state)).protocol;
      const shown = Object.entries(logsOf(viewAt(trace, 'kraft', step))).map(([node, cells]) => [
        node,
        cells.filter(cell => !/removed in this step$|below the start/.test(cell)).length,
      ]);
      expect(shown).toEqual(Object.keys(nodes).map(node => [node, nodes[node].log.length]));
    }
  });
});

describe('the view of a cluster', () => {
  const quorum = JSON.parse(JSON.stringify(statesOf(diverged).at(-1)));
  const partitionTrace = corpusTrace('unclean-leader-election--acknowledged-records-survive');
  const partition = JSON.parse(JSON.stringify(statesOf(partitionTrace).at(-1)));
  quorum.protocol.nodes['node-2'].log.push({ epoch: 2, kind: 'record', value: 1, voters: [] });
  quorum.protocol.cutLinks['node-1->node-2'] = { cut: true };
  const state = {
    protocol: {
      quorum: quorum.protocol,
      partition: partition.protocol,
      controller: 'node-2',
      decisions: [{ command: 'unfence', broker: 'broker-2', add: null, remove: null }],
      appliedOffset: 1,
    },
    ghost: { quorum: quorum.ghost, partition: partition.ghost },
  };
  const trace = stillTrace(diverged, state);

  test('shows both levels with what lies between them', () => {
    const view = viewAt(trace, 'cluster');
    expect(view.map(({ title }) => title)).toEqual([
      'Topic partition',
      'Metadata quorum',
      'Between them',
    ]);
    expect(Object.keys(logsOf(view))).toEqual([
      'broker-1',
      'broker-2',
      'node-1',
      'node-2',
      'node-3',
    ]);
    expect(tableOf(view, 'Decisions')).toEqual(['r1: unfence | broker-2']);
    expect(factsOf(view, 'Clients and network')).toEqual([
      'producer: 1 sent',
      'fate unknown: –',
      'active controller: node-2',
      'metadata in effect to: 1',
      'cut: node-1 ⇸ node-2',
    ]);
  });

  test('says what a record of the metadata log stands for', () => {
    expect(logsOf(viewAt(trace, 'cluster'))['node-2']).toContain(
      'offset 1, epoch 2, record 1: unfence (broker-2), not flushed',
    );
  });

  test('has lanes for nodes and brokers', () => {
    expect(clusterLanes(trace)).toEqual(['node-1', 'node-2', 'node-3', 'broker-1', 'broker-2']);
    expect(clusterLaneState(state, 'broker-2')).toMatchObject({ role: 'leading', epoch: 1 });
    expect(clusterLaneState(state, 'node-2')).toMatchObject({ role: 'leader', epoch: 2 });
    expect(clusterLaneState(state, 'operator')).toEqual({ condition: 'up', leads: false });
    expect(clusterCuts(state)).toEqual([{ from: 'node-1', to: 'node-2' }]);
  });
});

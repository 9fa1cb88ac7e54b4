import { describe, expect, test } from 'vitest';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  quietScope,
} from '../../../models/kraft/config.ts';
import { kraftContext } from '../../../models/kraft/context.ts';
import { append, flush } from '../../../models/kraft/log.ts';
import { kraftRules } from '../../../models/kraft/releaseRules.ts';
import type { NodeView, RaftNode } from '../../../models/kraft/schema.ts';
import { startNode } from '../../../models/kraft/transitions.ts';
import { addVoterTo, clearVoterSet } from '../../../models/kraft/voterSet.ts';
import { initialVoters } from '../../../models/kraft/voters.ts';
import { raftNodeLifecycle, raftNodeMachine } from '../../../models/lifecycle/raftNode.ts';
import { expectTableEqualsMachine } from '../../checker/model/lifecycleEquivalence.ts';
import { listOf } from './listOf.ts';

describe('the lifecycle of a node of the metadata quorum', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(raftNodeMachine, raftNodeLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(raftNodeLifecycle)).toEqual([
      'stopped -startUnattached-> unattached: writeQuorumState',
      'stopped -startFollowing-> follower: writeQuorumState, startFetching',
      'stopped -startAsCandidate-> candidate: writeQuorumState, requestVotes',
      'stopped -startResigned-> resigned: writeQuorumState, endEpoch',
      'stopped -startLeading-> leader: writeQuorumState, beginEpoch',
      'unattached -detach-> unattached: resetConnections, writeQuorumState',
      'unattached -follow-> follower: resetConnections, writeQuorumState, startFetching',
      'unattached -grantVote-> unattached: writeQuorumState',
      'unattached -solicit-> prospective: resetConnections, requestPreVotes',
      'unattached -stand-> candidate: resetConnections, writeQuorumState, requestVotes',
      'unattached -crash-> stopped: resetConnections, loseMemory',
      'prospective -detach-> unattached: resetConnections, writeQuorumState',
      'prospective -follow-> follower: resetConnections, writeQuorumState, startFetching',
      'prospective -grantVote-> prospective: resetConnections, writeQuorumState, requestPreVotes',
      'prospective -stand-> candidate: resetConnections, writeQuorumState, requestVotes',
      'prospective -crash-> stopped: resetConnections, loseMemory',
      'candidate -detach-> unattached: resetConnections, writeQuorumState',
      'candidate -follow-> follower: resetConnections, writeQuorumState, startFetching',
      'candidate -solicit-> prospective: resetConnections, requestPreVotes',
      'candidate -stand-> candidate: resetConnections, writeQuorumState, requestVotes',
      'candidate -crash-> stopped: resetConnections, loseMemory',
      'candidate -win-> leader: resetConnections, writeQuorumState, beginEpoch',
      'leader -detach-> unattached: resetConnections, writeQuorumState',
      'leader -follow-> follower: resetConnections, writeQuorumState, startFetching',
      'leader -crash-> stopped: resetConnections, loseMemory',
      'leader -resign-> resigned: resetConnections, endEpoch',
      'follower -detach-> unattached: resetConnections, writeQuorumState',
      'follower -follow-> follower: resetConnections, writeQuorumState, startFetching',
      'follower -solicit-> prospective: resetConnections, requestPreVotes',
      'follower -stand-> candidate: resetConnections, writeQuorumState, requestVotes',
      'follower -crash-> stopped: resetConnections, loseMemory',
      'resigned -detach-> unattached: resetConnections, writeQuorumState',
      'resigned -follow-> follower: resetConnections, writeQuorumState, startFetching',
      'resigned -stand-> candidate: resetConnections, writeQuorumState, requestVotes',
      'resigned -crash-> stopped: resetConnections, loseMemory',
    ]);
  });

  test('every move is durable, but for asking for pre-votes, resigning and dying', () => {
    const inMemory = listOf(raftNodeLifecycle)
      .filter(move => !move.includes('writeQuorumState'))
      .map(move => move.replace(/:.*/, ''));
    expect(inMemory).toEqual([
      'unattached -solicit-> prospective',
      'unattached -crash-> stopped',
      'prospective -crash-> stopped',
      'candidate -solicit-> prospective',
      'candidate -crash-> stopped',
      'leader -crash-> stopped',
      'leader -resign-> resigned',
      'follower -solicit-> prospective',
      'follower -crash-> stopped',
      'resigned -crash-> stopped',
    ]);
  });

  test('nobody leads without having stood, and a node that resigned leads only after that', () => {
    const { states, next, events } = raftNodeLifecycle;
    const into = (target: string): string[] =>
      states.flatMap((state, row) =>
        events.flatMap((event, column) => {
          const reached = next[row * events.length + column] ?? -1;
          return states[reached] === target ? [`${state} -${event}`] : [];
        }),
      );
    expect(into('leader')).toEqual(['stopped -startLeading', 'candidate -win']);
    expect(into('resigned')).toEqual(['stopped -startResigned', 'leader -resign']);
  });

  test('the file is written before anybody is told', () => {
    const telling = ['requestPreVotes', 'requestVotes', 'beginEpoch', 'startFetching', 'endEpoch'];
    const early = raftNodeLifecycle.effects.filter(effects => {
      const written = (effects as readonly string[]).indexOf('writeQuorumState');
      const told = effects.findIndex(effect => telling.includes(effect));
      return told >= 0 && told < written;
    });
    expect(early).toEqual([]);
  });
});

const [n1, n2, n4] = [0, 1, 3] as RaftNode[] as [RaftNode, RaftNode, RaftNode];

/** What is on the disk of node 1, which is about to start; nodes 1, 2 and 3 are voters. */
interface Disk {
  readonly file?: {
    readonly epoch: number;
    readonly leader?: RaftNode;
    readonly vote?: RaftNode;
    readonly voteDirectory?: number;
  };
  readonly directory?: number;
  /** The epochs of the entries in its log. */
  readonly log?: readonly number[];
}

function writeDisk(view: NodeView, { file, directory = 0, log = [] }: Disk): void {
  view.directory = directory;
  for (const epoch of log) append(view, { epoch, kind: 'leaderChange', value: 0 });
  flush(view);
  Object.assign(view.quorumState, file);
}

const silent = {
  led: () => undefined,
  voted: () => undefined,
  movedOn: () => undefined,
  committed: () => undefined,
};

/** Starts node 1, and says what it is then, in memory and in its file, and what it sends. */
function startFrom(disk: Disk, changed: Partial<KraftConfig> = {}): string {
  const config = { ...defaultConfig, observers: 1, ...changed };
  const bounds: KraftBounds = { ...quietScope, epochs: 5, records: 2, diskLosses: 1 };
  const context = kraftContext(config, bounds, kraftRules);
  const { protocol } = context.schema.create();
  // The others run, so that something can be sent to them; what they are does not matter.
  for (const node of context.node.all.slice(1)) {
    initialVoters(context, protocol.nodes.get(node).snapshot);
    startNode({ context, protocol, node, record: silent });
  }
  const view = protocol.nodes.get(n1);
  initialVoters(context, view.snapshot);
  if (disk.directory !== undefined) {
    clearVoterSet(view.snapshot);
    for (const voter of context.node.all.slice(1, 3)) addVoterTo(view.snapshot, voter, 0);
    addVoterTo(view.snapshot, n1, disk.directory);
  }
  writeDisk(view, disk);
  startNode({ context, protocol, node: n1, record: silent });
  const known = inWords(view);
  expect(inWords(view.quorumState), 'the file says the same').toBe(known);
  const sent = context.node.all
    .filter(node => node !== n1 && protocol.connections.get(n1, node).phase !== 'idle')
    .map(node => `${protocol.connections.get(n1, node).rpc} to ${node + 1}`);
  return [`${view.state.state} in ${known}`, ...sent].join('; ');
}

function inWords({ epoch, leader, vote }: Pick<NodeView, 'epoch' | 'leader' | 'vote'>): string {
  const words = [`epoch ${epoch}`];
  if (leader !== undefined) words.push(`leader ${leader + 1}`);
  if (vote !== undefined) words.push(`voted ${vote + 1}`);
  return words.join(', ');
}

describe('a node of the metadata quorum starts by its quorum-state file', () => {
  test.each<{ readonly file: string; readonly disk: Disk; readonly becomes: string }>([
    { file: 'there is none', disk: {}, becomes: 'unattached in epoch 0' },
    {
      file: 'it led',
      disk: { file: { epoch: 2, leader: n1, vote: n1 }, log: [1, 2] },
      becomes: 'resigned in epoch 2, leader 1, voted 1; endQuorumEpoch to 2; endQuorumEpoch to 3',
    },
    {
      file: 'it voted for itself',
      disk: { file: { epoch: 2, vote: n1 }, log: [1] },
      becomes: 'candidate in epoch 2, voted 1; vote to 2; vote to 3',
    },
    {
      file: 'it voted for itself, and another leads: it forgets that, and is told again',
      disk: { file: { epoch: 2, leader: n2, vote: n1 }, log: [1] },
      becomes: 'candidate in epoch 2, voted 1; vote to 2; vote to 3',
    },
    {
      file: 'another leads, which is a voter',
      disk: { file: { epoch: 2, leader: n2, vote: n2 }, log: [1] },
      becomes: 'follower in epoch 2, leader 2, voted 2; fetch to 2',
    },
    {
      file: 'another leads, which is no voter that it knows',
      disk: { file: { epoch: 2, leader: n4 }, log: [1] },
      becomes: 'unattached in epoch 2, leader 4',
    },
    {
      file: 'it voted for another',
      disk: { file: { epoch: 2, vote: n2 }, log: [1] },
      becomes: 'unattached in epoch 2, voted 2',
    },
    {
      file: 'it has been in the epoch and voted for nobody',
      disk: { file: { epoch: 2 }, log: [1] },
      becomes: 'unattached in epoch 2',
    },
    {
      file: 'older than the log: the vote is of an epoch that is over',
      disk: { file: { epoch: 1, leader: n1, vote: n1 }, log: [1, 2] },
      becomes: 'unattached in epoch 2',
    },
    {
      file: 'lost, and the log is there',
      disk: { log: [1, 2] },
      becomes: 'unattached in epoch 2',
    },
  ])('$file', ({ disk, becomes }) => {
    expect(startFrom(disk)).toBe(becomes);
  });

  test('a vote for its own id on another disk is a vote for another', () => {
    const file = { epoch: 2, vote: n1, voteDirectory: 0 };
    expect(startFrom({ file, directory: 1, log: [1] }, { dynamicVoters: true })).toBe(
      'unattached in epoch 2, voted 1',
    );
    const own = { epoch: 2, vote: n1, voteDirectory: 1 };
    expect(startFrom({ file: own, directory: 1, log: [1] }, { dynamicVoters: true })).toBe(
      'candidate in epoch 2, voted 1; vote to 2; vote to 3',
    );
  });

  test('the only voter leads at once, in the next epoch where it has led before', () => {
    const alone = { voters: 1, observers: 3 };
    expect(startFrom({ file: { epoch: 2, vote: n1 }, log: [1] }, alone)).toBe(
      'leader in epoch 2, leader 1, voted 1',
    );
    expect(startFrom({ file: { epoch: 2, leader: n1, vote: n1 }, log: [1, 2] }, alone)).toBe(
      'leader in epoch 3, leader 1, voted 1',
    );
  });

  test('in rounds nothing is sent at the start', () => {
    const disk = { file: { epoch: 2, vote: n1 }, log: [1] };
    expect(startFrom(disk, { transport: 'rounds' })).toBe('candidate in epoch 2, voted 1');
  });
});

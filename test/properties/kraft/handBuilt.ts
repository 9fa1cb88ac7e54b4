import type { TakenAction } from '../../../checker/model/property.ts';
import type { EffectHandlers } from '../../../checker/state/viewTypes.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  quietScope,
} from '../../../models/kraft/config.ts';
import { kraftContext } from '../../../models/kraft/context.ts';
import { copyEntry, logEndOffset } from '../../../models/kraft/log.ts';
import { recorders } from '../../../models/kraft/recorders.ts';
import { kraftRules } from '../../../models/kraft/releaseRules.ts';
import type { EntryDraft, NodeView, RaftNode } from '../../../models/kraft/schema.ts';
import { addVoterTo, clearVoterSet } from '../../../models/kraft/voterSet.ts';
import type { CaseOf, CasesOf } from '../judge.ts';

/** The scope of every hand-built state: three voters and an observer that may join them. */
export const handBuiltScope: { readonly config: KraftConfig; readonly bounds: KraftBounds } = {
  config: {
    ...defaultConfig,
    observers: 1,
    dynamicVoters: true,
    lateFlush: true,
    bootstrapFetch: true,
    slowListeners: true,
  },
  bounds: {
    ...quietScope,
    epochs: 4,
    records: 3,
    crashes: 2,
    diskLosses: 1,
    snapshots: 2,
    voterChanges: 2,
  },
};

const { config, bounds } = handBuiltScope;
const { node: nodes, schema } = kraftContext(config, bounds, kraftRules);
const [n1, n2, n3, n4] = nodes.all as readonly [RaftNode, RaftNode, RaftNode, RaftNode];
const voters = [n1, n2, n3] as const;

export { n1, n2, n3, n4, voters };

export type HandBuilt = ReturnType<typeof schema.create>;
/** A change of a hand-built state. */
export type Edit = (state: HandBuilt) => void;
export type Role = NodeView['state']['state'];

/** No effects: a hand-built state writes every field itself. */
const nothing: EffectHandlers<string, undefined> = new Proxy({}, { get: () => () => undefined });

/** An entry of a log, in short. */
export interface Written {
  readonly kind: 'record' | 'leaderChange' | 'voters';
  readonly epoch: number;
  readonly value: number;
  readonly voters: readonly RaftNode[];
}

/** A client's record. */
export const record = (value: number, epoch = 1): Written => ({
  kind: 'record',
  epoch,
  value,
  voters: [],
});

/** The first record of a leader; the first of all says who the voters are. */
export const leaderChange = (epoch: number, of: readonly RaftNode[] = []): Written => ({
  kind: 'leaderChange',
  epoch,
  value: 0,
  voters: of,
});

/** A change of the voters. */
export const voterSet = (of: readonly RaftNode[], epoch = 1): Written => ({
  kind: 'voters',
  epoch,
  value: 0,
  voters: of,
});

/** What the first leader wrote. */
export const first = leaderChange(1, voters);

/**
 * Node 1 leads in epoch 1, nodes 2 and 3 follow and are voters, node 4 follows and observes. The
 * first record of the epoch is everywhere, flushed and committed. Then the edits.
 */
export function freshQuorum(...edits: readonly Edit[]): HandBuilt {
  const state = schema.create();
  for (const node of nodes.all) {
    is(node, node === n1 ? 'leader' : 'follower', { leader: n1 })(state);
    writes(node, [first], { highWatermark: 1 })(state);
    knows(node, voters)(state);
    state.protocol.nodes.get(node).preVoteSupported = true;
  }
  led(1, n1)(state);
  committed(1, first)(state);
  for (const edit of edits) edit(state);
  return state;
}

/** What a node knows of the election. */
export interface Election {
  readonly epoch?: number;
  readonly leader?: RaftNode;
  readonly vote?: RaftNode;
}

const starts = {
  unattached: 'startUnattached',
  prospective: 'startUnattached',
  candidate: 'startAsCandidate',
  leader: 'startLeading',
  follower: 'startFollowing',
  resigned: 'startResigned',
} as const;

/** The node is in this state, in epoch 1 unless it is said otherwise; its file says the same. */
export const is =
  (node: RaftNode, role: Exclude<Role, 'stopped'>, election: Election = {}): Edit =>
  ({ protocol }) => {
    const view = protocol.nodes.get(node);
    if (view.state.state !== 'stopped') view.state.send('crash', nothing, undefined);
    view.state.send(starts[role], nothing, undefined);
    if (role === 'prospective') view.state.send('solicit', nothing, undefined);
    const { epoch = 1, leader, vote } = election;
    const known = { epoch, leader: role === 'leader' ? node : leader, vote };
    Object.assign(view, known);
    Object.assign(view.quorumState, known);
  };

/** The node's process is gone, and what it had in memory. */
export const stops =
  (node: RaftNode): Edit =>
  ({ protocol }) => {
    const view = protocol.nodes.get(node);
    view.state.send('crash', nothing, undefined);
    view.epoch = 0;
    view.leader = undefined;
    view.vote = undefined;
    view.highWatermark = 0;
    view.appliedOffset = 0;
    clearVoterSet(view);
  };

/** The quorum-state file of a node says this. */
export const files =
  (node: RaftNode, election: Election): Edit =>
  ({ protocol }) => {
    const { epoch = 1, leader, vote } = election;
    Object.assign(protocol.nodes.get(node).quorumState, { epoch, leader, vote });
  };

/** Where a node's log begins and how far it is flushed and committed; by default all, and nothing. */
export interface Extent {
  readonly start?: number;
  readonly flushed?: number;
  readonly highWatermark?: number;
}

/** Writes a node's log anew. */
export const writes =
  (node: RaftNode, log: readonly Written[], extent: Extent = {}): Edit =>
  ({ protocol }) => {
    const view = protocol.nodes.get(node);
    const { start = 0, highWatermark = view.highWatermark } = extent;
    view.log.truncate(0);
    for (const { kind, epoch, value, voters: of } of log) {
      view.log.push({ kind, epoch, value, voters: view.voters });
      nameVoters(view.log.get(view.log.length - 1), of);
    }
    view.logStartOffset = start;
    view.flushedOffset = extent.flushed ?? logEndOffset(view);
    view.recoveryPoint = view.flushedOffset;
    view.highWatermark = highWatermark;
  };

function nameVoters(set: Pick<EntryDraft, 'voters' | 'directories'>, of: readonly RaftNode[]) {
  clearVoterSet(set);
  for (const voter of of) addVoterTo(set, voter, 0);
}

/** The node acts on this voter set. */
export const knows =
  (node: RaftNode, of: readonly RaftNode[]): Edit =>
  ({ protocol }) =>
    nameVoters(protocol.nodes.get(node), of);

/** The node has a snapshot. */
export const snapshot =
  (
    node: RaftNode,
    offset: number,
    { lastEpoch = 1, of = voters }: { lastEpoch?: number; of?: readonly RaftNode[] } = {},
  ): Edit =>
  ({ protocol }) => {
    const filed = protocol.nodes.get(node).snapshot;
    Object.assign(filed, { offset, lastEpoch, flushed: true });
    nameVoters(filed, of);
  };

/** Sets fields of a node. */
export const set =
  (
    node: RaftNode,
    fields: Partial<
      Pick<
        NodeView,
        | 'epochStartOffset'
        | 'appliedOffset'
        | 'active'
        | 'highWatermark'
        | 'flushedOffset'
        | 'directory'
        | 'preVoteSupported'
      >
    >,
  ): Edit =>
  ({ protocol }) => {
    Object.assign(protocol.nodes.get(node), fields);
  };

/** Who has refused a candidate or prospective. */
export const refusedBy =
  (node: RaftNode, ...others: readonly RaftNode[]): Edit =>
  ({ protocol }) => {
    for (const other of others) protocol.nodes.get(node).rejected.add(other);
  };

/** The epoch was led by this node first. */
export const led =
  (epoch: number, node: RaftNode): Edit =>
  ({ ghost }) =>
    recorders.led(ghost, node, epoch);

/** The next entry that was committed, and in which epoch. */
export const committed =
  (committedIn: number, entry: Written): Edit =>
  ({ ghost: { committed: list }, protocol }) => {
    const scratch = protocol.nodes.get(n4);
    const kept = schema.create().protocol.nodes.get(n4).log;
    const { kind, epoch, value } = entry;
    kept.push({ kind, epoch, value, voters: scratch.voters });
    nameVoters(kept.get(0), entry.voters);
    list.push({ kind, epoch, value, voters: kept.get(0).voters, committedIn });
    copyEntry(kept.get(0), list.get(list.length - 1));
  };

/** A voter has given its vote. */
export const voted =
  (node: RaftNode, candidate: RaftNode, epoch = 1): Edit =>
  ({ ghost, protocol }) => {
    const view = protocol.nodes.get(node);
    const { vote, epoch: now } = view;
    Object.assign(view, { vote: candidate, epoch });
    recorders.voted(ghost, node, view);
    Object.assign(view, { vote, epoch: now });
  };

/** A step between two states, by an action with these arguments. */
export interface HandBuiltStep {
  readonly before: HandBuilt;
  readonly after: HandBuilt;
  readonly action: TakenAction;
}

/** Builds the state before, and from it the state after. */
export function stepFrom(
  before: readonly Edit[],
  change: readonly Edit[],
  name = 'anything',
  params: TakenAction['params'] = {},
): HandBuiltStep {
  return {
    before: freshQuorum(...before),
    after: freshQuorum(...before, ...change),
    action: { actor: 'a test', name, params },
  };
}

/** A place where a property is judged. */
type Place = HandBuilt | HandBuiltStep;

export type Cases = CasesOf<Place>;
export type Case = CaseOf<Place>;

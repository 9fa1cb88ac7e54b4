import {
  enumeration,
  flag,
  int,
  lifecycle,
  links,
  list,
  node,
  nodeSet,
  optional,
  perNode,
  record,
} from '../../checker/state/fields.ts';
import type { Node, NodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type {
  ReadonlyListView,
  ReadonlyRecordView,
  RecordView,
} from '../../checker/state/viewTypes.ts';
import { budgetsFor } from '../description/budgets.ts';
import { raftNodeLifecycle } from '../lifecycle/raftNode.ts';
import type { KraftBounds, KraftConfig } from './config.ts';

/** A node of the metadata quorum: a voter or an observer. */
export type RaftNode = Node<'node'>;

/**
 * The state of the metadata quorum: its nodes with what each has on disk and in memory, and the
 * requests and answers between them.
 *
 * Offsets start at 0; the log end offset, the high watermark and a snapshot's offset are exclusive.
 */
export function kraftSchema(nodes: NodeType<'node'>, config: KraftConfig, bounds: KraftBounds) {
  const numbers = numbersOf(config, bounds);
  const message = messageFields(nodes, numbers);
  return defineSchema({
    protocol: {
      nodes: perNode(nodes, nodeRecord(nodes, numbers, bounds)),
      /** From each node to each other: the request it sent, or the answer on its way back. */
      connections: links(
        nodes,
        record({
          phase: enumeration('idle', 'request', 'response'),
          /** The requester waits for this answer: its correlation id is the one it expects. */
          awaited: flag(),
          ...message,
        }),
      ),
      /** Messages that fell behind or came apart into two, and may still arrive. */
      strays: list(
        record({
          /** Who sent the request; a response travels from `to` back to `from`. */
          from: node(nodes),
          to: node(nodes),
          phase: enumeration('request', 'response'),
          awaited: flag(),
          ...message,
        }),
        Math.max(1, bounds.delayedMessages + bounds.duplicatedMessages),
      ),
      /** Links over which no message of the first node reaches the second. */
      cutLinks: links(nodes, record({ cut: flag() })),
      client: record({ sent: numbers.value }),
    },
    ghost: {
      /** From epoch 1 on: the first node that led it. */
      leaders: list(record({ leader: optional(node(nodes)) }), Math.max(1, bounds.epochs)),
      /** By offset: the first entry that a high watermark covered, and in whose leader's epoch. */
      committed: list(
        record({ ...entryFields(nodes, numbers), committedIn: numbers.epoch }),
        numbers.offset.max,
      ),
      /** The last vote that each node gave, whatever became of its memory and disk since. */
      votes: perNode(
        nodes,
        record({
          epoch: numbers.epoch,
          candidate: optional(node(nodes)),
          directory: numbers.directory,
          /** It gave two candidates a vote in this epoch. */
          twice: flag(),
        }),
      ),
    },
    budget: budgetsFor(bounds),
  });
}

type Numbers = ReturnType<typeof numbersOf>;

/** The numbers of a scope, each with the largest value that it can come to. */
function numbersOf(config: KraftConfig, bounds: KraftBounds) {
  const { epochs, records, voterChanges, snapshots, delayedMessages, duplicatedMessages } = bounds;
  // A control record for each epoch. A defect may append what arrives twice, or file a snapshot at
  // the wrong offset.
  const beyond = delayedMessages + duplicatedMessages + Math.min(1, snapshots);
  // Who is left as the only voter may win an epoch anew that it stood in, and lost, before.
  const anew = Math.floor(voterChanges / 2);
  return {
    epoch: int(0, epochs),
    offset: int(0, Math.min(255, epochs + records + voterChanges + beyond + anew)),
    /** Records, of which a leader may write three at once. */
    readAhead: int(0, Math.min(255, 3 * epochs + records + voterChanges)),
    /** 0 where an entry is no record of a client. */
    value: int(0, records),
    /** Which disk a node has: grows when it is replaced by one with a new directory id. */
    directory: int(0, bounds.diskLosses),
    count: int(0, config.voters + config.observers),
  };
}

/** An entry of the log, a batch of one record. */
function entryFields(nodes: NodeType<'node'>, { epoch, value, directory }: Numbers) {
  return {
    epoch,
    kind: enumeration('record', 'leaderChange', 'voters'),
    value,
    /** Of a voters record: the voter set, each voter with its directory id. */
    voters: nodeSet(nodes),
    directories: perNode(nodes, directory),
  };
}

/** What a request or an answer carries; the fields that one kind does not use stay zero. */
function messageFields(nodes: NodeType<'node'>, numbers: Numbers) {
  const { epoch, offset, directory } = numbers;
  return {
    rpc: enumeration(
      'preVote',
      'vote',
      'beginQuorumEpoch',
      'endQuorumEpoch',
      'fetch',
      'fetchSnapshot',
      'addVoter',
      'removeVoter',
      'updateVoter',
    ),
    /** The sender's epoch. */
    epoch,
    /** The leader that the sender knows. */
    leader: optional(node(nodes)),
    /** The sender's directory id, where the request names it. */
    directory,
    /** The directory id by which the sender of a vote request knows the receiver. */
    targetDirectory: directory,
    /** Log end, fetch offset, end of a diverging epoch or offset of a snapshot. */
    offset,
    /** The epoch that goes with the offset. */
    offsetEpoch: epoch,
    highWatermark: offset,
    result: enumeration(
      'none',
      'granted',
      'rejected',
      'unsupported',
      'refused',
      'records',
      'diverging',
      'snapshot',
      'accepted',
    ),
    /** An answer to a fetch: the entry at the fetch offset, if there is one. */
    hasEntry: flag(),
    entry: record(entryFields(nodes, numbers)),
  };
}

function nodeRecord(nodes: NodeType<'node'>, numbers: Numbers, { voterChanges }: KraftBounds) {
  const { epoch, offset, readAhead, directory, count } = numbers;
  // Of each change, and of the first leader.
  const most = { voterSets: voterChanges + 1 };
  const entry = record(entryFields(nodes, numbers));
  return record({
    state: lifecycle(raftNodeLifecycle),
    /** In memory: what the node knows of the election in its epoch. */
    ...electionFields(nodes, numbers),
    /** On disk: the same, as last written to the quorum-state file. */
    quorumState: record(electionFields(nodes, numbers)),
    /** On disk: which disk this is. */
    directory,
    /** On disk: the log from its start offset on, of which the tail may not be flushed yet. */
    log: list(entry, offset.max),
    logStartOffset: offset,
    /** Of the log that much is on disk (`disk.ts`); no node knows it. */
    flushedOffset: offset,
    /** In memory: how far the node takes its log for flushed. */
    recoveryPoint: offset,
    /** On disk: the newest snapshot. With offset 0 it is the one that formatting the disk made. */
    snapshot: record({
      offset,
      lastEpoch: epoch,
      voters: nodeSet(nodes),
      directories: perNode(nodes, directory),
      flushed: flag(),
    }),
    /** In memory: 0 where it is not known. */
    highWatermark: offset,
    /** In memory: the voter set of the newest voters record in the log, committed or not. */
    voters: nodeSet(nodes),
    directories: perNode(nodes, directory),
    /** In memory: by how many records a truncation has left the reader of voter sets ahead of the log. */
    votersReadAhead: readAhead,
    /** In memory: offsets of voters records in the log that the reader was past, and has not read. */
    unreadVoters: list(record({ offset }), most.voterSets),
    /** Prospective and candidate only: who has answered, and how. */
    granted: nodeSet(nodes),
    rejected: nodeSet(nodes),
    /** Votes of a voter that was counted already; counted again only by a defect. */
    repeatedVotes: count,
    /** Follower only: it has fetched from this leader. */
    hasFetched: flag(),
    /** Leader only: where the log ended when its epoch began. */
    epochStartOffset: offset,
    /** Leader only: the offset that each other node has last fetched from, its acknowledgement. */
    fetchOffsets: perNode(nodes, optional(offset)),
    /** How far the controller on this node has applied the log, where listeners are slow. */
    appliedOffset: offset,
    /** The controller on this node knows that it is the active one. */
    active: flag(),
    /** This node runs 4.0 or newer, which has pre-votes, and keeps the vote of a follower. */
    preVoteSupported: flag(),
  });
}

function electionFields(nodes: NodeType<'node'>, { epoch, directory }: Numbers) {
  return {
    epoch,
    leader: optional(node(nodes)),
    /** The candidate that the node voted for in this epoch: id and directory id. */
    vote: optional(node(nodes)),
    voteDirectory: directory,
  };
}

export type KraftSchema = ReturnType<typeof kraftSchema>;
export type ProtocolFields = KraftSchema['protocol']['fields'];
export type GhostFields = KraftSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;
/** The ghost state, to read. */
export type ReadonlyGhost = ReadonlyRecordView<GhostFields>;

type NodeFields = ProtocolFields['nodes']['element']['fields'];
/** One node's part of the protocol state. */
export type NodeView = RecordView<NodeFields>;
export type ReadonlyNodeView = ReadonlyRecordView<NodeFields>;

type ConnectionFields = ProtocolFields['connections']['element']['fields'];
/** A request that is in flight, or its answer. */
export type Message = Omit<RecordView<ConnectionFields>, 'phase' | 'awaited'>;
export type ReadonlyMessage = Omit<ReadonlyRecordView<ConnectionFields>, 'phase' | 'awaited'>;
export type Rpc = ReadonlyMessage['rpc'];

type EntryFields = NodeFields['log']['element']['fields'];
/** An entry of a log, to read. */
export type EntryView = ReadonlyRecordView<EntryFields>;
/** The same, to write. */
export type EntryDraft = RecordView<EntryFields>;
export type LogView = ReadonlyListView<EntryView>;

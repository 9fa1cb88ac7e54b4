import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  quietScope,
} from '../../../models/kraft/config.ts';
import { nodesOf } from '../../../models/kraft/context.ts';
import { entryAt, logEndOffset } from '../../../models/kraft/log.ts';
import { kraftModel } from '../../../models/kraft/model.ts';
import type {
  EntryView,
  GhostFields,
  ProtocolFields,
  RaftNode,
  ReadonlyNodeView,
} from '../../../models/kraft/schema.ts';
import type { VoterSetView } from '../../../models/kraft/voterSet.ts';
import { kraftProperties } from '../../../properties/kraft.ts';
import { step } from '../step.ts';

export type NodeName = 'node-1' | 'node-2' | 'node-3' | 'node-4' | 'node-5';
export const [N1, N2, N3, N4, N5] = ['node-1', 'node-2', 'node-3', 'node-4', 'node-5'] as const;

/** What a story changes of the default configuration and of {@link storyBounds}. */
export interface StoryScope {
  readonly config?: Partial<KraftConfig>;
  readonly bounds?: Partial<KraftBounds>;
}

/** Room enough for every story; voters change only where the configuration lets them. */
const storyBounds: KraftBounds = {
  ...quietScope,
  epochs: 6,
  records: 5,
  crashes: 6,
  quorumStateLosses: 1,
  diskLosses: 2,
  resignations: 3,
  partitions: 6,
  lostMessages: 3,
  delayedMessages: 2,
  duplicatedMessages: 2,
  snapshots: 3,
};
const mostVoterChanges = 4;

/** What all stories of one scope share. */
interface Stage {
  readonly config: KraftConfig;
  readonly model: CompiledModel;
  readonly properties: readonly AnyProperty[];
}

function stageOf({ config = {}, bounds = {} }: StoryScope): Stage {
  const whole = { ...defaultConfig, ...config };
  const voterChanges = whole.dynamicVoters ? mostVoterChanges : 0;
  const limits = { ...storyBounds, voterChanges, ...bounds };
  return {
    config: whole,
    model: new CompiledModel(kraftModel(whole, limits)),
    properties: kraftProperties(whole, limits),
  };
}

/** Begins stories of one scope, of which there are many: its model is built once. */
export function storiesIn(scope: StoryScope = {}): () => KraftStory {
  const stage = stageOf(scope);
  return () => new KraftStory(scope, stage);
}

/** The receipt of what an election puts on its way, in flight and in rounds. */
const voting = [
  'handlePreVote',
  'receivePreVote',
  'handleVote',
  'receiveVote',
  'exchangePreVote',
  'exchangeVote',
];
const announcing = [
  'handleBeginQuorumEpoch',
  'receiveBeginQuorumEpoch',
  'exchangeBeginQuorumEpoch',
];
const fetching = [
  'handleFetch',
  'receiveFetch',
  'handleFetchSnapshot',
  'receiveFetchSnapshot',
  'exchangeFetch',
  'exchangeFetchSnapshot',
];
/** Requests that are sent again when they, or their answers, were lost. */
const repeated = ['sendBeginQuorumEpoch', 'sendFetch'];

const mostTimeouts = 4;
const mostPasses = 50;

/** A quorum that is played by hand, with what a test wants to know of its state. */
export class KraftStory extends DirectedRun<ProtocolFields, GhostFields> {
  readonly #nodes: readonly RaftNode[];
  readonly #nameOf: (node: RaftNode) => NodeName;
  readonly #transport: KraftConfig['transport'];

  constructor(scope: StoryScope = {}, { config, model, properties }: Stage = stageOf(scope)) {
    super(model, properties);
    const type = nodesOf(config);
    this.#nodes = type.all;
    // A story has at most five nodes: the names are those above.
    this.#nameOf = node => type.nameOf(node) as NodeName;
    this.#transport = config.transport;
  }

  get names(): NodeName[] {
    return this.#nodes.map(this.#nameOf);
  }

  /** The node's timer runs out until it leads, and every voter that can be reached answers. */
  elect(name: NodeName): this {
    for (let times = 0; times < mostTimeouts && this.role(name) !== 'leader'; times++) {
      this.take(timeOut(this, name)).settle(voting);
    }
    if (this.role(name) !== 'leader') throw new Error(`${name} is not elected`);
    return this.settle(announcing);
  }
  /** Every vote request and answer that is on its way arrives. */
  settleVotes(): this {
    return this.settle(voting);
  }
  /** Fetching goes on, and what was lost is sent again, until nobody learns anything new. */
  replicate(): this {
    for (let passes = 0; passes < mostPasses; passes++) {
      const before = this.#picture();
      this.settle([...announcing, ...fetching]);
      if (this.#transport === 'inFlight') this.#sendAgain();
      this.settle([...announcing, ...fetching]);
      if (this.#picture() === before) return this;
    }
    throw new Error('the replication does not come to rest');
  }
  #sendAgain(): void {
    for (const name of repeated) {
      for (const from of this.names) {
        for (const to of this.names) {
          const send = step(name, { from, to });
          if (this.guard(send) === 'enabled') this.take(send);
        }
      }
    }
  }
  #picture(): string {
    return [...this.roles, ...this.logs, ...this.highWatermarks, ...this.fetchOffsets].join('; ');
  }
  /** A node dies; all of its log was written back in time, and its last messages are gone. */
  crash(...names: readonly NodeName[]): this {
    for (const name of names) this.take(crash(name, this.logEnd(name)));
    return this;
  }
  /** Every node dies, and all of them start again. */
  restartAll(): this {
    return this.crash(...this.names).take(this.names.map(restart));
  }

  node(name: NodeName): ReadonlyNodeView {
    const node = this.#nodes.find(one => this.#nameOf(one) === name);
    if (node === undefined) throw new Error(`there is no ${name}`);
    return this.protocol.nodes.get(node);
  }
  role(name: NodeName): ReadonlyNodeView['state']['state'] {
    return this.node(name).state.state;
  }
  /** What the node is in which epoch, for instance `follower of 1, epoch 2, voted 1`. */
  doing(name: NodeName): string {
    const view = this.node(name);
    const { leader, vote, epoch } = view;
    const role = this.role(name);
    if (role === 'stopped') return role;
    const self = this.#nodes.find(one => this.#nameOf(one) === name);
    const words = [role === 'follower' && leader !== undefined ? `${role} of ${leader + 1}` : role];
    words.push(`epoch ${epoch}`);
    const isKnown = leader !== undefined && leader !== self && role !== 'follower';
    if (isKnown) words.push(`leader ${leader + 1}`);
    const isImplied = vote === self && (role === 'candidate' || role === 'leader');
    if (vote !== undefined && !isImplied) words.push(voteOf(view));
    return words.join(', ');
  }
  /** What every node is. */
  get roles(): string[] {
    return this.names.map(name => this.doing(name));
  }
  /** The quorum-state file, for instance `epoch 2, leader 1, voted 1`. */
  onDisk(name: NodeName): string {
    const { quorumState } = this.node(name);
    const { epoch, leader, vote } = quorumState;
    const words = [`epoch ${epoch}`];
    if (leader !== undefined) words.push(`leader ${leader + 1}`);
    if (vote !== undefined) words.push(voteOf(quorumState));
    return words.join(', ');
  }

  /**
   * The log, for instance `leader@1 1@1 {1 2}@1`: the record that begins epoch 1, a client's record
   * and a voter set. What a snapshot has taken the place of is not there: `from 2: 2@1`.
   */
  log(name: NodeName): string {
    const view = this.node(name);
    const { logStartOffset } = view;
    const entries: string[] = [];
    for (let offset = logStartOffset; offset < logEndOffset(view); offset++) {
      entries.push(entryInWords(entryAt(view, offset)));
    }
    return [...(logStartOffset === 0 ? [] : [`from ${logStartOffset}:`]), ...entries].join(' ');
  }
  /** Every node's log. */
  get logs(): string[] {
    return this.names.map(name => this.log(name));
  }
  logEnd(name: NodeName): number {
    return logEndOffset(this.node(name));
  }
  highWatermark(name: NodeName): number {
    return this.node(name).highWatermark;
  }
  /** Every node's high watermark. */
  get highWatermarks(): number[] {
    return this.names.map(name => this.highWatermark(name));
  }
  /** What every leader knows of the others' logs. */
  get fetchOffsets(): string[] {
    return this.names.map(name => {
      const { fetchOffsets } = this.node(name);
      return this.#nodes.map(node => fetchOffsets.get(node) ?? '-').join(' ');
    });
  }
  /** The offset and epoch at which the node's newest snapshot ends. */
  snapshot(name: NodeName): string {
    const { offset, lastEpoch } = this.node(name).snapshot;
    return offset === 0 ? 'none' : `to ${offset} of epoch ${lastEpoch}`;
  }
  /** The voters that the node knows, for instance `1 2 3'`: node 3 on its second disk. */
  voters(name: NodeName): string {
    return voterSetInWords(this.node(name), this.#nodes);
  }

  /** What was committed, offset by offset, whoever still has it. */
  get committed(): string {
    const { committed } = this.ghost;
    return Array.from({ length: committed.length }, (_, offset) =>
      entryInWords(committed.get(offset)),
    ).join(' ');
  }
  /** Messages on their way, for instance `vote 1->2` and the answer to it, `vote 1<-2 granted`. */
  get inFlight(): string[] {
    const { connections } = this.protocol;
    return this.#nodes.flatMap(from =>
      this.#nodes.flatMap(to => {
        if (from === to) return [];
        const { phase, rpc, result } = connections.get(from, to);
        if (phase === 'idle') return [];
        if (phase === 'request') return [`${rpc} ${from + 1}->${to + 1}`];
        return [`${rpc} ${from + 1}<-${to + 1} ${result}`];
      }),
    );
  }
  /** Messages that have fallen behind, in the same words. */
  get strays(): string[] {
    const { strays } = this.protocol;
    return Array.from({ length: strays.length }, (_, index) => {
      const { phase, rpc, from, to, result } = strays.get(index);
      if (phase === 'request') return `${rpc} ${from + 1}->${to + 1}`;
      return `${rpc} ${from + 1}<-${to + 1} ${result}`;
    });
  }
}

function voteOf({ vote, voteDirectory }: Pick<ReadonlyNodeView, 'vote' | 'voteDirectory'>): string {
  return vote === undefined ? 'no vote' : `voted ${vote + 1}${primes(voteDirectory)}`;
}

function entryInWords({ kind, epoch, value, voters, directories }: EntryView): string {
  switch (kind) {
    case 'record':
      return `${value}@${epoch}`;
    case 'leaderChange':
      return `leader@${epoch}`;
    case 'voters':
      return `{${voterSetInWords({ voters, directories }, allNodes)}}@${epoch}`;
  }
}

const allNodes = nodesOf({ ...defaultConfig, voters: 5 }).all;

function voterSetInWords(
  { voters, directories }: VoterSetView,
  nodes: readonly RaftNode[],
): string {
  return nodes
    .filter(node => voters.has(node))
    .map(node => `${node + 1}${primes(directories.get(node))}`)
    .join(' ');
}

/** One for each time that the node's disk was replaced. */
function primes(directory: number): string {
  return "'".repeat(directory);
}

// The steps of the model, as a story tells them. First what nodes do by themselves.

export const electionTimeout = (node: NodeName): string => step('electionTimeout', { node });
export const fetchTimeout = (node: NodeName): string => step('fetchTimeout', { node });
/** The timer that the node has runs out: of its election, or of its fetching. */
function timeOut(told: KraftStory, node: NodeName): string {
  return told.role(node) === 'follower' ? fetchTimeout(node) : electionTimeout(node);
}
/** A follower loses its leader, asks for pre-votes in vain, and from then on refuses them to nobody. */
export const giveUpLeader = (node: NodeName): string[] => [
  fetchTimeout(node),
  electionTimeout(node),
];
export const append = (leader: NodeName): string => step('append', { leader });
export const flush = (node: NodeName): string => step('flush', { node });
export const takeSnapshot = (node: NodeName): string => step('takeSnapshot', { node });
export const cleanLog = (node: NodeName): string => step('cleanLog', { node });
export const applyRecord = (node: NodeName): string => step('applyRecord', { node });
export const becomeActive = (node: NodeName): string => step('becomeActive', { node });

// Requests: how they are sent, handled and answered.

/** A request of one node to another. */
export type Request =
  | 'PreVote'
  | 'Vote'
  | 'BeginQuorumEpoch'
  | 'EndQuorumEpoch'
  | 'Fetch'
  | 'FetchSnapshot'
  | 'AddRaftVoter'
  | 'RemoveRaftVoter'
  | 'UpdateRaftVoter';

export const send = (request: Request, from: NodeName, to: NodeName): string =>
  step(`send${request}`, { from, to });
export const handle = (request: Request, from: NodeName, to: NodeName): string =>
  step(`handle${request}`, { from, to });
/** The requester receives the answer. */
export const receive = (request: Request, from: NodeName, to: NodeName): string =>
  step(`receive${request}`, { from, to });
/** The request that is on its way is handled, and its answer received. */
export const complete = (request: Request, from: NodeName, to: NodeName): string[] => [
  handle(request, from, to),
  receive(request, from, to),
];
/** In rounds: the request, its handling and its answer, unless that is lost. */
export const exchange = (
  request: Request,
  from: NodeName,
  to: NodeName,
  answer: 'arrives' | 'lost' = 'arrives',
): string => step(`exchange${request}`, { from, to, answer });

// Operators.

export const addVoter = (leader: NodeName, voter: NodeName): string =>
  step('addVoter', { leader, voter });
export const removeVoter = (leader: NodeName, voter: NodeName): string =>
  step('removeVoter', { leader, voter });
/** A leader gives up: check-quorum, a shutdown or its controller asks for it. */
export const resign = (leader: NodeName): string => step('resign', { leader });

// Faults.

/** A crash that keeps the log below an offset; what was just sent may be lost with it. */
export const crash = (node: NodeName, kept: number, sent: 'arrives' | 'lost' = 'arrives'): string =>
  step('crash', { node, kept, sent });
export const restart = (node: NodeName): string => step('restart', { node });
export const loseQuorumState = (node: NodeName): string => step('loseQuorumState', { node });
/** The disk is replaced; formatting gives the new one a new directory id. */
export const replaceDisk = (node: NodeName, directory: 'new' | 'same' = 'new'): string =>
  step('replaceDisk', { node, directory });
export const cutNode = (node: NodeName): string => step('cutNode', { node });
/** What one node sends to the other is lost. */
export const cutLink = (from: NodeName, to: NodeName): string => step('cutLink', { from, to });
/** Two nodes cannot reach each other, in either direction. */
export const cutBetween = (a: NodeName, b: NodeName): string[] => [cutLink(a, b), cutLink(b, a)];
export const heal = 'healNetwork()';
export const loseMessage = (from: NodeName, to: NodeName): string =>
  step('loseMessage', { from, to });
export const delayMessage = (from: NodeName, to: NodeName): string =>
  step('delayMessage', { from, to });
export const duplicateMessage = (from: NodeName, to: NodeName): string =>
  step('duplicateMessage', { from, to });
/** A message arrives that fell behind: the first on the list unless another is named. */
export const deliverStray = (stray = 0): string => step('deliverStray', { stray });

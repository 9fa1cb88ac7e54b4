import { CompiledModel, type ModelState } from '../../checker/explore/compiledModel.ts';
import { exploreExhaustively } from '../../checker/explore/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { anyProperties, type Invariant } from '../../checker/model/property.ts';
import { copyState } from '../../checker/state/schema.ts';
import { defaultConfig, quietScope } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';
import { kraftModel } from '../../models/kraft/model.ts';
import type {
  GhostFields,
  ProtocolFields,
  ReadonlyGhost,
  ReadonlyProtocol,
} from '../../models/kraft/schema.ts';

/** What becomes of a quorum when some of its voters are down for good. */
export interface Outage {
  readonly down: number;
  /** Whether the leader is one of them. */
  readonly leaderDown: boolean;
  /** Whether a new record can still be committed, by the old leader or by one newly elected. */
  readonly commits: boolean;
  /** Where it cannot: the distinct states that were explored, which are all there are. */
  readonly states?: number;
}

/** What a quorum of so many voters survives, by playing every outage. */
export interface QuorumSurvival {
  readonly voters: number;
  /** The most voters that may be down, whichever they are, with the quorum still committing. */
  readonly survives: number;
  readonly outages: readonly Outage[];
}

/** The first election, one to replace the leader, and one more for an election without winner. */
const EPOCHS = 3;

/**
 * Plays what a quorum survives: a leader is elected and a record is committed by all; then every
 * number of voters is stopped, with and without the leader, never to come back. Where a survivor can
 * go on to commit another record, that run is the answer; where none is found, every run of the
 * survivors is explored, and shows that there is none. Voters are alike, so that outages which
 * differ only by the voters' names are one.
 */
export async function quorumSurvival(voters: number): Promise<QuorumSurvival> {
  const stage = new Stage(voters);
  const outages: Outage[] = [];
  for (let down = 0; down <= voters; down++) {
    if (down < voters) outages.push(await stage.play(down, false));
    if (down > 0) outages.push(await stage.play(down, true));
  }
  const fatal = outages.filter(({ commits }) => !commits).map(({ down }) => down);
  return { voters, survives: Math.min(...fatal) - 1, outages };
}

/** Renaming more nodes than this costs more than the states that it saves. */
const MOST_ALIKE = 6;

/** A quorum in which the first node leads and everybody has the first record. */
class Stage {
  readonly #compiled: CompiledModel;
  readonly #nodes: readonly string[];
  readonly #logEnd: number;
  readonly #committed: ModelState;
  readonly #state: ModelState;

  constructor(voters: number) {
    const config = { ...defaultConfig, voters, transport: 'rounds' } as const;
    const bounds = { ...quietScope, epochs: EPOCHS, records: 2, crashes: voters };
    this.#compiled = new CompiledModel(kraftModel(config, bounds));
    const { all, nameOf } = nodesOf(config);
    this.#nodes = all.map(nameOf);
    this.#committed = this.#compiled.createState();
    this.#state = this.#compiled.createState();
    this.#compiled.initialize(this.#state, 0);
    this.#take('electionTimeout', { node: 'node-1' });
    this.#settle();
    this.#take('append', { leader: 'node-1' });
    this.#settle();
    copyState(this.#state, this.#committed);
    this.#logEnd = viewsOf(this.#committed).ghost.committed.length;
  }

  async play(down: number, leaderDown: boolean): Promise<Outage> {
    const stopped = this.#nodes.slice(leaderDown ? 0 : 1).slice(0, down);
    const from = this.#compiled.createState();
    copyState(this.#committed, this.#state);
    for (const node of stopped) this.#take('crash', { node, kept: this.#logEnd, sent: 'arrives' });
    copyState(this.#state, from);
    if (this.#nodes.some(node => this.#goesOn(from, node))) {
      return { down, leaderDown, commits: true };
    }
    const after = afterwards(this.#compiled.model, from);
    const result = await exploreExhaustively(after, nothingMore, {
      symmetry: this.#nodes.length <= MOST_ALIKE,
    });
    const commits = result.violations.length > 0;
    return { down, leaderDown, commits, states: result.distinctStates };
  }

  /**
   * Whether this node leads and commits another record, if all others only answer. They have missed
   * their leader once before, for a follower that fetches refuses pre-votes.
   */
  #goesOn(from: ModelState, node: string): boolean {
    copyState(from, this.#state);
    const isLed = this.#takeIfEnabled('append', { leader: node });
    if (!isLed) for (const other of this.#nodes) this.#missLeader(other);
    this.#takeIfEnabled('fetchTimeout', { node });
    this.#settle();
    this.#takeIfEnabled('append', { leader: node });
    this.#settle();
    return oneRecord.holds(viewsOf(this.#state)) !== true;
  }

  #missLeader(node: string): void {
    if (this.#takeIfEnabled('fetchTimeout', { node })) this.#take('electionTimeout', { node });
  }

  /** Lets requests and answers go on until none of them changes anything. */
  #settle(): void {
    const { instances } = this.#compiled;
    const before = this.#compiled.createState();
    for (let moved = true; moved; ) {
      moved = false;
      for (const [index, { action }] of instances.entries()) {
        if (!action.name.startsWith('exchange')) continue;
        if (this.#compiled.enabled(this.#state, index) !== true) continue;
        copyState(this.#state, before);
        this.#compiled.step(this.#state, index);
        moved ||= this.#state.words.some((word, at) => word !== before.words[at]);
      }
    }
  }

  #take(name: string, params: Readonly<Record<string, string | number>>): void {
    if (!this.#takeIfEnabled(name, params)) throw new Error(`${name} cannot be taken`);
  }

  #takeIfEnabled(name: string, params: Readonly<Record<string, string | number>>): boolean {
    const index = this.#compiled.find({ name, params });
    if (index === undefined || this.#compiled.enabled(this.#state, index) !== true) return false;
    this.#compiled.step(this.#state, index);
    return true;
  }
}

/** The model from this state on, in which nobody comes back and nothing more fails. */
function afterwards(model: AnyModel, from: ModelState): AnyModel {
  return {
    ...model,
    initialStates: [(state: ModelState) => copyState(from, state)],
    actions: model.actions.filter(({ kind }) => kind === 'protocol' || kind === 'client'),
  };
}

/** False as soon as another record is committed, which is what is asked. */
const oneRecord: Invariant<ProtocolFields, GhostFields> = {
  kind: 'invariant',
  name: 'nothing-more-is-committed',
  statement: 'Only the first record is ever committed.',
  loss: 'Nothing: it is the question whether another can be.',
  source: 'KIP-595',
  holds({ ghost: { committed } }) {
    for (let offset = 0; offset < committed.length; offset++) {
      if (committed.get(offset).value > 1) return 'the second record is committed';
    }
    return true;
  },
};
const nothingMore = anyProperties([oneRecord]);

/** The state with the types of the quorum model, which made it. */
function viewsOf(state: ModelState): { protocol: ReadonlyProtocol; ghost: ReadonlyGhost } {
  return state as unknown as { protocol: ReadonlyProtocol; ghost: ReadonlyGhost };
}

import { CompiledModel, continuedFrom, type ModelState } from '../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { anyProperties, type Invariant, type TakenAction } from '../../checker/model/property.ts';
import { copyState } from '../../checker/state/schema.ts';
import { defaultConfig, quietScope } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';
import { kraftModel } from '../../models/kraft/model.ts';
import type { KraftDefect } from '../../models/kraft/rules.ts';
import type {
  GhostFields,
  ProtocolFields,
  RaftNode,
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
  /** From the formatted quorum to the outage; where it commits, on to the new record. */
  readonly steps: readonly TakenAction[];
  /** What was explored where no run that commits was found at once. */
  readonly explored?: {
    /** The distinct states after the outage; where nothing commits, all there are. */
    readonly states: number;
    /** Whether a survivor is elected in any of them. */
    readonly elects: boolean;
  };
}

/** What a quorum of so many voters survives, by playing every outage. */
export interface QuorumSurvival {
  readonly voters: number;
  /** The most voters that may be down, whichever they are, with the quorum still committing. */
  readonly survives: number;
  readonly outages: readonly Outage[];
}

/**
 * The first election, one to replace the leader, and one more for an election without winner or for
 * the epoch into which a leader resigns.
 */
export const EPOCHS = 3;

/**
 * Plays what a quorum survives: a leader is elected and a record is committed by all; then every
 * number of voters is stopped, with and without the leader, never to come back. Where a survivor can
 * go on to commit another record, that run is the answer; where none is found, every run of the
 * survivors is explored, a leader that gives up included, and shows that there is none. Voters are
 * alike, so that outages which differ only by the voters' names are one.
 */
export async function quorumSurvival(
  voters: number,
  defects: readonly KraftDefect[] = [],
): Promise<QuorumSurvival> {
  const stage = new Stage(voters, defects);
  const outages: Outage[] = [];
  for (let down = 0; down <= voters; down++) {
    if (down < voters) outages.push(await stage.play(down, false));
    if (down > 0) outages.push(await stage.play(down, true));
  }
  const fatal = outages.filter(({ commits }) => !commits).map(({ down }) => down);
  return { voters, survives: Math.min(...fatal) - 1, outages };
}

/** A quorum in which the first node leads and everybody has the first record. */
class Stage {
  readonly #compiled: CompiledModel;
  readonly #all: readonly RaftNode[];
  readonly #nodes: readonly string[];
  readonly #logEnd: number;
  readonly #epoch: number;
  readonly #committed: ModelState;
  readonly #state: ModelState;
  /** The numbers of the steps that led to the state. */
  #steps: readonly number[] = [];
  readonly #stepsToCommitted: readonly number[];

  constructor(voters: number, defects: readonly KraftDefect[]) {
    const config = { ...defaultConfig, voters, transport: 'rounds' } as const;
    const faults = { crashes: voters, resignations: 1 };
    const bounds = { ...quietScope, ...faults, epochs: EPOCHS, records: 2 };
    this.#compiled = new CompiledModel(kraftModel(config, bounds, defects));
    const { all, nameOf } = nodesOf(config);
    this.#all = all;
    this.#nodes = all.map(nameOf);
    this.#committed = this.#compiled.createState();
    this.#state = this.#compiled.createState();
    this.#compiled.initialize(this.#state, 0);
    this.#take('electionTimeout', { node: 'node-1' });
    this.#settle();
    this.#take('append', { leader: 'node-1' });
    this.#settle();
    copyState(this.#state, this.#committed);
    this.#stepsToCommitted = this.#steps;
    const { ghost, protocol } = viewsOf(this.#committed);
    this.#logEnd = ghost.committed.length;
    this.#epoch = Math.max(...all.map(node => protocol.nodes.get(node).epoch));
  }

  async play(down: number, leaderDown: boolean): Promise<Outage> {
    const stopped = this.#nodes.slice(leaderDown ? 0 : 1).slice(0, down);
    const from = this.#compiled.createState();
    this.#goTo(this.#committed, this.#stepsToCommitted);
    for (const node of stopped) this.#take('crash', { node, kept: this.#logEnd, sent: 'arrives' });
    copyState(this.#state, from);
    const toOutage = this.#steps;
    for (const node of this.#nodes) {
      this.#goTo(from, toOutage);
      if (this.#goesOn(node)) {
        return { down, leaderDown, commits: true, steps: this.#compiled.stepsOf(this.#steps) };
      }
    }
    return { down, leaderDown, ...(await this.#explore(from, toOutage)) };
  }

  async #explore(
    from: ModelState,
    toOutage: readonly number[],
  ): Promise<Pick<Outage, 'commits' | 'steps' | 'explored'>> {
    const after = afterwards(this.#compiled.model, from);
    let elects = false;
    const { violations, distinctStates } = await exploreExhaustively(after, nothingMore, {
      onState: state => {
        elects ||= this.#isLedAnew(viewsOf(state).protocol);
      },
    });
    const further = violations.flatMap(({ steps }) => steps);
    return {
      commits: violations.length > 0,
      steps: [...this.#compiled.stepsOf(toOutage), ...further],
      explored: { states: distinctStates, elects },
    };
  }

  /** Whether a node leads in an epoch after that of the first leader. */
  #isLedAnew({ nodes }: ReadonlyProtocol): boolean {
    return this.#all.some(node => {
      const { state, epoch } = nodes.get(node);
      return state.state === 'leader' && epoch > this.#epoch;
    });
  }

  #goTo(state: ModelState, steps: readonly number[]): void {
    copyState(state, this.#state);
    this.#steps = steps;
  }

  /**
   * Whether this node leads and commits another record, if all others only answer. They have missed
   * their leader once before, for a follower that fetches refuses pre-votes.
   */
  #goesOn(node: string): boolean {
    const isLed = this.#takeIfEnabled('append', { leader: node });
    if (!isLed) for (const other of this.#nodes) this.#missLeader(other);
    this.#takeIfEnabled('fetchTimeout', { node });
    this.#settle();
    this.#takeIfEnabled('append', { leader: node });
    this.#settle();
    return oneRecord.holds(viewsOf(this.#state)) !== true;
  }

  #missLeader(node: string): void {
    // Where one vote is enough, the node leads already and has no election timer.
    if (!this.#takeIfEnabled('fetchTimeout', { node })) return;
    this.#takeIfEnabled('electionTimeout', { node });
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
        if (this.#state.words.every((word, at) => word === before.words[at])) continue;
        this.#steps = [...this.#steps, index];
        moved = true;
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
    this.#steps = [...this.#steps, index];
    return true;
  }
}

/**
 * The model from this state on, in which nobody comes back and nothing more fails. A leader may
 * resign, as it does when a majority no longer fetches from it.
 */
function afterwards(model: AnyModel, from: ModelState): AnyModel {
  const actions = model.actions.filter(
    ({ kind, name }) => kind === 'protocol' || kind === 'client' || name === 'resign',
  );
  return continuedFrom({ ...model, actions }, from);
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
  return state.propertyScope as unknown as { protocol: ReadonlyProtocol; ghost: ReadonlyGhost };
}

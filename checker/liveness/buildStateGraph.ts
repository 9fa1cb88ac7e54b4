import { type ActionInstance, CompiledModel, labelOf } from '../core/compiledModel.ts';
import { type Control, type StopReason, unlimited } from '../core/control.ts';
import { crashMessage, ModelError } from '../core/errors.ts';
import { MOST_GRAPH_WORDS } from '../limits.ts';
import type { AnyModel } from '../model/model.ts';
import { copyState } from '../state/schema.ts';
import { recheckGraph } from './recheckGraph.ts';
import { StateGraph } from './stateGraph.ts';

/** Where the search for states ends. */
export interface GraphLimits {
  /** Stop when this many states are known. */
  readonly maxStates?: number;
  readonly control?: Control;
}

/** The states that were found, and why these are not all. */
export interface BuiltGraph {
  readonly graph: StateGraph;
  readonly stopped?: StopReason;
  /** Levels of the breadth-first search, the initial states being the first. */
  readonly depth: number;
  /** A state that every step was taken in: it has counted the transitions. */
  readonly lastState: ReturnType<CompiledModel['createState']>;
}

/** Expansions between two questions to the {@link Control}. */
const POLL_EVERY = 2048;

/**
 * Finds every reachable state and every step, breadth first, and computes some of them once more.
 *
 * @param mostWords - Fewer words of a list than there may be at most, for tests of what happens then.
 * @throws ModelError when an action throws, with the steps that lead there.
 */
export async function buildStateGraph(
  model: AnyModel,
  limits: GraphLimits,
  mostWords: number = MOST_GRAPH_WORDS,
): Promise<BuiltGraph> {
  return new Building(model, limits, mostWords).run();
}

class Building {
  readonly #model: CompiledModel;
  readonly #graph: StateGraph;
  readonly #limits: GraphLimits;
  readonly #mostWords: number;
  readonly #before;
  readonly #after;
  /** Instances that can be taken in the state being expanded and are early there. */
  readonly #early: number[] = [];
  #depth = 0;

  constructor(model: AnyModel, limits: GraphLimits, mostWords: number) {
    this.#mostWords = mostWords;
    this.#model = new CompiledModel(model);
    this.#graph = new StateGraph(this.#model);
    this.#limits = limits;
    this.#before = this.#model.createState();
    this.#after = this.#model.createState();
  }

  async run(): Promise<BuiltGraph> {
    for (const index of this.#model.model.initialStates.keys()) {
      this.#model.initialize(this.#after, index);
      this.#graph.addInitial(this.#after, index);
    }
    const stopped = await this.#expandAll();
    recheckGraph(this.#graph);
    const end = stopped === undefined ? {} : { stopped };
    return { graph: this.#graph, depth: this.#depth, lastState: this.#after, ...end };
  }

  async #expandAll(): Promise<StopReason | undefined> {
    const graph = this.#graph;
    const { maxStates = Number.POSITIVE_INFINITY, control = unlimited } = this.#limits;
    let nextLevel = 0;
    while (graph.expanded < graph.size) {
      if (graph.expanded === nextLevel) {
        nextLevel = graph.size;
        this.#depth++;
      }
      if (graph.isFull(this.#mostWords)) return 'memory limit';
      this.#expand();
      if (graph.size >= maxStates) return 'state limit';
      if (graph.expanded % POLL_EVERY !== 0) continue;
      const reason = await control.poll({
        engine: 'exhaustive',
        distinctStates: graph.size,
        generatedStates: graph.edges,
        depth: this.#depth,
        pending: graph.size - graph.expanded,
        bytes: graph.bytes,
      });
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** Takes every action in the next state. */
  #expand(): void {
    const graph = this.#graph;
    graph.read(graph.expanded, this.#before);
    const { live } = this.#model;
    for (let index = 0; index < live.length; index++)
      this.#located(live[index] as number, this.#take);
    graph.beginEarly();
    for (const index of this.#early.splice(0)) this.#located(index, this.#add);
    const { bounded } = graph.fairness;
    for (const index of bounded) this.#located(index, this.#addHeldBack);
    graph.endState();
  }

  readonly #take = (index: number): void => {
    const model = this.#model;
    if (model.enabled(this.#before, index) !== true) return;
    if (this.#graph.fairness.isEarly(this.#before, index)) this.#early.push(index);
    else this.#add(index);
  };

  readonly #add = (index: number): void => {
    const model = this.#model;
    copyState(this.#before, this.#after);
    model.step(this.#after, index);
    this.#graph.addEdge(index, this.#after);
  };

  readonly #addHeldBack = (index: number): void => {
    if (this.#graph.fairness.isHeldBack(this.#before, index)) this.#graph.addHeldBack(index);
  };

  /** Does something with an instance; an error of the model's gets the steps that lead there. */
  #located(index: number, run: (index: number) => void): void {
    try {
      run(index);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      const where = `action ${this.#labelOf(index)}`;
      throw new ModelError(crashMessage(where, error), this.#steps(index), error);
    }
  }

  #steps(index: number) {
    const path = this.#graph.pathAlong(this.#graph.statesTo(this.#graph.expanded));
    return this.#model.stepsOf([...path.instances, index]);
  }

  #labelOf(index: number): string {
    return labelOf((this.#model.instances[index] as ActionInstance).taken);
  }
}

import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { errorAt } from '../core/errors.ts';
import { StateStore } from '../core/stateStore.ts';
import type { FieldPath } from '../state/fieldPath.ts';
import { copyState } from '../state/schema.ts';
import type { Observation } from './observation.ts';
import { CompiledReading, ObservationError, watchedFields } from './patterns.ts';

/** A step on the way from an initial state to a node, with what it was seen in. */
export interface ExplainedStep {
  /** The instance that was taken; absent where somebody looked at the state. */
  readonly instance: number | undefined;
  /** The reading that tells of it, if it was observed. */
  readonly reading: CompiledReading | undefined;
  /** The first line of that reading. */
  readonly line: number;
}

/** Where a search has come to: a state in which everything before a line is explained. */
interface Node {
  readonly state: number;
  readonly line: number;
  /** Unobserved steps since the last line. */
  readonly unobserved: number;
  readonly parent: Node | undefined;
  readonly step: ExplainedStep | undefined;
  readonly initialState: number;
}

/** How a search ended. */
export interface Searched {
  readonly end: 'explained' | 'unexplained' | 'state limit';
  /** How many lines were explained at most. */
  readonly line: number;
  /** The nodes that came so far, in the order in which they were found. */
  readonly furthest: readonly Node[];
  readonly distinctStates: number;
  readonly generatedStates: number;
}

export type { Node as SearchNode };

/** First in, first out. */
class Queue {
  readonly #nodes: Node[] = [];
  #taken = 0;

  get isEmpty(): boolean {
    return this.#taken === this.#nodes.length;
  }
  add(node: Node): void {
    this.#nodes.push(node);
  }
  take(): Node {
    return this.#nodes[this.#taken++] as Node;
  }
}

/**
 * Looks for a run that is as it was observed. A node is a state and how many lines are explained; what was
 * explained furthest is expanded first, and of that what took the fewest unobserved steps. A node that is
 * reached again is expanded again only if it then has more unobserved steps left. So an explanation is found soon
 * if there is one, and where there is none everything has been tried within the bound of unobserved steps.
 */
export class Search {
  readonly readings: readonly (readonly CompiledReading[])[];
  readonly store: StateStore;
  readonly #model: CompiledModel;
  readonly #observation: Observation;
  readonly #watched: readonly FieldPath[];
  /** The instances that may have been taken unobserved. */
  readonly #silent: ReadonlySet<number>;
  /** By line and by unobserved steps, in the order in which they were found. */
  readonly #queues: Queue[][];
  /** For each line the fewest unobserved steps with which each state was reached there. */
  readonly #reached: Map<number, number>[];
  readonly #before: ModelState;
  readonly #after: ModelState;
  #generated = 0;
  /** No node waits beyond this line. */
  #last = 0;
  /** The furthest line that was reached, and the nodes there. */
  #best: { line: number; nodes: Node[] } = { line: 0, nodes: [] };

  /** @throws ObservationError, FieldPathError when the observation is not one of the model. */
  constructor(model: CompiledModel, observation: Observation) {
    this.#model = model;
    this.#observation = observation;
    this.#watched = watchedFields(model, observation);
    const { lines, unobserved, mostUnobserved } = observation;
    this.readings = lines.map(({ readings }, at) =>
      readings.map(reading => new CompiledReading(model, reading, { at, watched: this.#watched })),
    );
    this.#expectWithin();
    const silent = unobserved === undefined ? undefined : new Set(unobserved);
    this.#silent = new Set(model.instancesOf(silent));
    this.#queues = Array.from({ length: lines.length + 1 }, () =>
      Array.from({ length: mostUnobserved + 1 }, () => new Queue()),
    );
    this.#reached = Array.from({ length: lines.length + 1 }, () => new Map());
    this.store = new StateStore(model.schema);
    this.#before = model.createState();
    this.#after = model.createState();
  }

  #expectWithin(): void {
    this.readings.forEach((readings, at) => {
      if (readings.every(({ next }) => next <= this.readings.length && next > at)) return;
      throw new ObservationError(`line ${at + 1} has a reading of more lines than there are`);
    });
  }

  /**
   * Searches until the last line is explained or there is nothing left to try.
   *
   * @param mostStates - Distinct states after which it gives up.
   * @throws ModelError when the model crashes.
   */
  run(mostStates: number): Searched {
    this.#model.model.initialStates.forEach((_, initialState) => {
      this.#model.initialize(this.#after, initialState);
      this.#reach({ line: 0, unobserved: 0, parent: undefined, step: undefined, initialState });
    });
    for (let line = this.#furthest(); line >= 0; line = this.#furthest()) {
      if (line === this.readings.length) return this.#ended('explained');
      if (this.store.size > mostStates) return this.#ended('state limit');
      this.#expand(this.#next(line));
    }
    return this.#ended('unexplained');
  }

  #ended(end: Searched['end']): Searched {
    return {
      end,
      line: this.#best.line,
      furthest: this.#best.nodes,
      distinctStates: this.store.size,
      generatedStates: this.#generated,
    };
  }

  /** The furthest line at which a node waits, or -1. */
  #furthest(): number {
    while (this.#last >= 0 && this.#queues[this.#last]?.every(({ isEmpty }) => isEmpty))
      this.#last--;
    return this.#last;
  }

  #next(line: number): Node {
    const queue = this.#queues[line]?.find(({ isEmpty }) => !isEmpty);
    if (queue === undefined) throw new Error('no node waits there');
    return queue.take();
  }

  #expand(node: Node): void {
    const { line, unobserved } = node;
    this.store.read(node.state, this.#before.bytes);
    this.#look(node);
    for (const index of this.#candidates(node)) {
      if (this.#model.enabled(this.#before, index) !== true) continue;
      copyState(this.#before, this.#after);
      this.#step(node, index);
      const { bytes } = this.#after;
      for (const reading of this.readings[line] as readonly CompiledReading[]) {
        if (reading.kind !== 'step' || !reading.instances.has(index)) continue;
        if (!reading.matches(this.#before.bytes, bytes)) continue;
        const step = { instance: index, reading, line };
        this.#reach({ ...node, line: reading.next, unobserved: 0, parent: node, step });
      }
      if (unobserved === this.#observation.mostUnobserved || !this.#isSilent(index)) continue;
      const step = { instance: index, reading: undefined, line };
      this.#reach({ ...node, unobserved: unobserved + 1, parent: node, step });
    }
  }

  /** The instances that may come next: where no unobserved step is left, those of the line alone. */
  #candidates({ line, unobserved }: Node): Iterable<number> {
    if (unobserved < this.#observation.mostUnobserved) return this.#model.live;
    const readings = this.readings[line] as readonly CompiledReading[];
    return this.#model.live.filter(index => readings.some(({ instances }) => instances.has(index)));
  }

  /** Lines that tell of the state as it is. */
  #look(node: Node): void {
    for (const reading of this.readings[node.line] as readonly CompiledReading[]) {
      if (reading.kind !== 'state' || !reading.matches(undefined, this.#before.bytes)) continue;
      copyState(this.#before, this.#after);
      const step = { instance: undefined, reading, line: node.line };
      this.#reach({ ...node, line: reading.next, unobserved: 0, parent: node, step });
    }
  }

  #step(node: Node, index: number): void {
    try {
      this.#model.step(this.#after, index);
    } catch (error) {
      const steps = [...pathTo(node).flatMap(({ instance }) => instance ?? []), index];
      throw errorAt(error, 'a step of the search', this.#model.stepsOf(steps));
    }
    this.#generated++;
  }

  /** Whether nobody may have seen the step that was just taken. */
  #isSilent(index: number): boolean {
    if (!this.#silent.has(index)) return false;
    return this.#watched.every(field => field.isSame(this.#before.bytes, this.#after.bytes));
  }

  /** Notes a node whose state is the one after the step. */
  #reach(found: Omit<Node, 'state'>): void {
    const state = this.store.add(this.#after.bytes);
    const reached = this.#reached[found.line] as Map<number, number>;
    const fewest = reached.get(state);
    if (fewest !== undefined && fewest <= found.unobserved) return;
    reached.set(state, found.unobserved);
    const node = { ...found, state };
    this.#queues[found.line]?.[found.unobserved]?.add(node);
    this.#last = Math.max(this.#last, found.line);
    if (found.line > this.#best.line) this.#best = { line: found.line, nodes: [] };
    if (found.line === this.#best.line) this.#best.nodes.push(node);
  }
}

/** The steps from the initial state to a node. */
export function pathTo(node: Node): ExplainedStep[] {
  const path: ExplainedStep[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.step !== undefined) path.push(at.step);
  }
  return path.reverse();
}

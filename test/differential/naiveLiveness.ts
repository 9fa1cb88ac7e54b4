import type { DrawnTemporal } from './drawnModel.ts';
import { type NaiveGraph, type NaiveState, type Thrown, threw } from './naiveGraph.ts';

/** What can be done in a state for ever, and what has to be. */
interface Prospects {
  /** Fair instances that can be taken and are due, or that only a bound of the scope keeps from it. */
  readonly able: ReadonlySet<number>;
  /** Of these, the ones that a bound keeps from it. */
  readonly waiting: ReadonlySet<number>;
  /** Of the first, those that are strongly fair. */
  readonly strong: ReadonlySet<number>;
  /** Steps that a run may take again and again. */
  readonly repeatable: readonly { readonly instance: number; readonly to: number }[];
}

/** What becomes of one temporal property, from the definitions. */
export interface NaiveTemporal {
  readonly obligations: number;
  readonly met: number;
  readonly cutOff: number;
  /** Steps to the nearest place where a fair run can stay for ever without the goal, if there is one. */
  readonly nearest: number | undefined;
}

/** An error, and the steps to it. */
export interface ThrownAt extends Thrown {
  readonly depth: number;
}

/** The fair runs of a model. */
export class NaiveFairness {
  readonly #graph: NaiveGraph;
  readonly #prospects: readonly Prospects[];
  /** What guards, steps and the functions that say what is due throw. */
  readonly thrown: ThrownAt[] = [];

  constructor(graph: NaiveGraph) {
    this.#graph = graph;
    this.#prospects = graph.states.map((_, id) => this.#prospectsOf(id));
  }

  #prospectsOf(id: number): Prospects {
    const graph = this.#graph;
    const { steps, thrown, depth } = graph.states[id] as NaiveState;
    const scope = graph.scopeAt(id);
    const hear = (said: boolean | Thrown): boolean => {
      if (threw(said)) this.thrown.push({ ...said, depth: depth + 1 });
      return said === true;
    };
    thrown.forEach(hear);
    const [able, waiting] = [new Set<number>(), new Set<number>()];
    const repeatable: { instance: number; to: number }[] = [];
    const taken = new Map(steps.map(step => [step.instance, step]));
    for (const [index, { action }] of graph.instances.entries()) {
      const { fair, kind, spends, heldBack, due } = graph.drawn.actions[action] ?? {};
      const isFair = fair === 'strong' || (fair ?? (kind === 'protocol' || kind === 'recovery'));
      const isDue = (): boolean => due === undefined || hear(graph.asked('due', scope, index));
      const step = taken.get(index);
      if (step !== undefined) {
        const isEarly = isFair && !isDue();
        if (isFair && !isEarly) able.add(index);
        if (threw(step.to)) hear(step.to as Thrown);
        else if (!isEarly) repeatable.push({ instance: index, to: step.to as number });
      } else if (isFair && (spends !== undefined || heldBack !== undefined)) {
        const isSpent = spends !== undefined && hear(graph.asked('guard', scope, index));
        const isHeld =
          isSpent || (heldBack !== undefined && hear(graph.asked('heldBack', scope, index)));
        if (!isHeld || !isDue()) continue;
        able.add(index);
        waiting.add(index);
      }
    }
    const isStrong = (index: number): boolean => {
      const { action } = graph.instances[index] ?? { action: -1 };
      return graph.drawn.actions[action]?.fair === 'strong';
    };
    return { able, waiting, repeatable, strong: new Set([...able].filter(isStrong)) };
  }

  /** What becomes of a property, or what its own code throws. */
  judge(property: DrawnTemporal, index: number): NaiveTemporal | readonly ThrownAt[] {
    const graph = this.#graph;
    const { when, goal } = graph.functions.temporal[index] ?? {};
    const thrown: ThrownAt[] = [];
    const asks = graph.states.map((state, id) => {
      const scope = graph.scopeAt(id);
      try {
        const isDue =
          property.kind === 'eventually' ? graph.initial.includes(id) : when?.(scope) === true;
        return { isDue, isGoal: goal?.(scope) === true };
      } catch (error) {
        const name = error instanceof Error ? error.name : String(error);
        thrown.push({ by: property.name, error: name, depth: state.depth });
        return { isDue: false, isGoal: false };
      }
    });
    if (thrown.length > 0) return thrown;
    const due = [...asks.keys()].filter(id => asks[id]?.isDue);
    const unmet = due.filter(id => !asks[id]?.isGoal);
    const isGoal = (id: number): boolean => asks[id]?.isGoal === true;
    const distances = this.#distances(unmet, isGoal);
    const parts = this.#parts(new Set(distances.keys()));
    const fair = parts.filter(part => this.#isFair(part));
    const ends = fair.flat().map(id => distances.get(id) as number);
    const cut = new Set(parts.filter(part => this.#isCutOff(part)).flat());
    const reaches = (wanted: (id: number) => boolean) => (id: number) =>
      this.#reach(id, isGoal).some(wanted);
    const isGoalNext = (id: number): boolean => this.#successors(id).some(isGoal);
    return {
      obligations: due.length,
      met: due.length - unmet.length + unmet.filter(reaches(isGoalNext)).length,
      cutOff: unmet.filter(reaches(id => cut.has(id))).length,
      nearest: ends.length === 0 ? undefined : Math.min(...ends),
    };
  }

  /** Whether these states, each with the instance that leads on, can go round for ever in a fair run. */
  isFairLoop(
    loop: readonly { readonly id: number; readonly instance: number | undefined }[],
  ): boolean {
    const all = [...this.#graph.instances.keys()];
    const isRepeated = loop.every(
      ({ id, instance }) =>
        instance === undefined ||
        this.#prospects[id]?.repeatable.some(step => step.instance === instance) === true,
    );
    return (
      isRepeated &&
      all.every(
        index =>
          loop.some(({ instance }) => instance === index) ||
          (loop.some(({ id }) => this.#prospects[id]?.able.has(index) !== true) &&
            loop.every(({ id }) => this.#prospects[id]?.strong.has(index) !== true)),
      )
    );
  }

  #successors(id: number): number[] {
    const { steps } = this.#graph.states[id] as NaiveState;
    return steps.flatMap(({ to }) => (typeof to === 'number' ? [to] : []));
  }

  /** Every state that is reached from this one, itself included, without the goal. */
  #reach(id: number, isGoal: (id: number) => boolean): number[] {
    const reached = new Set([id]);
    for (const at of reached) {
      for (const to of this.#successors(at)) if (!isGoal(to)) reached.add(to);
    }
    return [...reached];
  }

  /** By state in which something is pending: the steps of a shortest run to it in which it is. */
  #distances(unmet: readonly number[], isGoal: (id: number) => boolean): Map<number, number> {
    const distances = new Map<number, number>();
    const deepest = Math.max(0, ...this.#graph.states.map(({ depth }) => depth));
    let level: number[] = [];
    for (let distance = 0; distance <= deepest || level.length > 0; distance++) {
      const arisen = unmet.filter(id => this.#graph.states[id]?.depth === distance);
      const now = new Set([...arisen, ...level].filter(id => !distances.has(id)));
      for (const id of now) distances.set(id, distance);
      level = [...now].flatMap(id => this.#successors(id)).filter(id => !isGoal(id));
    }
    return distances;
  }

  /** The states that reach each other by steps that can be repeated, within these. */
  #components(within: ReadonlySet<number>): number[][] {
    const before = new Map<number, number[]>([...within].map(id => [id, []]));
    const after = new Map<number, number[]>();
    for (const id of within) {
      const next = (this.#prospects[id]?.repeatable ?? [])
        .map(({ to }) => to)
        .filter(to => within.has(to));
      after.set(id, next);
      for (const to of next) before.get(to)?.push(id);
    }
    const parts: number[][] = [];
    const left = new Set(within);
    for (const id of within) {
      if (!left.has(id)) continue;
      const [forth, back] = [after, before].map(edges => {
        const reached = new Set([id]);
        for (const at of reached) {
          for (const to of edges.get(at) ?? []) if (left.has(to)) reached.add(to);
        }
        return reached;
      });
      const part = [...(forth ?? [])].filter(one => back?.has(one));
      for (const one of part) left.delete(one);
      parts.push(part);
    }
    return parts;
  }

  /**
   * The components, and of those in which strong fairness lets no run stay the components of what is left
   * without the states in which something strongly fair is passed over, and so on.
   */
  #parts(within: ReadonlySet<number>): number[][] {
    return this.#components(within).flatMap(part => {
      const strong = this.#passedOverStrongly(part);
      if (this.#passedOverWeakly(part).length > 0 || strong.length === 0) return [part];
      const isAble = (id: number): boolean =>
        strong.some(index => this.#prospects[id]?.able.has(index) === true);
      return [part, ...this.#parts(new Set(part.filter(id => !isAble(id))))];
    });
  }

  /** The instances that are passed over for ever by every run that visits all of these states for ever. */
  #passedOver(part: readonly number[]): number[] {
    return [...new Set([...this.#passedOverWeakly(part), ...this.#passedOverStrongly(part)])];
  }

  #passedOverStrongly(part: readonly number[]): number[] {
    const able = new Set(part.flatMap(id => [...(this.#prospects[id]?.strong ?? [])]));
    const taken = this.#takenWithin(part);
    return [...able].filter(index => !taken.has(index));
  }

  #passedOverWeakly(part: readonly number[]): number[] {
    const [first, ...others] = part.map(id => this.#prospects[id] as Prospects);
    const taken = this.#takenWithin(part);
    const all = [...(first?.able ?? [])].filter(index =>
      others.every(({ able }) => able.has(index)),
    );
    // What only waits is not taken, though its budget may let it be elsewhere.
    return all.filter(index => !taken.has(index));
  }

  #takenWithin(part: readonly number[]): ReadonlySet<number> {
    const own = new Set(part);
    return new Set(
      part.flatMap(id =>
        (this.#prospects[id]?.repeatable ?? [])
          .filter(({ to }) => own.has(to))
          .map(({ instance }) => instance),
      ),
    );
  }

  #isFair(part: readonly number[]): boolean {
    return this.#passedOver(part).length === 0;
  }

  #isCutOff(part: readonly number[]): boolean {
    const passed = this.#passedOver(part);
    const waits = (index: number): boolean =>
      part.some(id => this.#prospects[id]?.waiting.has(index) === true);
    return passed.length > 0 && passed.every(waits);
  }
}

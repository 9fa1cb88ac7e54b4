import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import type { ComparedBreaks, Violation } from '../results/result.ts';
import { Causes } from '../runs/causeOf.ts';
import { firstViolation } from '../runs/firstViolation.ts';
import { ToldCauses } from '../runs/toldCauses.ts';

/** Of each property so many runs are shortened and compared. */
const MOST_COMPARED = 128;

/** The runs that break a property that was broken before, where several counterexamples are looked for. */
export class FurtherRuns {
  readonly #model: CompiledModel;
  readonly #states: readonly [ModelState, ModelState];
  readonly #causes: Causes;
  readonly #told: ToldCauses;
  readonly #runs = new Map<AnyProperty, { readonly walk: Walk; readonly run: number }[]>();
  readonly #compared: ComparedBreaks[] = [];

  /** @param most - Counterexamples of each property. */
  constructor(model: CompiledModel, most: number) {
    this.#model = model;
    this.#states = [model.createState(), model.createState()];
    this.#causes = new Causes(model);
    this.#told = new ToldCauses(model, most);
  }

  /** How many runs broke each property beyond the first that did, and how many of them were compared. */
  get compared(): readonly ComparedBreaks[] {
    return this.#compared;
  }

  /** Keeps a run if it breaks the property. */
  look(property: AnyProperty, walk: Walk, run: number): void {
    const found = firstViolation(this.#model, property, walk, this.#states);
    if (found === undefined) return;
    const kept = new Walk(walk.initialState, walk.actions.slice(0, found.after));
    const runs = this.#runs.get(property) ?? [];
    this.#runs.set(property, runs);
    runs.push({ walk: kept, run });
  }

  /** The first counterexample of a property, and those of other causes among its runs, each shortened. */
  withFirst(property: AnyProperty, violation: Violation): readonly Violation[] {
    const told = [this.#told.first(property, violation)];
    const runs = this.#runs.get(property) ?? [];
    let compared = 0;
    for (const { walk, run } of runs.slice(0, MOST_COMPARED)) {
      if (this.#told.isFull(property.name)) break;
      compared++;
      const { initialState, actions } = this.#causes.reduced(property, walk);
      const found = firstViolation(
        this.#model,
        property,
        new Walk(initialState, actions),
        this.#states,
      );
      if (found === undefined) continue;
      const steps = this.#model.stepsOf(actions);
      const { clause } = found;
      const further = this.#told.further(property, { clause, initialState, steps, run });
      if (further !== undefined) told.push(further);
    }
    this.#compared.push({ property: property.name, found: runs.length, compared });
    return told;
  }
}

import type { CompiledModel } from '../core/compiledModel.ts';
import { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import type { Violation } from '../results/result.ts';
import { Causes, causeText } from './causeOf.ts';

/** The counterexamples of each property that are told, of which no two are of one cause. */
export class ToldCauses {
  readonly #model: CompiledModel;
  readonly #most: number;
  readonly #causes: Causes;
  /** By name of a property: the causes. */
  readonly #told = new Map<string, Set<string>>();
  /** By name of a property: the steps of a shortest counterexample, where one is known. */
  readonly #shortest = new Map<string, number>();

  /** @param most - Counterexamples of each property. */
  constructor(model: CompiledModel, most: number) {
    this.#model = model;
    this.#most = most;
    this.#causes = new Causes(model);
  }

  /** Whether no more counterexamples of this property are wanted. */
  isFull(property: string): boolean {
    return (this.#told.get(property)?.size ?? 0) >= this.#most;
  }

  /** The first counterexample of a property, with its cause. */
  first(property: AnyProperty, violation: Violation): Violation {
    const names = violation.steps.map(({ name }) => name);
    const cause = this.#causes.of(property, this.#walkOf(violation)) ?? [...new Set(names)];
    return this.resume({ ...violation, cause });
  }

  /** One that was told before a search that is resumed, in its order. */
  resume(violation: Violation): Violation {
    const { property, steps, shortest, cause = [] } = violation;
    if (shortest) this.#shortest.set(property, steps.length);
    this.#isNew(property, cause);
    return violation;
  }

  /** A further counterexample with its cause; nothing if that was told before, or a shorter run shows the same. */
  further(property: AnyProperty, run: Run): Violation | undefined {
    const { name, kind } = property;
    const cause = this.#causes.of(property, this.#walkOf(run));
    if (cause === undefined || !this.#isNew(name, cause)) return undefined;
    const shortest = run.steps.length === this.#shortest.get(name);
    return { property: name, kind, ...run, shortest, cause };
  }

  /** Whether a cause is new, which it then is no more. */
  #isNew(property: string, cause: readonly string[]): boolean {
    const told = this.#told.get(property) ?? new Set();
    this.#told.set(property, told);
    const text = causeText(cause);
    if (told.has(text)) return false;
    told.add(text);
    return true;
  }

  #walkOf({ initialState, steps }: Pick<Run, 'initialState' | 'steps'>): Walk {
    const actions = steps.map(step => this.#model.find(step)).filter(index => index !== undefined);
    return new Walk(initialState, actions);
  }
}

/** A run that breaks a property, and the number of the one that it was shortened from, if it was drawn. */
type Run = Pick<Violation, 'clause' | 'initialState' | 'steps' | 'run'>;

import type { ModelState } from '../explore/compiledModel.ts';
import { crashMessage, ModelError } from '../explore/errors.ts';
import { holdsOf, isTrue } from '../model/answers.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';

/**
 * Asks properties. An answer lists those that say something: the place of each, twice, and one more where
 * it is violated or, for a goal, reached. A property whose antecedent is false, and a goal that is not
 * reached, says nothing.
 */
export class Judge {
  readonly #properties: readonly AnyProperty[];
  readonly #invariants: readonly number[];
  #onSteps: readonly number[];

  constructor(properties: readonly AnyProperty[]) {
    this.#properties = properties;
    const asked = [...properties.keys()].filter(
      place => properties[place]?.notApplicable === undefined,
    );
    this.#invariants = asked.filter(place => properties[place]?.kind === 'invariant');
    this.#onSteps = asked.filter(place => properties[place]?.kind !== 'invariant');
  }

  /** Leaves out goals that have been reached, and returns whether that changes anything. */
  leaveOut(goals: ReadonlySet<number>): boolean {
    const before = this.#onSteps.length;
    this.#onSteps = this.#onSteps.filter(place => !goals.has(place));
    return this.#onSteps.length < before;
  }

  /** What the invariants say of a state. */
  state({ propertyScope: scope }: ModelState): number[] {
    const said: number[] = [];
    for (const place of this.#invariants) {
      this.#ask(place, said, property => {
        if (property.kind !== 'invariant') return undefined;
        if (property.when && !isTrue(property.when(scope), 'when')) return undefined;
        return holdsOf(property.holds(scope)) !== true;
      });
    }
    return said;
  }

  /** What step properties and goals say of a step. */
  step(
    { before, after }: { readonly before: ModelState; readonly after: ModelState },
    action: TakenAction,
  ): number[] {
    const said: number[] = [];
    const [from, to] = [before.propertyScope, after.propertyScope];
    for (const place of this.#onSteps) {
      this.#ask(place, said, property => {
        if (property.kind === 'sometimes') {
          return isTrue(property.reaches(from, to, action), 'reaches') ? true : undefined;
        }
        if (property.kind !== 'step') return undefined;
        if (property.when && !isTrue(property.when(from, to, action), 'when')) return undefined;
        return holdsOf(property.holds(from, to, action)) !== true;
      });
    }
    return said;
  }

  #ask(place: number, said: number[], ask: (property: AnyProperty) => boolean | undefined): void {
    const property = this.#properties[place] as AnyProperty;
    try {
      const isFound = ask(property);
      if (isFound !== undefined) said.push(2 * place + (isFound ? 1 : 0));
    } catch (cause) {
      throw new ModelError(crashMessage(`property "${property.name}"`, cause), [], cause);
    }
  }
}

import { holdsOf, isTrue } from '../model/answers.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import type { ModelState } from './compiledModel.ts';
import { crashMessage, ModelError } from './errors.ts';

/** A property has nothing to say (its antecedent is false, its goal is not reached), or it has. */
export const [SILENT, HOLDS, FOUND] = [0, 1, 2] as const;
/** What a property says; {@link FOUND}: it is violated or, if it is a goal, reached. */
export type Said = typeof SILENT | typeof HOLDS | typeof FOUND;

/** Asks properties, by their places in the list. Those that do not apply are never asked. */
export class Judge {
  readonly properties: readonly AnyProperty[];
  /** The places of those that are asked of states. */
  readonly invariants: readonly number[];
  #onSteps: readonly number[];

  constructor(properties: readonly AnyProperty[]) {
    this.properties = properties;
    const asked = [...properties.keys()].filter(
      place => properties[place]?.notApplicable === undefined,
    );
    this.invariants = asked.filter(place => properties[place]?.kind === 'invariant');
    this.#onSteps = asked.filter(place => properties[place]?.kind !== 'invariant');
  }

  /** The places of those that are asked of steps. */
  get onSteps(): readonly number[] {
    return this.#onSteps;
  }

  /** Leaves out goals that have been reached, and returns whether that changes anything. */
  leaveOut(goals: ReadonlySet<number>): boolean {
    const before = this.#onSteps.length;
    this.#onSteps = this.#onSteps.filter(place => !goals.has(place));
    return this.#onSteps.length < before;
  }

  /** What an invariant says of a state. */
  state(place: number, { propertyScope: scope }: ModelState): Said {
    return this.#ask(place, property => {
      if (property.kind !== 'invariant') return SILENT;
      if (property.when && !isTrue(property.when(scope), 'when')) return SILENT;
      return holdsOf(property.holds(scope)) === true ? HOLDS : FOUND;
    });
  }

  /** What a step property or a goal says of a step. */
  step(
    place: number,
    { before, after }: { readonly before: ModelState; readonly after: ModelState },
    action: TakenAction,
  ): Said {
    const [from, to] = [before.propertyScope, after.propertyScope];
    return this.#ask(place, property => {
      if (property.kind === 'sometimes') {
        return isTrue(property.reaches(from, to, action), 'reaches') ? FOUND : SILENT;
      }
      if (property.kind !== 'step') return SILENT;
      if (property.when && !isTrue(property.when(from, to, action), 'when')) return SILENT;
      return holdsOf(property.holds(from, to, action)) === true ? HOLDS : FOUND;
    });
  }

  #ask(place: number, ask: (property: AnyProperty) => Said): Said {
    const property = this.properties[place] as AnyProperty;
    try {
      return ask(property);
    } catch (cause) {
      throw new ModelError(crashMessage(`property "${property.name}"`, cause), [], cause);
    }
  }
}

/** Of the properties in these places those that do not keep silent: four times the place, and what they say. */
export function saidBy(places: readonly number[], ask: (place: number) => number): number[] {
  const said: number[] = [];
  for (const place of places) {
    const what = ask(place);
    if (what !== SILENT) said.push(4 * place + what);
  }
  return said;
}

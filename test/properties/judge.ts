import type { AnyProperty, PropertyScope, TakenAction } from '../../checker/model/property.ts';
import type { Fields } from '../../checker/state/fields.ts';

/** A hand-built step. */
interface Step {
  readonly before: object;
  readonly after: object;
  readonly action: TakenAction;
}

/** Places where a property holds (or a goal is reached), where it does not, and where it is silent. */
export interface CasesOf<Place> {
  readonly good: Readonly<Record<string, Place>>;
  /** With the clause that is false, where the property gives one. */
  readonly bad: Readonly<Record<string, readonly [Place, string | false]>>;
  /** Where the antecedent is false; goals and claims about every state have none. */
  readonly silent?: Readonly<Record<string, Place>>;
}

/** What a property says of a place; `nothing` where its antecedent is false. */
type Judgement = boolean | string;

/** What a property says of a place: its name, the case, the place, the judgement. */
export type CaseOf<Place> = readonly [
  property: string,
  name: string,
  place: Place,
  judgement: Judgement,
];

/** Asks an invariant about a state, or a step property or goal about a step. */
export function judge(property: AnyProperty, place: object): Judgement {
  if (property.kind === 'invariant') {
    if (isStep(place)) throw new Error(`${property.name} is about states`);
    const state = erased(place);
    return property.when?.(state) === false ? 'nothing' : property.holds(state);
  }
  if (!isStep(place)) throw new Error(`${property.name} is about steps`);
  const step = [erased(place.before), erased(place.after), place.action] as const;
  if (property.kind === 'sometimes') return property.reaches(...step);
  return property.when?.(...step) === false ? 'nothing' : property.holds(...step);
}

/** What the properties of a scope say of the places of a table. */
export function judged(
  properties: readonly AnyProperty[],
  table: readonly CaseOf<object>[],
): unknown[] {
  return table.map(([name, what, place]) => {
    const property = properties.find(each => each.name === name);
    if (property === undefined) throw new Error(`there is no property ${name}`);
    return [name, what, judge(property, place)];
  });
}

/** What the table expects them to say. */
export function told(table: readonly CaseOf<object>[]): unknown[] {
  return table.map(([name, what, , judgement]) => [name, what, judgement]);
}

function isStep(place: object): place is Step {
  return 'before' in place;
}

/** The state as the engines give it to a property, which was written for its schema. */
function erased(state: object): PropertyScope<Fields, Fields> {
  return state as unknown as PropertyScope<Fields, Fields>;
}

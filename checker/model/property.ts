import type { Fields } from '../state/fields.ts';
import type { ReadonlyRecordView } from '../state/viewTypes.ts';
import type { ParamName } from './arguments.ts';

/** What a property may look at: everything but the budget, to read. */
export interface PropertyScope<P extends Fields, G extends Fields> {
  readonly protocol: ReadonlyRecordView<P>;
  readonly ghost: ReadonlyRecordView<G>;
}

/** A scope of which only the shape is known. */
export type AnyScope = PropertyScope<Fields, Fields>;

/** The action between two states, with its arguments by name. */
export interface TakenAction {
  readonly name: string;
  readonly actor: string;
  readonly params: Readonly<Record<string, ParamName>>;
}

/** `true`, or the clause that is false with the values that make it so. */
export type Holds = boolean | string;

/** What every property says of itself. */
export interface PropertyText {
  /** kebab-case, as traces and `--property` name it. */
  readonly name: string;
  /** What is claimed, in one sentence. */
  readonly statement: string;
  /** What a user loses if it breaks. */
  readonly loss: string;
  /** Where the claim comes from: KIP, class, paper. */
  readonly source: string;
  /** Why the property says nothing about this model, if so: it is then listed, not checked. */
  readonly notApplicable?: string;
  /**
   * What a scope must have for the property to be put to the test, in words. Where it is not, the report
   * says so with these words, and no verdict hangs on it: the property is asked all the same, for what
   * cannot come about in a correct model may do so in another.
   */
  readonly needs?: string;
  /** Asked for by name: a verdict is vacuous where it was not put to the test, whatever it needs. */
  readonly isNamed?: boolean;
}

/** Must hold in every state. */
export interface Invariant<P extends Fields, G extends Fields> extends PropertyText {
  readonly kind: 'invariant';
  /** The antecedent: states where the claim says something. Never true means vacuous. */
  when?(state: PropertyScope<P, G>): boolean;
  holds(state: PropertyScope<P, G>): Holds;
}

/** Must hold across every step. */
export interface StepProperty<P extends Fields, G extends Fields> extends PropertyText {
  readonly kind: 'step';
  /** The antecedent: steps where the claim says something. Never true means vacuous. */
  when?(before: PropertyScope<P, G>, after: PropertyScope<P, G>, action: TakenAction): boolean;
  holds(before: PropertyScope<P, G>, after: PropertyScope<P, G>, action: TakenAction): Holds;
  /** What is claimed of the states in which runs begin, where something is. */
  initially?(state: PropertyScope<P, G>): Holds;
}

/** Must be reachable: shows that the model can play the scene that the other properties guard. */
export interface Sometimes<P extends Fields, G extends Fields> extends PropertyText {
  readonly kind: 'sometimes';
  reaches(before: PropertyScope<P, G>, after: PropertyScope<P, G>, action: TakenAction): boolean;
}

export type Property<P extends Fields, G extends Fields> =
  | Invariant<P, G>
  | StepProperty<P, G>
  | Sometimes<P, G>;

/** A property of which only the shape is known; what engines consume. */
export type AnyProperty = Property<Fields, Fields>;

/** Forgets the field types of properties, for the engines. */
export function anyProperties<P extends Fields, G extends Fields>(
  properties: readonly Property<P, G>[],
): readonly AnyProperty[] {
  // Engines call a property only with states of the schema that it was written for.
  return properties as unknown as readonly AnyProperty[];
}

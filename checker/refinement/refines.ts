import { DeclarationError } from '../declarationError.ts';
import {
  brief,
  expectFunction,
  expectKeys,
  expectWhole,
  isObject,
  type KeysOf,
} from '../declarations.ts';
import { checkProperty } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, PropertyScope, PropertyText, StepProperty } from '../model/property.ts';
import { expectDone } from '../model/returnValues.ts';
import type { Fields } from '../state/fields.ts';
import { type BudgetFields, equalStates, type Schema, type State } from '../state/schema.ts';
import { AbstractModel } from './abstractModel.ts';
import { notAStep, notInitial } from './mismatch.ts';

/** What a model is held to: a smaller one, and the schema that it is of. */
export interface Abstraction<P extends Fields, G extends Fields, B extends BudgetFields> {
  readonly model: AnyModel;
  readonly schema: Schema<P, G, B>;
}

/** A state of the abstract model, to be filled; it has its initial values. */
export type AbstractState<P extends Fields, G extends Fields> = Pick<
  State<P, G, BudgetFields>,
  'protocol' | 'ghost'
>;

/** A refinement as it is written down. */
export interface Refinement<
  P extends Fields,
  G extends Fields,
  AbstractP extends Fields,
  AbstractG extends Fields,
> extends Pick<PropertyText, 'name'>,
    Partial<Omit<PropertyText, 'name'>> {
  /** How many steps of the abstract model a step may be at once; 1 if absent. */
  readonly steps?: number;
  /** Fills the abstract state that a state stands for: all of its protocol and, if it has one, its ghost. */
  mapping(state: PropertyScope<P, G>, abstract: AbstractState<AbstractP, AbstractG>): void;
}

const keys: KeysOf<Refinement<Fields, Fields, Fields, Fields>> = {
  name: true,
  statement: true,
  loss: true,
  source: true,
  notApplicable: true,
  needs: true,
  isNamed: true,
  steps: true,
  mapping: true,
};

/**
 * The property that a model is a refinement of a smaller one: what a state stands for at the beginning of a run
 * is an initial state of that model, and what a step changes of it, if anything, a step of that model changes
 * alike. Whatever the smaller model never does, the larger one never does either.
 *
 * It was put to the test where a step changed what the states stand for. Budgets of the abstract model are
 * always full; an action that has none in its scope is none of its steps.
 *
 * @param schema - That of the model which is held to it.
 * @throws DeclarationError when it is not written as its type says.
 */
export function refines<
  P extends Fields,
  G extends Fields,
  B extends BudgetFields,
  AbstractP extends Fields,
  AbstractG extends Fields,
  AbstractB extends BudgetFields,
>(
  _schema: Schema<P, G, B>,
  abstraction: Abstraction<AbstractP, AbstractG, AbstractB>,
  refinement: Refinement<P, G, AbstractP, AbstractG>,
): AnyProperty {
  const { mapping, steps = 1, ...text } = refinement;
  const place = `refinement "${String(text.name)}"`;
  expectKeys(place, refinement, keys);
  expectFunction(place, 'mapping', mapping);
  expectWhole(`${place}: steps`, steps, 1);
  expectAbstraction(place, abstraction);
  const mapped = new Mapped<P, G>(abstraction.model, steps, (state, abstract) => {
    // The abstract state is of the schema that the mapping is typed by.
    expectDone(mapping(state, abstract as never) as unknown, 'mapping');
  });
  const property = mapped.property(text);
  checkProperty(property);
  // Engines call a property only with states of the schema that it was written for.
  return property as unknown as AnyProperty;
}

function expectAbstraction(place: string, abstraction: unknown): void {
  if (!isObject(abstraction) || !('model' in abstraction) || !isObject(abstraction.model)) {
    const found = `found ${brief(abstraction)}`;
    throw DeclarationError.at(place, `expected the abstract model and its schema, ${found}`);
  }
  const schema = 'schema' in abstraction ? abstraction.schema : undefined;
  if ('schema' in abstraction.model && abstraction.model.schema === schema) return;
  throw DeclarationError.at(place, 'the schema is not that of the abstract model');
}

type MapState<P extends Fields, G extends Fields> = (
  state: PropertyScope<P, G>,
  abstract: AbstractState<Fields, Fields>,
) => void;

/** The abstract model with what fills its states. */
class Mapped<P extends Fields, G extends Fields> {
  readonly #model: AnyModel;
  readonly #steps: number;
  readonly #map: MapState<P, G>;
  /** Made when it is first asked: who only lists properties does not need it. */
  #made: { abstract: AbstractModel; from: MappedState; to: MappedState } | undefined;

  constructor(model: AnyModel, steps: number, map: MapState<P, G>) {
    this.#model = model;
    this.#steps = steps;
    this.#map = map;
  }

  property(text: Pick<PropertyText, 'name'> & Partial<PropertyText>): StepProperty<P, G> {
    return {
      statement: `Every step is one of ${this.#model.name}, or changes nothing of it.`,
      loss: '',
      source: 'this project',
      ...text,
      kind: 'step',
      initially: state => {
        const { abstract, to } = this.#states;
        this.#fill(to, state);
        return abstract.isInitial(to) || notInitial(abstract, to);
      },
      when: (before, after) => this.#changes(before, after),
      holds: (before, after) => {
        if (!this.#changes(before, after)) return true;
        const { abstract, from, to } = this.#states;
        const most = this.#steps;
        return abstract.leadsTo(from, to, most) || notAStep(abstract, [from, to], most);
      },
    };
  }

  /** Whether the two states stand for different ones, which are then at hand. */
  #changes(before: PropertyScope<P, G>, after: PropertyScope<P, G>): boolean {
    const { from, to } = this.#states;
    this.#fill(from, before);
    this.#fill(to, after);
    return !equalStates(from, to);
  }

  #fill(into: MappedState, state: PropertyScope<P, G>): void {
    this.#states.abstract.fill(into, ({ protocol, ghost }) =>
      this.#map(state, { protocol, ghost }),
    );
  }

  get #states(): { abstract: AbstractModel; from: MappedState; to: MappedState } {
    if (this.#made === undefined) {
      const abstract = new AbstractModel(this.#model);
      this.#made = { abstract, from: abstract.createState(), to: abstract.createState() };
    }
    return this.#made;
  }
}

type MappedState = ReturnType<AbstractModel['createState']>;

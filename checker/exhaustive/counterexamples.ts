import type { CompiledModel } from '../core/compiledModel.ts';
import type { AnyProperty } from '../model/property.ts';
import type { ComparedBreaks, Violation } from '../results/result.ts';
import { ToldCauses } from '../runs/toldCauses.ts';
import { type Breaks, inTurn } from './breaks.ts';
import type { Finding } from './finding.ts';
import type { ReconstructedRun } from './reconstruction.ts';

/** Of each property so many steps of a level are compared: the run to each has to be found. */
const MOST_COMPARED = 128;

/** Makes the run that ends with a step, by an action of this name, that breaks a property. */
type RunTo = (property: number, finding: Finding, action: string) => ReconstructedRun;

/** Collects several counterexamples of each property, each the shortest found of its cause. */
export class Counterexamples {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #told: ToldCauses;
  readonly #compared = new Map<string, { found: number; compared: number }>();

  /** @param most - Of each property. */
  constructor(model: CompiledModel, properties: readonly AnyProperty[], most: number) {
    this.#model = model;
    this.#properties = properties;
    this.#told = new ToldCauses(model, most);
  }

  /** How many breaking steps there were of each property that broke, and how many of them were compared. */
  get compared(): readonly ComparedBreaks[] {
    return [...this.#compared].map(([property, counts]) => ({ property, ...counts }));
  }

  /** Whether no more counterexamples of this property are wanted. */
  isFull({ name }: AnyProperty): boolean {
    return this.#told.isFull(name);
  }

  /** Notes what a search that is resumed has told already. */
  resume(violations: readonly Violation[], compared: readonly ComparedBreaks[]): void {
    for (const violation of violations) this.#told.resume(violation);
    for (const { property, ...counts } of compared) this.#compared.set(property, counts);
  }

  /** The first counterexample of a property, with its cause: it is the shortest of all. */
  first(property: AnyProperty, violation: Violation): Violation {
    return this.#told.first(property, violation);
  }

  /** Those of the steps that break a property in one level whose causes were not told before. */
  *among(index: number, breaks: Breaks, runTo: RunTo): Generator<Violation> {
    const property = this.#properties[index] as AnyProperty;
    const counts = this.#compared.get(property.name) ?? { found: 0, compared: 0 };
    this.#compared.set(property.name, counts);
    counts.found += breaks.steps;
    for (const finding of inTurn(breaks).slice(0, MOST_COMPARED)) {
      if (this.isFull(property)) return;
      counts.compared++;
      const action = this.#model.stepsOf([finding.instance])[0]?.name ?? '';
      const violation = this.#told.further(property, runTo(index, finding, action));
      if (violation !== undefined) yield violation;
    }
  }
}

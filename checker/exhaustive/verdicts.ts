import type { AnyProperty } from '../model/property.ts';
import { type Extent, type PropertyReport, reportOf, type Tally } from '../results/monitor.ts';

/** What a search has counted so far. */
export interface Counts {
  readonly distinctStates: number;
  readonly steps: number;
  /** By property. */
  readonly antecedents: Float64Array;
}

/** What is known of each property while a search goes on. */
export class Verdicts {
  readonly #properties: readonly AnyProperty[];
  /** The false clauses of those that are violated, by index. */
  readonly broken = new Map<number, string>();
  /** For each goal that was reached: how many steps were taken until then. */
  readonly reached = new Map<number, number>();

  constructor(properties: readonly AnyProperty[]) {
    this.#properties = properties;
  }

  /** Whether every property that can be violated has been, and every goal reached. */
  get allDecided(): boolean {
    return this.#properties.every(
      ({ notApplicable }, index) =>
        notApplicable !== undefined || this.broken.has(index) || this.reached.has(index),
    );
  }

  /** The reports, in the order of the properties. */
  reports(counts: Counts, extent: Extent): PropertyReport[] {
    return this.#properties.map((property, index) =>
      reportOf(this.#tally(property, index, counts), extent),
    );
  }

  #tally(property: AnyProperty, index: number, counts: Counts): Tally {
    const broken = this.broken.get(index);
    if (property.notApplicable !== undefined) {
      return { property, evaluated: 0, antecedent: 0, broken };
    }
    if (property.kind === 'sometimes') {
      const reached = this.reached.get(index);
      const antecedent = reached === undefined ? 0 : 1;
      return { property, evaluated: reached ?? counts.steps, antecedent, broken };
    }
    const evaluated = property.kind === 'invariant' ? counts.distinctStates : counts.steps;
    return { property, evaluated, antecedent: counts.antecedents[index] as number, broken };
  }
}

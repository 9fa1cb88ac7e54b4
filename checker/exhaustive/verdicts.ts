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
  /** The false clauses of those that are violated, by place. */
  readonly broken = new Map<number, string>();
  /** For each goal that was reached: how many steps were looked at until then. */
  readonly reached = new Map<number, number>();

  constructor(properties: readonly AnyProperty[]) {
    this.#properties = properties;
  }

  /** Whether every property that can be violated has been, and every goal reached. */
  get allDecided(): boolean {
    return this.#properties.every(
      ({ notApplicable }, place) =>
        notApplicable !== undefined || this.broken.has(place) || this.reached.has(place),
    );
  }

  /** The reports, in the order of the properties. */
  reports(counts: Counts, extent: Extent): PropertyReport[] {
    return this.#properties.map((property, place) =>
      reportOf(this.#tally(property, place, counts), extent),
    );
  }

  #tally(property: AnyProperty, place: number, counts: Counts): Tally {
    const broken = this.broken.get(place);
    if (property.notApplicable !== undefined) {
      return { property, evaluated: 0, antecedent: 0, broken };
    }
    if (property.kind === 'sometimes') {
      const reached = this.reached.get(place);
      const antecedent = reached === undefined ? 0 : 1;
      return { property, evaluated: reached ?? counts.steps, antecedent, broken };
    }
    const evaluated = property.kind === 'invariant' ? counts.distinctStates : counts.steps;
    return { property, evaluated, antecedent: counts.antecedents[place] as number, broken };
  }
}

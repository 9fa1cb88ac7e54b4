import type { Specification } from '../../checker/model/specification.ts';
import type { NaiveGraph } from './naiveGraph.ts';

/** A drawn model in both forms, and a number that decides what is tried of it. */
export interface Subject {
  readonly graph: NaiveGraph;
  readonly specification: Specification;
  readonly number: number;
}

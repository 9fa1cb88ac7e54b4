import { compareExhaustive, type Seen } from './compareExhaustive.ts';
import { compareLiveness } from './compareLiveness.ts';
import { compareParallel } from './compareParallel.ts';
import { compareRandom } from './compareRandom.ts';
import { compareRefinement } from './compareRefinement.ts';
import type { DrawnModel } from './drawnModel.ts';
import { specificationOf } from './engineModel.ts';
import { NaiveGraph } from './naiveGraph.ts';

/** Models with more states are left out. */
const MOST_STATES = 400;

/** What was seen of a model that was compared. */
export interface Compared extends Seen {
  readonly states: number;
  /** Temporal properties that are violated. */
  readonly hopesBroken: number;
}

/**
 * Compares everything that the engines say of a model with the reference.
 *
 * @returns undefined where the model is too large.
 * @throws Difference when they differ.
 */
export async function compareModel(
  drawn: DrawnModel,
  number: number,
): Promise<Compared | undefined> {
  const graph = new NaiveGraph(drawn);
  if (!graph.explore(MOST_STATES)) return undefined;
  const subject = { graph, specification: specificationOf(drawn), number };
  const seen = await compareExhaustive(subject);
  await compareParallel(subject);
  await compareRandom(subject);
  await compareRefinement(subject);
  const hopesBroken = await compareLiveness(subject);
  return { ...seen, hopesBroken, states: graph.states.length };
}

import { ModelError } from './errors.ts';

/** An exploration that goes on after violations, and the crash that ended it, if one did. */
export interface ExploredToEnd<Explored> {
  readonly explored: Explored;
  readonly crash?: ModelError;
}

/**
 * Explores on after violations. Where the model crashes beyond one, the crash must not hide it: what an
 * exploration finds that ends at the first violation is then all there is.
 *
 * @throws ModelError when the model crashes before anything else is violated.
 */
export async function exploreToEnd<Explored>(
  explore: (keepGoing: boolean) => Promise<Explored>,
): Promise<ExploredToEnd<Explored>> {
  try {
    return { explored: await explore(true) };
  } catch (crash) {
    if (!(crash instanceof ModelError)) throw crash;
    return { explored: await explore(false), crash };
  }
}

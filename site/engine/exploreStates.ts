import type {
  Explored,
  exploreStates as elsewhere,
} from '../../application/tasks/exploreStates.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';

/** Explores every state on this thread and in memory: in place of what threads and files do elsewhere. */
export const exploreStates: typeof elsewhere = async (
  { model, properties },
  { engine, limits },
  { control },
): Promise<Explored> => {
  const { symmetry, keepGoing, counterexamples } = engine;
  const result = await exploreExhaustively(model, properties, {
    symmetry,
    keepGoing,
    control,
    ...(counterexamples === undefined ? {} : { counterexamples }),
    ...(limits.states === undefined ? {} : { maxStates: limits.states }),
  });
  return { result, secondsBefore: 0 };
};

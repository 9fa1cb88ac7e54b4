import { isMainThread } from 'node:worker_threads';
import { buildTask } from '../../application/tasks/buildTask.ts';
import type { Task } from '../../application/tasks/task.ts';
import { builtInModels } from '../../catalogue/models.ts';
import type { Specification } from '../../checker/model/specification.ts';
import type { SpecificationModule } from '../../parallel/specificationModule.ts';
import {
  counterModel,
  graphModel,
  invariant,
  placeSchema,
  sometimes,
} from '../checker/subjects/toys.ts';
import { twoPhaseCommit } from '../checker/subjects/twoPhaseCommit.ts';

/* What threads of these tests build: they load this file and call a function by its name. */

/** A module of this file. */
export function moduleFor(
  make: (data: never) => Specification,
  data: unknown = undefined,
): SpecificationModule {
  return { url: import.meta.url, name: make.name, data };
}

/** A task of the command line. */
export function ofTask(task: Task): Specification {
  return buildTask(task, builtInModels);
}

/** The transaction commit of so many managers. */
export function commit(managers: number): Specification {
  return { model: twoPhaseCommit(managers), properties: [] };
}

/**
 * A graph of 997 places in which each leads to three others, so that most are reached in many ways; two
 * properties break, at many places of one level, and two goals are reached.
 */
export function tangle(): Specification {
  const places = Array.from({ length: 997 }, (_, place) => place);
  const edges = places.flatMap(place =>
    [3 * place + 1, 5 * place + 2, 7 * place + 3].map((to): [number, number] => [place, to % 997]),
  );
  const is = (test: (place: number) => boolean) => (state: ReturnType<typeof placeSchema.create>) =>
    test(state.protocol.place);
  return {
    model: graphModel(edges, [0, 500]),
    properties: [
      invariant(placeSchema, 'never-ends-with-77', { holds: is(place => place % 100 !== 77) }),
      invariant(placeSchema, 'never-ends-with-99', { holds: is(place => place % 100 !== 99) }),
      sometimes(placeSchema, 'ends-with-55', (_, after) => after.protocol.place % 100 === 55),
      sometimes(placeSchema, 'is-4', (_, after) => after.protocol.place === 4),
    ],
  };
}

/** A counter whose model crashes at 500. */
export function crashing(): Specification {
  const model = counterModel(1000, place => {
    if (place === 500) throw new Error('that is enough');
  });
  return { model, properties: [] };
}

/** A counter that ends its thread at 5, as a fault of the machine would. */
export function dying(): Specification {
  const model = counterModel(1000, place => {
    if (place === 5 && !isMainThread) process.exit(9);
  });
  return { model, properties: [] };
}

/** A model that cannot be built in another thread. */
export function stubborn(): Specification {
  if (!isMainThread) throw new Error('only in the main thread');
  return commit(2);
}

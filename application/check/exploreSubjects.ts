import type { Shard } from '../../checker/random/walkArbitrary.ts';
import { type Failure, failureOf } from '../tasks/failure.ts';
import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Task } from '../tasks/task.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';
import { mergeProperties } from './mergeProperties.ts';
import type { ExploredScope, Omission, Scope } from './scope.ts';
import { scopesOfShard } from './shardScopes.ts';
import type { PlannedSubject, Subject } from './subject.ts';

/** How much of it is explored. */
export interface Extent {
  readonly shard?: Shard | undefined;
  readonly budget: TimeBudget;
}

/**
 * Explores all scopes of all subjects at once, so that no job waits for the end of a subject. Scopes
 * of other shards are without outcome, and the last ones after an interrupt or at the end of the budget;
 * so is one in which the model crashes, which costs no other its outcome.
 */
export async function exploreSubjects(
  planned: readonly PlannedSubject[],
  { shard, budget }: Extent,
  surroundings: Surroundings,
): Promise<Subject[]> {
  const all = scopesOfShard(
    planned.flatMap(({ scopes }) => scopes),
    shard,
  );
  const failures = new Map<Task, Failure>();
  const results = await runAll(
    all.map(({ task }) => task),
    surroundings,
    { budget, onFailure: (task, error) => failures.set(task, failureOf(error)) },
  );
  const whyNot = (scope: Scope): Omission => {
    if (failures.has(scope.task)) return 'failure';
    if (!all.includes(scope)) return 'another shard';
    return surroundings.interrupt.isSet ? 'interrupted' : 'time budget';
  };
  return planned.map(subject => {
    const scopes = subject.scopes.map((scope): ExploredScope => {
      const outcome = results.get(scope.task);
      const failed = outcome?.failure ?? failures.get(scope.task);
      const failure = failed === undefined ? {} : { failure: failed };
      return outcome === undefined
        ? { ...scope, outcome, omitted: whyNot(scope), ...failure }
        : { ...scope, outcome, ...failure };
    });
    return { ...subject, scopes, properties: mergeProperties(scopes) };
  });
}

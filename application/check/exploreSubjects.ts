import type { CheckOptions } from '../../cli/check/options.ts';
import { shardText } from '../../cli/options/shard.ts';
import type { CommandIo } from '../../cli/output/io.ts';
import { runWithProgress } from '../../cli/output/runWithProgress.ts';
import { type Failure, failureOf } from '../tasks/failure.ts';
import type { Task } from '../tasks/task.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';
import { mergeProperties } from './mergeProperties.ts';
import type { ExploredScope, Omission, Scope } from './scope.ts';
import { scopesOfShard } from './shardScopes.ts';
import type { PlannedSubject, Subject } from './subject.ts';

/**
 * Explores all scopes of all subjects at once, so that no job waits for the end of a subject. Scopes
 * of other shards are without outcome, and the last ones after an interrupt or at the end of the budget;
 * so is one in which the model crashes, which costs no other its outcome.
 */
export async function exploreSubjects(
  planned: readonly PlannedSubject[],
  options: CheckOptions,
  budget: TimeBudget,
  io: CommandIo,
): Promise<Subject[]> {
  const { jobs, seed, quiet = false, shard } = options;
  const all = scopesOfShard(
    planned.flatMap(({ scopes }) => scopes),
    shard,
  );
  const names = new Map(all.map(({ task, plan }) => [task, `${plan.model}, ${plan.name}`]));
  const part = shard === undefined ? '' : `, shard ${shardText(shard)}`;
  const title = `exploring ${all.length} scopes with ${jobs} jobs, seed ${seed}${part}`;
  const failures = new Map<Task, Failure>();
  const results = await runWithProgress(
    all.map(({ task }) => task),
    {
      jobs,
      budget,
      quiet,
      title,
      label: (task, done) => `${done} of ${all.length} scopes done; ${names.get(task)}`,
      onFailure: (task, error) => failures.set(task, failureOf(error)),
    },
    io,
  );
  const whyNot = (scope: Scope): Omission => {
    if (failures.has(scope.task)) return 'failure';
    if (!all.includes(scope)) return 'another shard';
    return io.interrupt.isSet ? 'interrupted' : 'time budget';
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

import type { CommandIo } from '../output/io.ts';
import { runWithProgress } from '../tasks/runWithProgress.ts';
import { mergeProperties } from './mergeProperties.ts';
import type { CheckOptions } from './options.ts';
import type { PlannedSubject, Subject } from './subject.ts';

/**
 * Explores all scopes of all subjects at once, so that no job waits for the end of a subject. After an
 * interrupt the last scopes are without outcome.
 *
 * @throws ModelError when the model crashes.
 */
export async function exploreSubjects(
  planned: readonly PlannedSubject[],
  options: CheckOptions,
  io: CommandIo,
): Promise<Subject[]> {
  const { jobs, seed, quiet = false } = options;
  const all = planned.flatMap(({ scopes }) => scopes);
  const names = new Map(all.map(({ task, plan }) => [task, `${plan.model}, ${plan.name}`]));
  const title = `exploring ${all.length} scopes with ${jobs} jobs, seed ${seed}`;
  const results = await runWithProgress(
    all.map(({ task }) => task),
    {
      jobs,
      quiet,
      title,
      label: (task, done) => `${done} of ${all.length} scopes done; ${names.get(task)}`,
    },
    io,
  );
  return planned.map(subject => {
    const scopes = subject.scopes.map(scope => ({ ...scope, outcome: results.get(scope.task) }));
    return { ...subject, scopes, properties: mergeProperties(scopes) };
  });
}

import type { CommandIo } from '../output/io.ts';
import { ProgressReporter } from '../output/progress.ts';
import { runTasks } from '../tasks/pool.ts';
import type { CheckOptions } from './options.ts';
import type { ExploredScope, Scope } from './scope.ts';

/**
 * Explores all scopes, several at a time, and returns them in their order. After an interrupt the
 * last ones are without outcome.
 *
 * @throws UsageError when a property is unknown or a bound out of range; ModelError when the model
 * crashes.
 */
export async function exploreScopes(
  scopes: readonly Scope[],
  options: CheckOptions,
  io: CommandIo,
): Promise<ExploredScope[]> {
  const progress = new ProgressReporter(io.stderr, { quiet: options.quiet === true });
  let done = 0;
  progress.begin(
    `exploring ${scopes.length} scopes with ${options.jobs} jobs, seed ${options.seed}`,
  );
  try {
    const results = await runTasks(
      scopes.map(({ task }) => task),
      {
        jobs: options.jobs,
        interrupt: io.interrupt,
        onProgress: (index, state) => {
          const name = scopes[index]?.plan.name ?? '';
          progress.update(`${done} of ${scopes.length} scopes done; ${name}`, state);
        },
        onResult: () => {
          done++;
        },
      },
    );
    return scopes.map(scope => ({
      ...scope,
      outcome: results.find(({ task }) => task === scope.task),
    }));
  } finally {
    progress.end();
  }
}

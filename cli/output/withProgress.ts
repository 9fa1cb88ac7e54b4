import type { Onlooker, TaskProgress } from '../../application/tasks/surroundings.ts';
import type { CliIo } from './io.ts';
import { ProgressReporter } from './progress.ts';

/** What is shown of work while it goes on. */
export interface Shown {
  /** Show nothing. */
  readonly quiet: boolean;
  /** What begins: so many tasks. */
  readonly title: (tasks: number) => string;
  /** What is going on. */
  readonly label: (at: TaskProgress) => string;
}

/** Does some work while stderr shows how far it has come. */
export async function withProgress<Result>(
  { stderr }: Pick<CliIo, 'stderr'>,
  { quiet, title, label }: Shown,
  work: (onlooker: Onlooker) => Promise<Result>,
): Promise<Result> {
  const reporter = new ProgressReporter(stderr, { quiet });
  try {
    return await work({
      onBegin: tasks => {
        if (tasks > 0) reporter.begin(title(tasks));
      },
      onProgress: at => reporter.update(label(at), at.progress),
    });
  } finally {
    reporter.end();
  }
}

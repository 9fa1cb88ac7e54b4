import { buildTask } from '../../application/tasks/buildTask.ts';
import { errorOf } from '../../application/tasks/failure.ts';
import { runAll } from '../../application/tasks/runAll.ts';
import type { Task, TaskResult } from '../../application/tasks/task.ts';
import { CheckpointFolder } from '../../parallel/checkpointFolder.ts';
import { exitCodes } from '../exitCodes.ts';
import { explorationJson } from '../exploration/explorationJson.ts';
import { describeResult, describeTask } from '../exploration/explorationText.ts';
import { reportOfExploration } from '../exploration/reportOfExploration.ts';
import type { OutputOptions } from '../options/common.ts';
import { reportFailure } from '../output/failure.ts';
import type { CommandIo } from '../output/io.ts';
import { makeOutFolder, saveTrace, traceName } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { traceText, whereabouts } from '../output/traceText.ts';
import { exitCodeOf } from '../output/verdict.ts';
import { withProgress } from '../output/withProgress.ts';
import { openReporters } from '../reporters/publish.ts';
import type { StorySource } from '../reporters/report.ts';
import type { ReporterOptions } from '../reporters/reporter.ts';

/** What `explore` and `simulate` have in common. */
export interface ExplorationOptions extends OutputOptions, ReporterOptions {
  readonly out?: string;
}

/**
 * Runs one exploration and prints what came of it.
 *
 * @throws UsageError when the task names something unknown; ModelError when the model crashes.
 */
export async function runExploration(
  io: CommandIo,
  command: string,
  task: Task,
  options: ExplorationOptions,
): Promise<void> {
  // Before anything is made or begun: a wrong name is an error of use.
  buildTask(task, io.project.models);
  const publish = openReporters(options, io);
  if (options.out !== undefined) makeOutFolder(options.out);
  const label = `${command} ${task.model}`;
  const shown = { quiet: options.quiet === true, title: () => `${label} ...`, label: () => label };
  const { project, interrupt } = io;
  const results = await withProgress(io, shown, onlooker =>
    runAll([task], { project, jobs: 1, interrupt, ...onlooker }),
  );
  const result = results.get(task);
  if (result === undefined) return io.finish(exitCodes.interrupted);
  const paths = savedTraces(result, options.out);
  publish({
    command,
    text: () => textOf(io, result, paths, options),
    json: () => explorationJson(result, paths),
    report: () => reportOfExploration({ command, taskResult: result, paths, ...sourceIn(io) }),
  });
  endCheckpoint(result, options, io);
  const { failure } = result;
  // What broke before was printed all the same.
  io.finish(
    failure === undefined ? exitCodeOf(result.result) : reportFailure(errorOf(failure), io.stderr),
  );
}

/** Says where a search that was stopped is kept; of one that is over nothing need be. */
function endCheckpoint(
  { task, result }: TaskResult,
  { quiet }: ExplorationOptions,
  { stderr }: CommandIo,
): void {
  if (task.engine.kind !== 'exhaustive' || task.engine.checkpoint === undefined) return;
  const { folder } = task.engine.checkpoint;
  const isOver = result.stopped === undefined;
  // Only now: what the search found has been printed.
  if (isOver) CheckpointFolder.remove(folder);
  if (quiet === true) return;
  stderr.write(
    isOver
      ? `the search is over: its checkpoint in ${folder} is removed\n`
      : `the search is kept: --resume ${folder} goes on with it\n`,
  );
}

function sourceIn({ argv, commentary }: CommandIo): StorySource {
  return { argv, commentary };
}

function savedTraces({ traces }: TaskResult, out: string | undefined): string[] | undefined {
  return out === undefined
    ? undefined
    : traces.map(trace => saveTrace(out, traceName(trace), trace));
}

function textOf(
  io: CommandIo,
  taskResult: TaskResult,
  paths: readonly string[] | undefined,
  { color }: ExplorationOptions,
): string {
  const { stdout } = io;
  const layout = { width: stdout.columns, style: stylerFor(stdout, color) };
  const lines = [
    ...describeTask(taskResult, layout),
    '',
    ...describeResult(taskResult, layout),
    ...taskResult.traces.flatMap((trace, index) => [
      '',
      traceText(io.commentary.on(trace), whereabouts(io.argv, paths?.[index]), layout),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

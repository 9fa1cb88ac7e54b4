import { relative } from 'node:path';
import type { ReadFiles } from '../../application/advice/writtenAdvice.ts';
import { type CheckPlan, carryOut, planCluster } from '../../application/check/check.ts';
import type { CheckRequest } from '../../application/check/checkRequest.ts';
import { describedIn, readConfigFiles } from '../../application/check/clusterFiles.ts';
import { projectTraces, TRACES_OPTION } from '../../application/check/corpus.ts';
import { planModels } from '../../application/check/planModels.ts';
import type { Project } from '../../application/project/project.ts';
import { toldBy } from '../../application/running/toldBy.ts';
import { errorOf } from '../../application/tasks/failure.ts';
import { TimeBudget } from '../../application/tasks/timeBudget.ts';
import { shardText } from '../options/shard.ts';
import { reportFailure } from '../output/failure.ts';
import type { CommandIo } from '../output/io.ts';
import { makeOutFolder } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { type Shown, withProgress } from '../output/withProgress.ts';
import { openReporters, type Result } from '../reporters/publish.ts';
import { answered } from './answered.ts';
import { policyOf, writeBaseline } from './baseline.ts';
import { type CheckReport, checkJson } from './checkJson.ts';
import { checkText } from './checkText.ts';
import { clientFile } from './clientFile.ts';
import { writeClusterPage } from './clusterPage.ts';
import { gatedExitCode } from './exitCode.ts';
import { type CheckOptions, requestIn } from './options.ts';
import { reportOfCheck } from './reportOfCheck.ts';
import { saveTraces } from './savedTraces.ts';

/**
 * Checks the model, or the cluster that the files describe, and prints what came of it.
 *
 * @throws UsageError when something given is unknown or cannot be read.
 */
export async function runCheck(
  files: readonly string[],
  options: CheckOptions,
  io: CommandIo,
): Promise<void> {
  const { jobs } = options;
  const { project, interrupt } = io;
  const budget = new TimeBudget(options.budget);
  const publish = openReporters(options, io);
  const request = requestIn(options);
  const policy = policyOf(options);
  const read = isOfCluster(files, options) ? await filesOf(files, options) : undefined;
  const plan =
    read === undefined
      ? planModels(askedModels(options), request, project, budget)
      : await planCluster(describedBy(read), request, project);
  if (options.out !== undefined) makeOutFolder(options.out);
  const { found, ...made } = await withProgress(
    io,
    shownOf(plan, request, options),
    async onlooker => {
      const surroundings = { project, jobs, interrupt, ...onlooker };
      const checked = await carryOut(plan, request, budget, surroundings);
      const means = { models: project.models, request, budget, surroundings };
      return { found: checked, ...(await answered(checked, read, means, { options, policy })) };
    },
  );
  const scopes = found.subjects.flatMap(subject => subject.scopes);
  const { writeBaseline: written } = options;
  if (written !== undefined) writeBaseline(written, made.findings ?? []);
  const exitCode = gatedExitCode({ ...found, ...made, scopes });
  const report = {
    ...found,
    ...made,
    saved: saveTraces(found.subjects, options.out),
    exitCode,
  };
  publish(resultOf(report, options, io));
  if (options.html !== undefined) await writeClusterPage(options.html, report, io);
  for (const { entry, plan: scope, failure } of scopes) {
    if (failure === undefined) continue;
    const error = errorOf(failure);
    error.message = `${entry.name}, ${scope.name}: ${failure.message}`;
    reportFailure(error, io.stderr);
  }
  io.finish(exitCode);
}

/** Whether a cluster is asked for, or what speaks to one; else it is the models. */
export function isOfCluster(
  files: readonly string[],
  { client, bootstrapServer }: Pick<CheckOptions, 'client' | 'bootstrapServer'>,
): boolean {
  return files.length > 0 || client !== undefined || bootstrapServer !== undefined;
}

/**
 * The files, with the clients that options describe and what a running cluster tells.
 *
 * @throws UsageError when one cannot be read, or nobody answers.
 */
async function filesOf(files: readonly string[], options: CheckOptions): Promise<ReadFiles> {
  const { bootstrapServer, commandConfig } = options;
  const clients = (options.client ?? []).map(clientFile);
  const told = bootstrapServer === undefined ? [] : await toldBy(bootstrapServer, commandConfig);
  const hosts = new Map((options.hostOf ?? []).map(({ name, value }) => [name, value]));
  return {
    files: [...told, ...readConfigFiles(files), ...clients],
    describe: texts => describedIn(texts, { ...options, hosts }),
  };
}

function describedBy({ files, describe }: ReadFiles): Parameters<typeof planCluster>[0] {
  return { files: files.map(({ name }) => name), described: describe(files) };
}

function askedModels({ model, traces }: CheckOptions): Parameters<typeof planModels>[0] {
  const corpus = traces === undefined ? undefined : { folder: traces, namedBy: TRACES_OPTION };
  return { models: model, corpus };
}

function shownOf(plan: CheckPlan, { seed, shard }: CheckRequest, options: CheckOptions): Shown {
  const { jobs, quiet = false } = options;
  const part = shard === undefined ? '' : `, shard ${shardText(shard)}`;
  const scopes = plan.planned.flatMap(subject => subject.scopes);
  const names = new Map(
    scopes.map(({ entry, plan: { name }, task }) => [task.request, `${entry.name}, ${name}`]),
  );
  return {
    quiet,
    title: tasks => `exploring ${tasks} scopes with ${jobs} jobs, seed ${seed}${part}`,
    label: ({ task, done, of }) =>
      `${done} of ${of} scopes done; ${names.get(task.request) ?? `${task.model}, what would help`}`,
  };
}

function resultOf(report: CheckReport, options: CheckOptions, io: CommandIo): Result {
  const { stdout, argv, commentary, project } = io;
  const layout = { width: stdout.columns, style: stylerFor(stdout, options.color) };
  const { explain = [] } = options;
  const isFull = requestIn(options).isFirst !== true;
  const corpusFolder = options.traces ?? corpusNameOf(project);
  return {
    command: 'check',
    text: () => checkText(report, { ...layout, argv, commentary, corpusFolder, isFull, explain }),
    json: () => checkJson(report),
    report: () => reportOfCheck(report, { argv, commentary }),
  };
}

function corpusNameOf({ corpus }: Project): string {
  return relative('.', corpus ?? projectTraces);
}

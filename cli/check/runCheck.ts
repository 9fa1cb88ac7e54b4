import { relative } from 'node:path';
import { readCluster } from '../../application/check/clusterFiles.ts';
import { excusedProperties, plansFor } from '../../application/check/configSubjects.ts';
import { projectTraces, replayCorpus } from '../../application/check/corpus.ts';
import { exploreSubjects } from '../../application/check/exploreSubjects.ts';
import { clusterSubjects, modelSubjects } from '../../application/check/plannedSubject.ts';
import { playedQuorum } from '../../application/check/playedQuorum.ts';
import type { PlannedSubject, Subject } from '../../application/check/subject.ts';
import { unmetInSubjects } from '../../application/check/thresholds.ts';
import { checkExitCode, checkVerdict, type Findings } from '../../application/check/verdict.ts';
import type { Configuration } from '../../application/project/configuration.ts';
import { errorOf } from '../../application/tasks/failure.ts';
import { TimeBudget } from '../../application/tasks/timeBudget.ts';
import { reportFailure } from '../output/failure.ts';
import type { CommandIo } from '../output/io.ts';
import { makeOutFolder } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { openReporters, type Result } from '../reporters/publish.ts';
import { reportOfCheck } from '../reporters/reportOfCheck.ts';
import { type CheckReport, checkJson } from './checkJson.ts';
import { checkText } from './checkText.ts';
import type { CheckOptions } from './options.ts';
import { saveTraces } from './savedTraces.ts';

/** What is to be checked, before anything is explored. */
type Material = Pick<CheckReport, 'corpus' | 'notReplayed' | 'cluster'> & {
  readonly planned: readonly PlannedSubject[];
};

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
  const start = performance.now();
  const budget = new TimeBudget(options.budget);
  const publish = openReporters(options, io);
  const { planned, ...material } = await materialOf(files, options, budget, io.configuration);
  if (options.out !== undefined) makeOutFolder(options.out);
  const subjects = await exploreSubjects(planned, options, budget, io);
  const unmet = unmetIn(subjects, files, options, io.configuration);
  const findings: Findings = {
    ...material,
    scopes: subjects.flatMap(({ scopes }) => scopes),
    properties: subjects.flatMap(({ properties }) => properties),
    mustExerciseAll: files.length === 0,
    excused: excusedProperties(subjects, io.configuration),
    unmet,
  };
  const verdict = checkVerdict(findings);
  const exitCode = checkExitCode(verdict, findings);
  const saved = saveTraces(subjects, options.out);
  const seconds = (performance.now() - start) / 1000;
  const { seed, shard } = options;
  const head = { seed, ...(shard === undefined ? {} : { shard }) };
  const report = { ...material, ...head, unmet, seconds, subjects, saved, verdict, exitCode };
  publish(resultOf(report, options, io));
  for (const { plan, failure } of findings.scopes) {
    if (failure === undefined) continue;
    const error = errorOf(failure);
    error.message = `${plan.model}, ${plan.name}: ${failure.message}`;
    reportFailure(error, io.stderr);
  }
  io.finish(exitCode);
}

async function materialOf(
  files: readonly string[],
  options: CheckOptions,
  budget: TimeBudget,
  configuration: Configuration,
): Promise<Material> {
  if (files.length === 0) {
    const { subjects, models } = plansFor(configuration);
    const planned = modelSubjects({ model: models, ...options }, subjects);
    return { planned, ...replayCorpus(options.traces, budget, configuration) };
  }
  const described = readCluster(files);
  const planned = clusterSubjects(described, options);
  const quorum = await playedQuorum(described);
  return { planned, corpus: [], cluster: { files, described, quorum } };
}

/** Thresholds are about the models, and about the whole of what is explored of them. */
function unmetIn(
  subjects: readonly Subject[],
  files: readonly string[],
  { shard }: CheckOptions,
  { thresholds }: Configuration,
): readonly string[] {
  return files.length > 0 || shard !== undefined ? [] : unmetInSubjects(thresholds, subjects);
}

function resultOf(report: CheckReport, options: CheckOptions, io: CommandIo): Result {
  const { stdout, argv, configuration } = io;
  const layout = { width: stdout.columns, style: stylerFor(stdout, options.color) };
  const corpusFolder = options.traces ?? relative('.', configuration.corpus ?? projectTraces);
  return {
    command: 'check',
    text: () => checkText(report, { ...layout, argv, corpusFolder }),
    json: () => checkJson(report),
    report: () => reportOfCheck(report, argv),
  };
}

import { relative } from 'node:path';
import { exitCodes } from '../errors.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { type CheckReport, checkJson } from './checkJson.ts';
import { checkText } from './checkText.ts';
import { readCluster } from './clusterFiles.ts';
import { projectTraces, replayCorpus } from './corpus.ts';
import { exploreSubjects } from './exploreSubjects.ts';
import type { CheckOptions } from './options.ts';
import { clusterSubjects, modelSubjects } from './plannedSubject.ts';
import { playedQuorum } from './playedQuorum.ts';
import { saveTraces } from './savedTraces.ts';
import type { PlannedSubject } from './subject.ts';
import { checkVerdict } from './verdict.ts';

/** What is to be checked, before anything is explored. */
type Material = Pick<CheckReport, 'corpus' | 'cluster'> & {
  readonly planned: readonly PlannedSubject[];
};

/**
 * Checks the model, or the cluster that the files describe, and prints what came of it.
 *
 * @throws UsageError when something given is unknown or cannot be read; ModelError when the model
 * crashes.
 */
export async function runCheck(
  files: readonly string[],
  options: CheckOptions,
  io: CommandIo,
): Promise<void> {
  const start = performance.now();
  const { planned, ...material } = await materialOf(files, options);
  if (options.out !== undefined) makeOutFolder(options.out);
  const subjects = await exploreSubjects(planned, options, io);
  const verdict = checkVerdict({
    corpus: material.corpus,
    scopes: subjects.flatMap(({ scopes }) => scopes),
    properties: subjects.flatMap(({ properties }) => properties),
    mustExerciseAll: files.length === 0,
  });
  const saved = saveTraces(subjects, options.out);
  const seconds = (performance.now() - start) / 1000;
  print({ ...material, seed: options.seed, seconds, subjects, saved, verdict }, options, io);
  io.finish(exitCodes[verdict]);
}

async function materialOf(files: readonly string[], options: CheckOptions): Promise<Material> {
  if (files.length === 0) {
    return { planned: modelSubjects(options), corpus: replayCorpus(options.traces) };
  }
  const described = readCluster(files);
  const planned = clusterSubjects(described, options);
  const quorum = await playedQuorum(described);
  return { planned, corpus: [], cluster: { files, described, quorum } };
}

function print(report: CheckReport, options: CheckOptions, { stdout, argv }: CommandIo): void {
  if (options.json) {
    printJson(stdout, 'check', checkJson(report));
    return;
  }
  const text = checkText(report, {
    width: stdout.columns,
    style: stylerFor(stdout, options.color),
    argv,
    corpusFolder: options.traces ?? relative('.', projectTraces),
  });
  stdout.write(text);
}

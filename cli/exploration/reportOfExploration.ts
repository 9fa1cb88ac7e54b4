import { mergeProperties } from '../../application/check/mergeProperties.ts';
import type { TaskResult } from '../../application/tasks/task.ts';
import { coverageText } from '../../checker/results/coverageText.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { searchNotes, verdictReason } from '../../checker/results/resultText.ts';
import { shardText } from '../options/shard.ts';
import { exitCodeOf } from '../output/verdict.ts';
import { outcomeOf } from '../reporters/outcome.ts';
import { propertyCase } from '../reporters/propertyCase.ts';
import { type Report, type ReportGroup, type StorySource, storyOf } from '../reporters/report.ts';
import { explainEnd } from './explainEnd.ts';
import { taskParts } from './explorationText.ts';

/** What is reported of one exploration. */
export interface ReportedExploration extends StorySource {
  /** The name of the command. */
  readonly command: string;
  readonly taskResult: TaskResult;
  /** Where its traces were saved, in their order. */
  readonly paths: readonly string[] | undefined;
}

/** One exploration as reporters take it. */
export function reportOfExploration(exploration: ReportedExploration): Report {
  const { command, taskResult } = exploration;
  const { task, result, seconds } = taskResult;
  const random = task.engine.kind === 'simulate' ? task.engine : undefined;
  const shard = random?.shard;
  const [end, reason] = [explainEnd(taskResult), verdictReason(result)];
  return {
    command: `${command} ${task.model}`,
    verdict: result.verdict,
    meaning: reason === undefined ? end : `${end} (${reason})`,
    outcome: outcomeOf(exitCodeOf(result)),
    circumstances: [
      ...(random === undefined ? [] : [`seed ${random.seed}`]),
      ...(shard === undefined ? [] : [`shard ${shardText(shard)}`]),
    ],
    seed: random?.seed,
    seconds,
    groups: [groupOf(exploration)],
  };
}

function groupOf({ taskResult, paths, ...source }: ReportedExploration): ReportGroup {
  const { task, result, traces } = taskResult;
  const stories = traces.map((trace, index) =>
    storyOf({ scope: undefined, trace, path: paths?.[index] }, source),
  );
  return {
    name: task.model,
    title: task.model,
    notes: taskParts(taskResult).map(({ label, text }) => `${label}: ${text}`),
    columns: ['put to the test'],
    cases: mergeProperties([{ task, outcome: taskResult, asked: [] }]).map(property => {
      const { name, kind, antecedent } = property;
      const cells = [kind === 'sometimes' ? '' : grouped(antecedent)];
      const own = stories.filter(({ trace }) => trace.property.name === name);
      return propertyCase(property, cells, own);
    }),
    explored: [
      `${counted(result.steps, 'step')}, ${counted(result.generatedStates, 'generated state')}`,
      coverageText(result.coverage),
      ...searchNotes(result),
    ],
  };
}

import type { MergedProperty } from '../../application/check/mergeProperties.ts';
import type { LivenessOutcome } from '../../application/liveness/livenessTask.ts';
import type { TemporalReport } from '../../checker/liveness/livenessResult.ts';
import { coverageText } from '../../checker/results/coverageText.ts';
import { exitCodeOf } from '../output/verdict.ts';
import { outcomeOf } from '../reporters/outcome.ts';
import { propertyCase } from '../reporters/propertyCase.ts';
import { type Report, type ReportGroup, type StorySource, storyOf } from '../reporters/report.ts';
import { endText, evidence, livenessParts, verdictReason } from './livenessText.ts';

/** What is reported of a search for fair runs. */
export interface ReportedLiveness extends StorySource {
  readonly outcome: LivenessOutcome;
  /** Where its traces were saved, in their order. */
  readonly paths: readonly string[] | undefined;
}

/** A search for what must happen at some time as reporters take it. */
export function reportOfLiveness(reported: ReportedLiveness): Report {
  const { task, result, seconds } = reported.outcome;
  const seed = task.engine.kind === 'simulate' ? task.engine.seed : undefined;
  const reason = verdictReason(result);
  return {
    command: `liveness ${task.model}`,
    verdict: result.verdict,
    meaning: `${endText(reported.outcome)}${reason === undefined ? '' : ` (${reason})`}`,
    outcome: outcomeOf(exitCodeOf(result)),
    circumstances: seed === undefined ? [] : [`seed ${seed}`],
    seed,
    seconds,
    groups: [groupOf(reported)],
  };
}

function groupOf({ outcome, paths, ...source }: ReportedLiveness): ReportGroup {
  const { task, result, traces } = outcome;
  const stories = traces.map((trace, index) =>
    storyOf({ scope: undefined, trace, path: paths?.[index] }, source),
  );
  return {
    name: task.model,
    title: task.model,
    notes: livenessParts(outcome).map(({ label, text }) => `${label}: ${text}`),
    columns: ['due'],
    cases: result.properties.map(report => {
      const own = stories.filter(({ trace }) => trace.property.name === report.name);
      return propertyCase(asProperty(report), [evidence(report, result.engine)], own);
    }),
    explored: [coverageText(result.coverage)],
  };
}

/** The words that reports have for every property. */
function asProperty({
  name,
  kind,
  verdict,
  obligations,
  met,
  note,
}: TemporalReport): MergedProperty {
  const property = { name, kind, antecedent: met };
  if (verdict !== 'vacuous') {
    return { ...property, verdict, ...(note === undefined ? {} : { note }) };
  }
  const why = obligations === 0 ? 'it was never due' : 'within the bounds it is never reached';
  return { ...property, verdict: 'not exercised', note: why };
}

import type { JudgedFinding } from '../../application/advice/policy.ts';
import { causesOf } from '../../application/check/knownMistakes.ts';
import { type ReportCase, type ReportGroup, storyOf } from '../reporters/report.ts';
import type { CheckReport } from './checkJson.ts';
import { causeText } from './mistakeText.ts';
import type { CheckStorySource } from './stories.ts';

/** What one failure costs each topic, as cases of a report: those that make the run fail have failed. */
export function findingGroup(
  { findings = [], policy }: CheckReport,
  source: CheckStorySource,
): ReportGroup | undefined {
  if (findings.length === 0) return undefined;
  // Without a policy the verdict is about losses alone.
  const fails = ({ fails: isMeant, what }: JudgedFinding): boolean =>
    policy === undefined ? what === 'lost' : isMeant;
  return {
    name: 'findings',
    title: 'What one failure costs',
    notes: [],
    columns: ['hangs on'],
    cases: findings.map(finding => caseOf(finding, fails(finding), policy !== undefined, source)),
    explored: [],
  };
}

function caseOf(
  finding: JudgedFinding,
  fails: boolean,
  isJudged: boolean,
  { saved, ...source }: CheckStorySource,
): ReportCase {
  const { id, what, cause, message, place, story, accepted } = finding;
  const hangsOn = isJudged ? cause : '';
  const stories =
    story === undefined
      ? []
      : [
          storyOf(
            {
              scope: story.scope,
              trace: story.trace,
              path: saved.get(story.outcome)?.[story.index],
              causes: () => causesOf(story.trace).map(causeText),
            },
            source,
          ),
        ];
  const why = accepted === undefined ? hangsOn : `accepted: ${accepted}`;
  return {
    name: id,
    status: fails ? 'failed' : 'skipped',
    verdict: what,
    cells: [hangsOn],
    reason: fails || why === '' ? message : `${why}: ${message}`,
    stories,
    ...(place === undefined ? {} : { place }),
    ...(accepted === undefined ? {} : { accepted }),
  };
}

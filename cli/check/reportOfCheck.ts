import { basename } from 'node:path';
import { listed } from '../../application/check/listed.ts';
import type { Subject } from '../../application/check/subject.ts';
import { grouped } from '../../checker/results/numbers.ts';
import { shardText } from '../options/shard.ts';
import { verdictWord } from '../output/verdictTable.ts';
import { outcomeOf } from '../reporters/outcome.ts';
import { propertyCase } from '../reporters/propertyCase.ts';
import type { Report, ReportCase, ReportGroup, StorySource } from '../reporters/report.ts';
import { arithmeticSentences } from './arithmeticText.ts';
import type { CheckReport } from './checkJson.ts';
import { meaningOf } from './checkText.ts';
import { coverageSentences } from './coverageSentences.ts';
import { exploredSentence } from './exploredText.ts';
import { findingGroup } from './findingCases.ts';
import { mistakeSentences } from './mistakeText.ts';
import { type CheckStorySource, storiesOf } from './stories.ts';
import { columnsOf } from './subjectText.ts';

/** A check as reporters take it: the corpus, and each subject with all of its properties. */
export function reportOfCheck(report: CheckReport, source: StorySource): Report {
  const { seed, shard, seconds, verdict, exitCode, subjects } = report;
  const corpus = corpusCases(report);
  const findings = findingGroup(report, { saved: report.saved, ...source });
  return {
    command: 'check',
    verdict,
    meaning: meaningOf(report),
    outcome: outcomeOf(exitCode),
    circumstances: [
      `seed ${seed}`,
      ...(shard === undefined ? [] : [`shard ${shardText(shard)}`]),
      ...(report.cluster?.files ?? []),
    ],
    seed,
    seconds,
    groups: [
      ...(corpus.length === 0 ? [] : [corpusGroup(corpus)]),
      ...(findings === undefined ? [] : [findings]),
      ...subjects.map((subject, index) => {
        const all = subjectGroup(subject, { saved: report.saved, ...source });
        const group = findings === undefined ? all : withoutLosses(all);
        return index === 0 ? { ...group, notes: [...clusterNotes(report), ...group.notes] } : group;
      }),
    ],
  };
}

/** What the findings tell topic by topic is not told again. */
function withoutLosses(group: ReportGroup): ReportGroup {
  const isTold = ({ name, status }: ReportCase): boolean =>
    status === 'failed' && /^(acknowledged|exposed)-records-survive$/.test(name);
  return { ...group, cases: group.cases.filter(each => !isTold(each)) };
}

function clusterNotes({ cluster }: CheckReport): string[] {
  if (cluster === undefined) return [];
  return [...arithmeticSentences(cluster.described), ...mistakeSentences(cluster.known)];
}

function corpusGroup(cases: readonly ReportCase[]): ReportGroup {
  const title = 'The corpus of known counterexamples';
  return { name: 'corpus', title, notes: [], columns: ['property'], cases, explored: [] };
}

function corpusCases({ corpus, notReplayed = [] }: CheckReport): ReportCase[] {
  const replayed = corpus.map(({ path, trace, outcome }): ReportCase => {
    const { word, reason } = outcome;
    const passed = word === 'reproduced';
    return {
      name: basename(path),
      status: passed ? 'passed' : 'failed',
      verdict: word,
      cells: [trace.property.name],
      reason: passed ? '' : `${word}: ${reason}`,
      stories: [],
    };
  });
  const left = notReplayed.map((path): ReportCase => {
    const reason = 'inconclusive: the time budget was used up';
    const [name, verdict] = [basename(path), 'not replayed'];
    return { name, status: 'skipped', verdict, cells: [], reason, stories: [] };
  });
  return [...replayed, ...left];
}

/** An error that ended the search of a scope is a failure of its own. */
function failureCases(scopes: Subject['scopes'], cells: number): ReportCase[] {
  return scopes.flatMap(({ plan, failure }) => {
    if (failure === undefined) return [];
    const [name, reason] = [`scope ${plan.name}`, failure.message];
    const empty = Array.from({ length: cells }, () => '');
    return [{ name, status: 'failed', verdict: 'crashed', cells: empty, reason, stories: [] }];
  });
}

function subjectGroup(subject: Subject, source: CheckStorySource): ReportGroup {
  const { entry, title, topics, notes, scopes, properties } = subject;
  const columns = columnsOf(scopes);
  const stories = storiesOf(subject, source);
  return {
    name: topics.length === 0 ? entry.name : `${entry.name}: ${listed(topics)}`,
    title,
    notes,
    columns: [...columns.map(column => column.title), 'put to the test'],
    cases: [
      ...failureCases(scopes, columns.length + 1),
      ...properties.map(property => {
        const { name, kind, antecedent } = property;
        const verdicts = columns.map(({ verdicts: all }) => all.find(each => each.name === name));
        const cells = [
          ...verdicts.map(each => (kind === 'sometimes' ? '' : verdictWord(each?.verdict))),
          kind === 'sometimes' ? '' : grouped(antecedent),
        ];
        return propertyCase(property, cells, stories.get(name) ?? []);
      }),
    ],
    explored: [...scopes.map(exploredSentence), ...coverageSentences(subject)],
  };
}

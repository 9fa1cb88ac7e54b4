import type { ModelEntry } from '../catalogue/modelEntry.ts';
import { findModel } from '../catalogue.ts';
import { commandLine } from '../output/commandLine.ts';
import { duration } from '../output/numbers.ts';
import { wrapText } from '../output/table.ts';
import { sentenceOf } from '../output/verdictTable.ts';
import { toolVersion } from '../version.ts';
import type { CheckReport } from './checkJson.ts';
import { clusterLines } from './clusterText.ts';
import { corpusLines } from './corpus.ts';
import { listed } from './listed.ts';
import type { StoryOptions } from './storyText.ts';
import type { Subject } from './subject.ts';
import { subjectLines } from './subjectText.ts';

/** How a report is printed. */
export interface ReportOptions extends Omit<StoryOptions, 'saved'> {
  /** The folder of the corpus, as it is to be called. */
  readonly corpusFolder: string;
}

/** The whole report: what was understood, what was found, and last the verdict. */
export function checkText(report: CheckReport, options: ReportOptions): string {
  const { cluster, corpus, subjects, saved, seed } = report;
  const intro =
    cluster === undefined
      ? corpusLines(corpus, options.corpusFolder)
      : clusterLines(cluster, options);
  const lines = [
    `Highwater ${toolVersion}, seed ${seed}`,
    '',
    ...intro,
    ...subjects.flatMap(subject => ['', ...subjectLines(subject, { ...options, saved })]),
    '',
    ...verdictLines(report, options),
    ...moreLines(report),
  ];
  return `${lines.join('\n')}\n`;
}

function verdictLines(report: CheckReport, { width, style }: ReportOptions): string[] {
  const { verdict } = report;
  const colour = verdict === 'holds' ? 'green' : verdict === 'inconclusive' ? 'yellow' : 'red';
  const [first = '', ...rest] = wrapText(`VERDICT: ${verdict}. ${meaningOf(report)}`, width);
  const word = `VERDICT: ${verdict}`;
  return [first.replace(word, style(colour, word)), ...rest];
}

function meaningOf({ verdict, subjects, corpus }: CheckReport): string {
  const broken = subjects.flatMap(each => brokenIn(each, subjects.length > 1)).join('; ');
  switch (verdict) {
    case 'holds':
      return 'No property breaks in the scopes above. Beyond them, and of random runs, nothing is claimed.';
    case 'violated':
      return `Broken: ${broken}.`;
    case 'diverged': {
      const failed = corpus.filter(({ outcome }) => outcome.word !== 'reproduced').length;
      return `${failed} of ${corpus.length} traces of the corpus are not reproduced any more; see above.`;
    }
    case 'inconclusive':
      return 'Nothing broke, but a limit ended the search before a scope was covered; see above.';
    case 'vacuous':
      return 'Nothing broke, but something was never put to the test; see above.';
    case 'interrupted':
      return `What was explored until then is above.${broken === '' ? '' : ` Broken: ${broken}.`}`;
  }
}

/**
 * "acknowledged records survive, exposed records survive (topic, other topic)", with the topics of a
 * cluster, or the model where there are several.
 */
function brokenIn({ model, topics, properties }: Subject, several: boolean): string[] {
  const broken = properties.filter(({ verdict }) => verdict === 'violated');
  if (broken.length === 0) return [];
  const names = broken.map(({ name }) => sentenceOf(name)).join(', ');
  if (topics.length > 0) return [`${names} (${listed(topics)})`];
  return [several ? `${names} (${model})` : names];
}

function moreLines({ seconds, cluster, subjects }: CheckReport): string[] {
  const files = cluster?.files ?? [];
  const models = [...new Set(subjects.map(({ model }) => model))].map(findModel);
  const larger =
    files.length > 0
      ? [['check', ...files, '--bound', 'records=3']]
      : models.map(entry => ['explore', entry.name, '--bound', oneMore(entry)]);
  return [
    `Took ${duration(seconds)}.`,
    '',
    `everything    ${commandLine(['check', ...files, '--json'])}`,
    ...larger.map(command => `larger scope  ${commandLine(command)}`),
    `all options   ${commandLine(['check', '--help'])}`,
  ];
}

/** The first bound of the small scope, and one more of it. */
function oneMore({ smallScope }: ModelEntry): string {
  const [name, value] = Object.entries(smallScope).find(([, most]) => most > 0) ?? ['', 0];
  return `${name}=${value + 1}`;
}

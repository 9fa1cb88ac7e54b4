import { stale } from '../../application/advice/policy.ts';
import type { ClusterAnswer } from '../../application/answer/clusterAnswer.ts';
import { unusableTopics } from '../../application/check/check.ts';
import { listed } from '../../application/check/listed.ts';
import type { MergedProperty } from '../../application/check/mergeProperties.ts';
import type { Subject } from '../../application/check/subject.ts';
import { toolVersion } from '../../application/version.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import { stoppedPartitions } from '../../models/kafkaConfig/partitionStandings.ts';
import { exitCodes } from '../exitCodes.ts';
import { shardText } from '../options/shard.ts';
import { commandLine, nextCommandLine } from '../output/commandLine.ts';
import { duration } from '../output/numbers.ts';
import { wrapText } from '../output/table.ts';
import { sentenceOf } from '../output/verdictTable.ts';
import { adviceLines, explainedAdvice } from './adviceText.ts';
import { bullets } from './bullets.ts';
import type { CheckReport } from './checkJson.ts';
import { clusterLines, type Section, sectionLines, sectionsOf } from './clusterText.ts';
import { corpusLines } from './corpusText.ts';
import { answerLines, answerMeaning, SCREEN_LINES } from './firstScreen.ts';
import { playedClientLines } from './playedClientText.ts';
import { type StoryOptions, storyLines } from './storyText.ts';
import { subjectLines } from './subjectText.ts';

/** How a report is printed. */
export interface ReportOptions extends Omit<StoryOptions, 'saved'> {
  /** The folder of the corpus, as it is to be called. */
  readonly corpusFolder: string;
  /** Of a cluster every section; its first screen if not. */
  readonly isFull: boolean;
  /** Of a cluster these sections, or topics, in place of the first screen. */
  readonly explain: readonly string[];
}

/** A check of a cluster of which topics were explored. */
type AnsweredReport = CheckReport &
  Required<Pick<CheckReport, 'cluster'>> & { readonly answer: ClusterAnswer };

/** What an operator reads first, in one screen; or the sections that are asked for. */
function screenLines(report: AnsweredReport, options: ReportOptions): readonly string[] {
  const { cluster, answer, saved } = report;
  const sections = sectionsOf(cluster, options);
  if (options.explain.length === 0) {
    const head = [
      ...answerLines(cluster, answer, options),
      '',
      ...verdictLines(report, options),
      ...gateLines(report, options),
    ];
    const end = screenEnd(report, sections, options);
    return [...head, ...fitting(report, head.length + end.length, options), ...end];
  }
  return options.explain.flatMap((name, index) => [
    ...(index === 0 ? [] : ['']),
    ...explainedLines(name, sections, report, { ...options, saved }),
  ]);
}

/** What a gate makes of the findings. */
function gateLines(
  { findings = [], policy, exitCode }: AnsweredReport,
  { width }: ReportOptions,
): readonly string[] {
  if (policy === undefined) return [];
  const failing = findings.filter(({ fails }) => fails).map(({ id }) => id);
  const accepted = findings.filter(each => each.accepted !== undefined).length;
  const ofRelease = findings.filter(each => each.cause === 'release' && !each.fails).length;
  const old = stale(findings, policy).map(({ id }) => id);
  const parts = [
    failing.length === 0
      ? 'nothing fails'
      : `${failing.length} fail: ${listed(failing.slice(0, 4))}`,
    ...(failing.length > 4 ? [`and ${failing.length - 4} more`] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ...(ofRelease > 0 ? [`${ofRelease} of the release`] : []),
    ...(old.length > 0 ? [`accepted and gone: ${listed(old)}`] : []),
  ];
  const text = `Gate, --fail-on ${policy.failOn}: ${parts.join('; ')}. Exit code ${exitCode}.`;
  return wrapText(text, width);
}

/** As much of the advice as the screen has room for. */
function fitting(
  { advice = [] }: AnsweredReport,
  taken: number,
  options: ReportOptions,
): readonly string[] {
  const shown: string[] = [];
  for (const lines of adviceLines(advice, options)) {
    const isFirst = shown.length === 0;
    if (!isFirst && taken + shown.length + lines.length > SCREEN_LINES) break;
    shown.push(...lines);
  }
  return shown;
}

/** Where to read on. */
function screenEnd(
  { seconds, cluster }: AnsweredReport,
  sections: readonly Section[],
  { width }: ReportOptions,
): readonly string[] {
  const warnings = cluster.described.warnings.length;
  const known = sections.map(({ name }) => (name === 'warnings' ? `${name}: ${warnings}` : name));
  const names = [...known, 'advice', 'stories'].join(', ');
  const text = `More: --explain <name> (${names}, or a topic); --full. Took ${duration(seconds)}.`;
  return wrapText(text, width);
}

/** A section by its name, the stories, or what was explored of a topic. */
function explainedLines(
  name: string,
  sections: readonly Section[],
  { subjects, clients, advice = [] }: AnsweredReport,
  options: ReportOptions & Pick<StoryOptions, 'saved'>,
): readonly string[] {
  const own = sections
    .filter(each => each.name === name)
    .flatMap(each => sectionLines(each, options));
  if (name === 'clients') return [...own, ...playedClientLines(clients, options)];
  if (own.length > 0) return own;
  if (name === 'advice') return explainedAdvice(advice, options);
  if (name === 'stories') return subjects.flatMap(subject => storyLines(subject, options));
  const subject = subjects.find(({ topics }) => topics.includes(name));
  if (subject !== undefined) return subjectLines(subject, options);
  const known = [
    ...sections.map(each => each.name),
    'advice',
    'stories',
    ...subjects.flatMap(each => each.topics),
  ];
  throw UsageError.unknown('section or topic', name, known);
}

/** The whole report: what was understood, what was found, and last the verdict. */
export function checkText(report: CheckReport, options: ReportOptions): string {
  const { cluster, corpus, notReplayed = [], unmet = [], subjects, saved, seed, shard } = report;
  const { answer } = report;
  if (cluster !== undefined && answer !== undefined && !options.isFull) {
    return `${screenLines({ ...report, cluster, answer }, options).join('\n')}\n`;
  }
  const intro =
    cluster === undefined
      ? corpusLines({ corpus, notReplayed }, options.corpusFolder, options.argv)
      : clusterLines(cluster, options);
  const screen =
    cluster === undefined || answer === undefined
      ? []
      : [...answerLines(cluster, answer, options), ''];
  const lines = [
    ...screen,
    `Highwater ${toolVersion}, seed ${seed}${shard === undefined ? '' : `, shard ${shardText(shard)}`}`,
    '',
    ...intro,
    ...playedClientLines(report.clients, options),
    ...subjects.flatMap(subject => ['', ...subjectLines(subject, { ...options, saved })]),
    '',
    ...unmetLines(unmet, options),
    ...verdictLines(report, options),
    ...moreLines(report, options),
  ];
  return `${lines.join('\n')}\n`;
}

function unmetLines(unmet: readonly string[], { width, style }: ReportOptions): string[] {
  if (unmet.length === 0) return [];
  return [style('bold', 'Seen less of than expected'), ...bullets(unmet, width), ''];
}

function verdictLines(report: CheckReport, { width, style }: ReportOptions): string[] {
  const { verdict } = report;
  const colour = colours.get(verdict) ?? 'red';
  const [first = '', ...rest] = wrapText(`VERDICT: ${verdict}. ${meaningOf(report)}`, width);
  const word = `VERDICT: ${verdict}`;
  return [first.replace(word, style(colour, word)), ...rest];
}

const colours = new Map<CheckReport['verdict'], TextStyle>([
  ['holds', 'green'],
  ['nothing found', 'green'],
  ['inconclusive', 'yellow'],
]);

/** What the verdict means here. */
export function meaningOf(report: CheckReport): string {
  const { verdict, subjects, corpus } = report;
  const broken = subjects.flatMap(each => brokenIn(each, subjects.length > 1)).join('; ');
  const { answer } = report;
  const isOfAnswer = answer !== undefined && subjects.every(isOfSurvival);
  if (isOfAnswer && (verdict === 'holds' || verdict === 'violated')) {
    return `${answerMeaning(answer)}${unusableText(report)}`;
  }
  switch (verdict) {
    case 'holds':
      if (subjects.length === 0) return report.clients.length > 0 ? clientsHold : quorumAnswered;
      return 'No property breaks in the scopes above. Beyond them, and of random runs, nothing is claimed.';
    case 'nothing found': {
      const names = namesOf(subjects, ['nothing found']);
      return `Nothing broke, but of ${names} only random runs were made, which prove nothing.`;
    }
    case 'crashed':
      return crashedMeaning(subjects, broken);
    case 'violated':
      if (subjects.length === 0) return clientsLose;
      return `Broken: ${broken}.${notExploredText(report)}`;
    case 'diverged': {
      const failed = corpus.filter(({ outcome }) => outcome.word !== 'reproduced').length;
      return `${failed} of ${corpus.length} traces of the corpus are not reproduced any more; see above.`;
    }
    case 'inconclusive':
      return undecided(report);
    case 'vacuous':
    case 'impaired':
      return notClaimed(report);
    case 'interrupted':
      return `What was explored until then is above.${broken === '' ? '' : ` Broken: ${broken}.`}`;
  }
}

/** Whether nothing was asked of it but what becomes of records. */
function isOfSurvival({ properties }: Subject): boolean {
  return properties.every(({ name }) => name.endsWith('-records-survive'));
}

/** What breaks elsewhere does not hide that a topic cannot be used, or a partition is down. */
function notExploredText(report: CheckReport): string {
  if (report.cluster === undefined) return '';
  const stopped = stoppedPartitions(report.cluster.described);
  const text =
    stopped.length === 0 ? '' : ` Take no acks=all writes as they stand: ${listed(stopped)}.`;
  return `${unusableText(report)}${text}`;
}

/** Topics that cannot be used, and files that are not there. */
function unusableText({ cluster }: CheckReport): string {
  if (cluster === undefined) return '';
  const unusable = unusableTopics(cluster.described);
  const { unread } = cluster.described;
  return [
    ...(unusable.length === 0 ? [] : [` Cannot be used, so not explored: ${listed(unusable)}.`]),
    ...(unread.length === 0 ? [] : [` Not there, so not read: ${listed(unread)}.`]),
  ].join('');
}

const quorumAnswered =
  'The metadata quorum survives what is said above. No broker is described, so of records nothing is claimed.';

const clientsHold =
  'With these settings no record of a client is lost or passed over in the scopes above. Of the cluster nothing is ' +
  'known.';

const clientsLose =
  'With these settings records are lost, or never processed; see above. Of the cluster nothing is known.';

/** The properties of these verdicts. */
function namesOf(
  subjects: readonly Subject[],
  verdicts: readonly MergedProperty['verdict'][],
): string {
  const all = subjects.flatMap(({ properties }) => properties);
  const names = all.filter(({ verdict }) => verdicts.includes(verdict)).map(({ name }) => name);
  return listed(names.map(sentenceOf));
}

function crashedMeaning(subjects: readonly Subject[], broken: string): string {
  const names = subjects.flatMap(({ scopes }) =>
    scopes.flatMap(({ entry, plan, failure }) =>
      failure === undefined ? [] : [`${plan.name} (${entry.name})`],
    ),
  );
  const others = broken === '' ? 'Nothing broke elsewhere.' : `Broken: ${broken}.`;
  return `An error ended ${listed(names)}; see above. ${others}`;
}

/** Nothing broke, and of something nothing is claimed. */
function notClaimed({ verdict, subjects, unmet = [], cluster }: CheckReport): string {
  const names = namesOf(subjects, ['not exercised', 'unreached']);
  const unusable = cluster === undefined ? [] : unusableTopics(cluster.described);
  const stopped = cluster === undefined ? [] : stoppedPartitions(cluster.described);
  const unread = cluster?.described.unread ?? [];
  const isOfModels = cluster === undefined;
  const parts = [
    ...(unread.length === 0 ? [] : [`what is in ${listed(unread)} is not known`]),
    ...(stopped.length === 0
      ? []
      : [`these take no acks=all writes as they stand: ${listed(stopped)}`]),
    ...(unusable.length === 0 ? [] : [`what cannot be used was not explored: ${listed(unusable)}`]),
    ...(names === '' || !isOfModels ? [] : [`never put to the test or not reached: ${names}`]),
    ...(unmet.length === 0 ? [] : ['less was seen than expected']),
  ];
  const what = `${parts.join('; ') || 'no property says anything here'}; see above.`;
  return verdict === 'impaired'
    ? `Nothing broke in what was explored; that is not all of the cluster as it stands: ${what}`
    : `Nothing broke, but ${what}`;
}

/** Nothing broke, and something is open: in this shard, for lack of time, or for another limit. */
function undecided({ subjects, shard, exitCode, notReplayed = [] }: CheckReport): string {
  if (shard !== undefined && exitCode === exitCodes.holds) {
    return `Nothing broke in shard ${shardText(shard)}; it takes all shards to say more.`;
  }
  const scopes = subjects.flatMap(subject => subject.scopes);
  const left = [
    ...notReplayed,
    ...scopes.flatMap(({ entry, plan, omitted }) =>
      omitted === 'time budget' ? `${plan.name} (${entry.name})` : [],
    ),
  ];
  if (left.length === 0) {
    return 'Nothing broke, but a limit ended the search before a scope was covered; see above.';
  }
  return `Nothing broke, but the time budget was used up before ${listed(left)} had their turn; see above.`;
}

/**
 * "acknowledged records survive, exposed records survive (topic, other topic)", with the topics of a
 * cluster, or the model where there are several.
 */
function brokenIn({ entry, topics, properties }: Subject, several: boolean): string[] {
  const broken = properties.filter(({ verdict }) => verdict === 'violated');
  if (broken.length === 0) return [];
  const names = broken.map(({ name }) => sentenceOf(name)).join(', ');
  if (topics.length > 0) return [`${names} (${listed(topics)})`];
  return [several ? `${names} (${entry.name})` : names];
}

function moreLines({ seconds, cluster, subjects }: CheckReport, { argv }: ReportOptions): string[] {
  const files = cluster?.files ?? [];
  const models = [...new Set(subjects.map(({ entry }) => entry))];
  const larger =
    files.length > 0 && subjects.length === 0
      ? []
      : files.length > 0
        ? [['check', ...files, ...saidOf(argv), '--bound', 'records=3']]
        : models
            .filter(hasLargerScope)
            .map(entry => ['explore', entry.name, '--bound', oneMore(entry)]);
  return [
    `Took ${duration(seconds)}.`,
    '',
    `everything    ${commandLine([...argv, '--reporter', 'json=check.json'])}`,
    ...larger.map(command => `larger scope  ${nextCommandLine(argv, command)}`),
    `all options   ${commandLine(['check', '--help'])}`,
  ];
}

/** What was said of a cluster besides its files. */
function saidOf(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    if (/^--(kafka-version|brokers)=/.test(argument)) return [argument];
    const value = argv[index + 1];
    const isSaid = argument === '--kafka-version' || argument === '--brokers';
    return isSaid && value !== undefined ? [argument, value] : [];
  });
}

/** A model of a configuration file has one scope only. */
function hasLargerScope({ smallScope, largeScope }: ModelEntry): boolean {
  return smallScope !== largeScope;
}

/** The first bound of the small scope, and one more of it. */
function oneMore({ smallScope }: ModelEntry): string {
  const [name, value] = Object.entries(smallScope).find(([, most]) => most > 0) ?? ['', 0];
  return `${name}=${value + 1}`;
}

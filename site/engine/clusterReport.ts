import type { Difference } from '../../application/advice/advice.ts';
import { adviceFor } from '../../application/advice/advice.ts';
import { edited, type LineEdit } from '../../application/advice/fileEdits.ts';
import { Variants } from '../../application/advice/variants.ts';
import { type WrittenAdvice, written } from '../../application/advice/writtenAdvice.ts';
import type { ClassCell } from '../../application/answer/cells.ts';
import {
  type ClusterAnswer,
  clusterAnswer,
  type TopicClass,
} from '../../application/answer/clusterAnswer.ts';
import {
  type CheckedCluster,
  type CheckResult,
  carryOut,
  planCluster,
} from '../../application/check/check.ts';
import type { CheckRequest } from '../../application/check/checkRequest.ts';
import type { CheckVerdict } from '../../application/check/verdict.ts';
import { Commentary } from '../../application/commentary.ts';
import { plainProject } from '../../application/project/project.ts';
import type { Surroundings } from '../../application/tasks/surroundings.ts';
import type { Limits } from '../../application/tasks/task.ts';
import { TimeBudget } from '../../application/tasks/timeBudget.ts';
import { plain, type TextStyle } from '../../checker/trace/renderStyle.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { buysText, costsText } from '../../cli/check/adviceText.ts';
import { sectionsOf } from '../../cli/check/clusterText.ts';
import { withoutOptions } from '../../cli/check/clusterView.ts';
import {
  answerMeaning,
  cellText,
  colourOf,
  headLines,
  legend,
  weakAcksText,
} from '../../cli/check/firstScreen.ts';
import { nextSentences } from '../../cli/check/nextText.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import { type DescribeOptions, describeCluster } from '../../models/kafkaConfig/describeCluster.ts';

/** What one failure costs one class of topics, in words. */
export interface CellReport {
  readonly words: string;
  readonly tone: TextStyle;
  /** The place of its story among those of the report; absent where nothing is lost. */
  readonly story?: number;
}

/** Topics that are alike. */
interface ClassReport {
  readonly topics: readonly string[];
  readonly copies: string;
  readonly minimum: string;
  readonly cells: readonly CellReport[];
}

/** A story with where it comes from. */
interface StoryReport {
  readonly name: string;
  readonly trace: TraceFile;
}

/** A change that helps, and the operator's own files with it. */
export interface AdviceReport {
  readonly title: string;
  readonly effort: string;
  readonly buys: string;
  readonly costs: string;
  readonly differences: readonly Difference[];
  readonly edits: readonly LineEdit[];
  /** The files that it changes, as they are then. */
  readonly changed: readonly ConfigFile[];
}

/** Everything that a page says of a cluster, as plain data. */
export interface ClusterReport {
  readonly described: ClusterDescription;
  readonly verdict: CheckVerdict;
  /** The verdict in a sentence. */
  readonly meaning: string;
  /** The cluster in two lines. */
  readonly head: readonly string[];
  readonly failures: readonly { readonly title: string; readonly what: string }[];
  readonly classes: readonly ClassReport[];
  /** What the words of the table mean, and what else is to be said at once. */
  readonly legend: readonly string[];
  readonly stories: readonly StoryReport[];
  /** Undefined where changes are still being looked for. */
  readonly advice: readonly AdviceReport[] | undefined;
  /** Each with what the command line prints under `--explain`. */
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
  readonly seconds: number;
}

/** What files are checked with. */
export interface ReportMeans {
  readonly said: DescribeOptions;
  readonly surroundings: Omit<Surroundings, 'project'>;
  readonly limits: Limits;
  /** Is told the answer before the changes that help are looked for. */
  readonly onAnswer: (report: ClusterReport) => void;
}

/** What the first answer takes, as the command line asks it. */
const first: Omit<CheckRequest, 'limits'> = {
  seed: 1,
  runs: 1000,
  maxSteps: 200,
  symmetry: true,
  jobs: 1,
  isFirst: true,
};

/**
 * The first answer to configuration files, and the changes that help, as `highwater check <files>` gives them.
 *
 * @throws ConfigError with one line that names file and place, when a file cannot be understood.
 */
export async function clusterReport(
  files: readonly ConfigFile[],
  { said, surroundings, limits, onAnswer }: ReportMeans,
): Promise<ClusterReport> {
  const project = plainProject();
  const describe = (texts: readonly ConfigFile[]): ClusterDescription =>
    describeCluster(texts, said);
  const described = describe(files);
  const budget = new TimeBudget();
  const request = { ...first, limits };
  const names = files.map(({ name }) => name);
  const plan = await planCluster({ files: names, described }, request, project);
  const found = await carryOut(plan, request, budget, { ...surroundings, project });
  const answer = clusterAnswer(found);
  const report = reportOf(found, answer, project.models);
  if (answer === undefined) return { ...report, advice: [] };
  onAnswer(report);
  const { models } = project;
  const means = { models, request, budget, surroundings: { ...surroundings, project } };
  const variants = new Variants(means, found.subjects);
  const advice = await adviceFor(described, answer, variants);
  const reports = advice.map(each => adviceReport(written(each, { files, describe }), files));
  return { ...report, advice: reports, seconds: budget.seconds };
}

const layout = { width: 1000, style: plain };

function reportOf(
  { cluster, verdict, seconds }: CheckResult,
  answer: ClusterAnswer | undefined,
  models: ConstructorParameters<typeof Commentary>[0],
): ClusterReport {
  if (cluster === undefined) throw new Error('a check of files is one of a cluster');
  const commentary = new Commentary(models);
  const stories: StoryReport[] = [];
  /** The place of the story; one that several cells share is told once. */
  const placeOf = (name: string, trace: TraceFile): number => {
    const said = commentary.on(trace);
    const known = stories.findIndex(story => story.trace === said);
    return known >= 0 ? known : stories.push({ name, trace: said }) - 1;
  };
  const classes = (answer?.classes ?? []).map(each => classReport(each, placeOf));
  const { described } = cluster;
  return {
    ...{ described, verdict, seconds, stories, classes },
    ...wordsOf(cluster, answer),
    failures: (answer?.failures ?? []).map(({ title, what }) => ({ title, what })),
    advice: undefined,
  };
}

type Words = Pick<ClusterReport, 'meaning' | 'head' | 'legend' | 'sections'>;

function wordsOf(cluster: CheckedCluster, answer: ClusterAnswer | undefined): Words {
  const { described } = cluster;
  const sections = sectionsOf(cluster, { ...layout, width: 96 }).map(({ heading, lines }) => ({
    heading,
    text: lines.join('\n'),
  }));
  if (answer === undefined) {
    return { meaning: 'Nothing of its topics could be explored.', head: [], legend: [], sections };
  }
  return {
    meaning: answerMeaning(answer),
    head: headLines(described, answer, layout),
    legend: [
      ...legend(answer.classes, layout.width),
      ...nextSentences(described),
      ...answer.weakAcks.map(weakAcksText),
    ].map(withoutOptions),
    sections,
  };
}

function classReport(
  { topics, replicationFactor, minimum, isAssumed, cells }: TopicClass,
  placeOf: (name: string, trace: TraceFile) => number,
): ClassReport {
  const mark = (is: boolean): string => (is ? '*' : '');
  return {
    topics,
    copies: `${replicationFactor}${mark(isAssumed.factor)}`,
    minimum: `${minimum}${mark(isAssumed.minimum)}`,
    cells: cells.map(cell => cellReport(cell, placeOf)),
  };
}

function cellReport(
  cell: ClassCell,
  placeOf: (name: string, trace: TraceFile) => number,
): CellReport {
  const { story, failure } = cell;
  const words = { words: cellText(cell), tone: colourOf(cell) };
  return story === undefined
    ? words
    : { ...words, story: placeOf(`${failure.title}: ${story.scope}`, story.trace) };
}

function adviceReport(advice: WrittenAdvice, files: readonly ConfigFile[]): AdviceReport {
  const { title, effort, buys, edits } = advice;
  const touched = new Set(edits.map(({ file }) => file));
  return {
    ...{ title, effort, edits, differences: buys },
    buys: buysText(buys),
    costs: costsText(advice),
    changed: edited(files, edits).filter(({ name }) => touched.has(name)),
  };
}

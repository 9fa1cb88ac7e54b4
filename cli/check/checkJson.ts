import { type JudgedFinding, type Policy, stale } from '../../application/advice/policy.ts';
import type { WrittenAdvice } from '../../application/advice/writtenAdvice.ts';
import type { ClusterAnswer } from '../../application/answer/clusterAnswer.ts';
import type { CheckedCluster, CheckResult } from '../../application/check/check.ts';
import { causesOf, type ReleaseMistake } from '../../application/check/knownMistakes.ts';
import type { Subject } from '../../application/check/subject.ts';
import { subjectCoverage } from '../../application/check/subjectCoverage.ts';
import type { PlayedClients } from '../../application/clients/playedClients.ts';
import type { ReplayedTrace } from '../../application/corpus/replayedTrace.ts';
import { quorumRow } from '../../application/quorum/quorumRow.ts';
import type {
  ClusterDescription,
  ClusterNode,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { nextFailures } from '../../models/kafkaConfig/nextFailure.ts';
import { partitionStandings } from '../../models/kafkaConfig/partitionStandings.ts';
import {
  dataArithmetic,
  metadataArithmetic,
  oneNodeFailure,
  usableTopics,
} from '../../models/kafkaConfig/quorumArithmetic.ts';
import { rackFailures } from '../../models/kafkaConfig/rackArithmetic.ts';
import { explorationJson } from '../exploration/explorationJson.ts';
import { shardText } from '../options/shard.ts';
import { adviceJson, answerJson, findingJson } from './answerJson.ts';
import type { SavedTraces } from './savedTraces.ts';

/** What a check found, and what became of it here. */
export interface CheckReport extends CheckResult {
  /** What the failure of nodes costs, of a cluster of which topics were explored. */
  readonly answer?: ClusterAnswer | undefined;
  /** The cheapest changes that help it, each explored. */
  readonly advice?: readonly WrittenAdvice[] | undefined;
  /** Everything that one failure costs, and what is made of it. */
  readonly findings?: readonly JudgedFinding[] | undefined;
  /** What makes the run fail, if somebody says it. */
  readonly policy?: Policy | undefined;
  readonly saved: SavedTraces;
  readonly exitCode: number;
}

/** The content of the JSON document that `check --json` prints. */
export function checkJson(report: CheckReport) {
  const { seed, shard, seconds, corpus, notReplayed, cluster, subjects, saved, verdict } = report;
  return {
    seed,
    shard: shard === undefined ? null : shardText(shard),
    verdict,
    exitCode: report.exitCode,
    seconds,
    unmetThresholds: report.unmet ?? [],
    corpus: corpus.map(corpusJson),
    notReplayed: notReplayed ?? [],
    cluster: cluster === undefined ? null : clusterJson(cluster),
    answer: report.answer === undefined ? null : answerJson(report.answer),
    findings: (report.findings ?? []).map(finding => findingJson(finding, report.policy)),
    staleRisks: report.policy === undefined ? [] : stale(report.findings ?? [], report.policy),
    advice: (report.advice ?? []).map(adviceJson),
    subjects: subjects.map(subject => {
      const { entry, title, topics, notes, properties } = subject;
      const model = entry.name;
      return { model, title, topics, notes, properties, coverage: subjectCoverage(subject) };
    }),
    explorations: subjects.flatMap(subject => explorationsJson(subject, saved)),
    clients: report.clients.map(clientJson),
    notExplored: subjects.flatMap(notExploredJson),
    failures: subjects.flatMap(failuresJson),
  };
}

/** What can become of the records of clients; a story is a trace. */
function clientJson({ settings, kafka, where, assumed, cells }: PlayedClients) {
  return {
    settings,
    kafka,
    where,
    assumed,
    faults: cells.map(({ fault, answers, distinctStates }) => ({
      fault,
      distinctStates,
      answers: answers.map(({ property, answer, steps, story }) => ({
        property,
        answer,
        steps: steps ?? null,
        trace: story ?? null,
      })),
    })),
  };
}

function corpusJson({ path, trace, outcome }: ReplayedTrace) {
  const { word, step, reason, differsFrom } = outcome;
  return {
    file: path,
    model: trace.model.name,
    property: trace.property.name,
    outcome: word,
    step: step ?? null,
    reason,
    differsFrom: differsFrom ?? null,
  };
}

function clusterJson({ described: cluster, files, quorum, known }: CheckedCluster) {
  return {
    files,
    ...cluster,
    controllers: cluster.controllers ?? null,
    dynamicVoters: cluster.dynamicVoters ?? null,
    version: { ...cluster.version, value: cluster.version.value ?? null },
    eligibleLeaderReplicas: {
      ...cluster.eligibleLeaderReplicas,
      value: cluster.eligibleLeaderReplicas.value ?? null,
    },
    nodes: cluster.nodes.map(nodeJson),
    topics: cluster.topics.map(topicJson),
    internalTopics: cluster.internalTopics.map(topicJson),
    clients: cluster.clients.map(({ acks, behaviour: _, ...client }) => ({
      ...client,
      acks: acks === undefined ? null : { ...acks, value: acks.value ?? null },
    })),
    partitions: partitionStandings(cluster).map(({ state, ...standing }) => ({
      ...state,
      leader: state.leader ?? null,
      ...standing,
    })),
    nextFailures: nextFailures(cluster),
    quorumState: quorumStateJson(cluster.quorumState),
    arithmetic: {
      metadata: metadataArithmetic(cluster) ?? null,
      topics: usableTopics(cluster).map(dataArithmetic),
      oneNodeFailure: oneNodeFailure(cluster).map(failure => ({
        ...failure,
        metadataSurvives: failure.metadataSurvives ?? null,
      })),
      racks: rackFailures(cluster).map(failure => ({
        ...failure,
        metadataSurvives: failure.metadataSurvives ?? null,
      })),
    },
    quorum: quorum === undefined ? null : quorumRow(quorum),
    knownMistakes: known.mistakes.map(mistakeJson),
  };
}

function quorumStateJson(state: ClusterDescription['quorumState']) {
  if (state === undefined) return null;
  const { leader, voters, isDynamic, where } = state;
  return {
    leader: leader ?? null,
    voters: voters.map(({ id, silentMs }) => ({ id, silentMs: silentMs ?? null })),
    isDynamic: isDynamic ?? null,
    where,
  };
}

function nodeJson(node: ClusterNode) {
  const { id, rack, host } = node;
  return { ...node, id: id ?? null, rack: rack ?? null, host: host ?? null };
}

function topicJson(topic: TopicDurability) {
  const { unusable } = topic;
  return {
    ...topic,
    unusable: unusable === undefined ? null : { ...unusable, stops: unusable.stops ?? null },
  };
}

function notExploredJson({ topics, scopes }: Subject) {
  return scopes.flatMap(({ entry, plan, outcome, omitted }) =>
    outcome === undefined
      ? [{ model: entry.name, scope: plan.name, topics, because: omitted ?? 'interrupted' }]
      : [],
  );
}

/** The errors that ended searches, with the steps that lead there. */
function failuresJson({ topics, scopes }: Subject) {
  return scopes.flatMap(({ entry, plan, failure }) => {
    if (failure === undefined) return [];
    const { message, steps } = failure;
    return [{ model: entry.name, scope: plan.name, topics, message, steps }];
  });
}

/** What was not explored is not there. */
function explorationsJson({ entry, topics, scopes }: Subject, saved: SavedTraces) {
  return scopes.flatMap(({ plan, outcome }) => {
    if (outcome === undefined) return [];
    const { violations, ...explored } = explorationJson(outcome, saved.get(outcome));
    const causes = outcome.traces.map(trace => causesOf(trace, [entry]).map(mistakeJson));
    const caused = violations.map((violation, index) => ({
      ...violation,
      causes: causes[index] ?? [],
    }));
    return [{ scope: plan.name, topics, ...explored, violations: caused }];
  });
}

/** A known mistake of a release, as the cause of a violation or of the quorum of a cluster. */
function mistakeJson({ sometimes, goneSince, ...mistake }: ReleaseMistake) {
  return { ...mistake, sometimes: sometimes ?? null, goneSince: goneSince ?? null };
}

import type { ReplayedTrace } from '../../application/check/corpus.ts';
import type { Subject } from '../../application/check/subject.ts';
import type { CheckVerdict } from '../../application/check/verdict.ts';
import { quorumRow } from '../../application/quorum/quorumRow.ts';
import type { QuorumSurvival } from '../../application/quorum/survival.ts';
import type { Shard } from '../../checker/random/walkArbitrary.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import {
  dataArithmetic,
  metadataArithmetic,
  oneNodeFailure,
} from '../../models/kafkaConfig/quorumArithmetic.ts';
import { shardText } from '../options/shard.ts';
import { explorationJson } from '../output/explorationJson.ts';
import { subjectCoverage } from './coverageSentences.ts';
import type { SavedTraces } from './savedTraces.ts';

/** The cluster that files describe. */
export interface CheckedCluster {
  readonly files: readonly string[];
  readonly described: ClusterDescription;
  /** What its metadata quorum survives, if that was played. */
  readonly quorum: QuorumSurvival | undefined;
}

/** Everything that a check found. */
export interface CheckReport {
  readonly seed: number;
  readonly seconds: number;
  readonly shard?: Shard;
  readonly corpus: readonly ReplayedTrace[];
  /** Traces of the corpus that the time budget left no time for. */
  readonly notReplayed?: readonly string[];
  readonly cluster?: CheckedCluster;
  readonly subjects: readonly Subject[];
  readonly saved: SavedTraces;
  /** What was seen less of than the configuration file expects, a line each. */
  readonly unmet?: readonly string[];
  readonly verdict: CheckVerdict;
  readonly exitCode: number;
}

/** The content of the JSON document that `check --json` prints. */
export function checkJson(report: CheckReport): object {
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
    subjects: subjects.map(subject => {
      const { model, title, topics, notes, properties } = subject;
      return { model, title, topics, notes, properties, coverage: subjectCoverage(subject) };
    }),
    explorations: subjects.flatMap(subject => explorationsJson(subject, saved)),
    notExplored: subjects.flatMap(notExploredJson),
    failures: subjects.flatMap(failuresJson),
  };
}

function corpusJson({ path, trace, outcome }: ReplayedTrace): object {
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

function clusterJson({ described: cluster, files, quorum }: CheckedCluster): object {
  return {
    files,
    ...cluster,
    controllers: cluster.controllers ?? null,
    version: { ...cluster.version, value: cluster.version.value ?? null },
    eligibleLeaderReplicas: {
      ...cluster.eligibleLeaderReplicas,
      value: cluster.eligibleLeaderReplicas.value ?? null,
    },
    nodes: cluster.nodes.map(node => ({ ...node, id: node.id ?? null })),
    arithmetic: {
      metadata: metadataArithmetic(cluster) ?? null,
      topics: [...cluster.topics, ...cluster.internalTopics].map(dataArithmetic),
      oneNodeFailure: oneNodeFailure(cluster).map(failure => ({
        ...failure,
        metadataSurvives: failure.metadataSurvives ?? null,
      })),
    },
    quorum: quorum === undefined ? null : quorumRow(quorum),
  };
}

function notExploredJson({ topics, scopes }: Subject): object[] {
  return scopes.flatMap(({ plan, outcome, omitted }) =>
    outcome === undefined
      ? [{ model: plan.model, scope: plan.name, topics, because: omitted ?? 'interrupted' }]
      : [],
  );
}

/** The errors that ended searches, with the steps that lead there. */
function failuresJson({ topics, scopes }: Subject): object[] {
  return scopes.flatMap(({ plan, failure }) => {
    if (failure === undefined) return [];
    const { message, steps } = failure;
    return [{ model: plan.model, scope: plan.name, topics, message, steps }];
  });
}

/** What was not explored is not there. */
function explorationsJson({ topics, scopes }: Subject, saved: SavedTraces): object[] {
  return scopes.flatMap(({ plan, outcome }) =>
    outcome === undefined
      ? []
      : [{ scope: plan.name, topics, ...explorationJson(outcome, saved.get(outcome)) }],
  );
}

import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import { effectiveMinIsr } from '../../models/kafkaConfig/quorumArithmetic.ts';
import type { Advice } from './advice.ts';
import { edited, editsFor, type LineEdit } from './fileEdits.ts';

/** The files of a cluster, and how they are read. */
export interface ReadFiles {
  readonly files: readonly ConfigFile[];
  /** Describes the cluster of files that are like them. @throws UsageError when one cannot be understood. */
  readonly describe: (files: readonly ConfigFile[]) => ClusterDescription;
}

/** Advice with the lines that it takes, where they make the files say what was explored. */
export interface WrittenAdvice extends Advice {
  /** None where no such lines are known: the change is told in words. */
  readonly edits: readonly LineEdit[];
}

/**
 * Writes advice as lines of the operator's own files. The changed files are read again: only lines that make them
 * describe what was explored are shown.
 */
export function written(advice: Advice, { files, describe }: ReadFiles): WrittenAdvice {
  const edits = editsFor(files, advice.wanted);
  if (edits.length === 0) return { ...advice, edits: [] };
  try {
    const again = describe(edited(files, edits));
    return { ...advice, edits: isAsPromised(again, advice.changed) ? edits : [] };
  } catch {
    return { ...advice, edits: [] };
  }
}

/** Whether every topic is kept as it was explored; by a change of more than settings the files alone are not judged. */
function isAsPromised(again: ClusterDescription, promised: ClusterDescription): boolean {
  const kept = ({ topics, internalTopics }: ClusterDescription): readonly string[] =>
    [...topics, ...internalTopics].map(topic =>
      JSON.stringify([
        topic.topic,
        topic.replicationFactor.value,
        effectiveMinIsr(topic),
        topic.uncleanLeaderElection.value,
        topic.flushEveryRecord.value,
      ]),
    );
  return JSON.stringify(kept(again)) === JSON.stringify(kept(promised));
}

import { basename, dirname } from 'node:path';
import type { MetadataLog } from '../../models/kafkaLog/metadataLog.ts';
import { type EpochStarts, holdBrokerLog } from '../../models/kafkaLog/nodes/brokerLog.ts';
import {
  type DiskFile,
  holdEpochCheckpoint,
  holdQuorumState,
} from '../../models/kafkaLog/nodes/checkpointFiles.ts';
import { holdControllerLog } from '../../models/kafkaLog/nodes/controllerLog.ts';
import { DecisionHistory } from '../../models/kafkaLog/nodes/decisionHistory.ts';
import type { Held } from '../../models/kafkaLog/nodes/finding.ts';
import { type NodeLog, readNodeLogs } from '../../models/kafkaLog/nodes/nodeLog.ts';
import { holdQuorumLog, type Leaders } from '../../models/kafkaLog/nodes/quorumLog.ts';
import type { LogFile } from './logFiles.ts';
import { nothing, type ValidatedPart } from './validatedPart.ts';

/**
 * Holds what nodes have logged, and small files of their disks, to the metadata log and to each other. Without a
 * metadata log only what they say of the quorum can be held to something.
 */
export function validateNodes(
  files: readonly LogFile[],
  metadata: MetadataLog | undefined,
): ValidatedPart[] {
  const history = metadata === undefined ? undefined : new DecisionHistory(metadata);
  const starts: EpochStarts = new Map();
  const leaders: Leaders = new Map();
  const nodes = files
    .filter(({ kind }) => kind === 'node')
    .flatMap(({ path, text }) => readNodeLogs(path, text))
    .map(log => validateNode(log, history, starts, leaders));
  return [...nodes, ...validateDisks(files, history, starts, leaders)];
}

function validateNode(
  log: NodeLog,
  history: DecisionHistory | undefined,
  starts: EpochStarts,
  leaders: Leaders,
): ValidatedPart {
  const ofDecisions =
    history === undefined
      ? []
      : [holdBrokerLog(log, history, starts), holdControllerLog(log, history)];
  const note = 'without the metadata log there is nothing to hold its replicas to';
  return partOf({
    name: `node ${log.node} in ${log.file}`,
    kind: 'node',
    lines: log.events.length,
    held: [...ofDecisions, holdQuorumLog(log, leaders)],
    notes: history === undefined ? [note] : [],
  });
}

/** Files of disks, all in one part: there are as many as replicas. */
function validateDisks(
  files: readonly LogFile[],
  history: DecisionHistory | undefined,
  starts: EpochStarts,
  leaders: Leaders,
): ValidatedPart[] {
  const diskFiles = files.filter(({ kind }) => kind === 'epochs' || kind === 'quorumState');
  if (diskFiles.length === 0) return [];
  const held = diskFiles.flatMap(({ path, kind, text }): Held[] => {
    const file: DiskFile = { path, partition: basename(dirname(path)), text };
    if (kind === 'quorumState') return [holdQuorumState(file, leaders)];
    return history === undefined ? [] : [holdEpochCheckpoint(file, history, starts)];
  });
  const name = `${diskFiles.length} files of disks`;
  return [partOf({ name, kind: 'checkpoints', lines: diskFiles.length, held, notes: [] })];
}

function partOf({
  held,
  ...part
}: Pick<ValidatedPart, 'name' | 'kind' | 'lines' | 'notes'> & {
  readonly held: readonly Held[];
}): ValidatedPart {
  const lines = held.reduce((sum, { messages }) => sum + messages, 0);
  const fields = held.reduce((sum, each) => sum + each.fields, 0);
  const findings = held.flatMap(({ finding }) => finding ?? []);
  const explained = lines === 0 ? 'empty' : 'explained';
  return {
    ...part,
    verdict: findings.length > 0 ? 'unexplained' : explained,
    constraints: { ...nothing, lines, fields },
    unexplained: findings.map(({ file, line, problem }) => ({
      place: `${file}:${line}`,
      problem,
      nearest: [],
    })),
    traces: [],
  };
}

import type { LoggedPartition } from '../metadataState.ts';
import { type EpochStarts, epochKey } from './brokerLog.ts';
import type { DecisionHistory } from './decisionHistory.ts';
import { type Held, Unexplained } from './finding.ts';
import type { Leaders } from './quorumLog.ts';

/** A file of a node's disk, with the folder that it is in: `t-0`. */
export interface DiskFile {
  readonly path: string;
  readonly partition: string;
  readonly text: string;
}

/**
 * Holds a `leader-epoch-checkpoint` (a version, how many entries, an epoch and an offset each) to the metadata log and
 * to what leaders have logged: each of its epochs was decided, and begins where its leader said that it does, for the
 * leader alone writes in it.
 *
 * Source: LeaderEpochFileCache.assign, Partition.makeLeader.
 */
export function holdEpochCheckpoint(
  { path, partition: name, text }: DiskFile,
  history: DecisionHistory,
  starts: EpochStarts,
): Held {
  const last = history.of(name).findLast(({ partition }) => partition !== undefined)?.partition;
  let [messages, fields] = [0, 0];
  let before = { epoch: -1, start: -1 };
  const [, , ...entries] = text.trim().split(/\s*\n/);
  for (const [index, entry] of entries.entries()) {
    const [epoch = -1, start = -1] = entry.split(' ').map(Number);
    try {
      if (epoch <= before.epoch) throw new Unexplained(`epoch ${epoch} follows ${before.epoch}`);
      if (start <= before.start) throw new Unexplained(`${start} follows ${before.start}`);
      if (last === undefined) continue;
      fields += holdEntry(name, { epoch, start }, last, history, starts);
      messages++;
      before = { epoch, start };
    } catch (error) {
      if (!(error instanceof Unexplained)) throw error;
      return { messages, fields, finding: { file: path, line: index + 3, problem: error.message } };
    }
  }
  return { messages, fields, finding: undefined };
}

interface Entry {
  readonly epoch: number;
  readonly start: number;
}

function holdEntry(
  name: string,
  { epoch, start }: Entry,
  last: LoggedPartition,
  history: DecisionHistory,
  starts: EpochStarts,
): number {
  const isDecided = history
    .of(name)
    .some(({ partition }) => partition?.leaderEpoch === epoch && partition.leader >= 0);
  if (!isDecided) throw new Unexplained(`nobody ever leads ${name} in epoch ${epoch}`);
  const known = starts.get(epochKey(last, epoch));
  if (known === undefined) return 1;
  if (known.start !== start) {
    throw new Unexplained(
      `epoch ${epoch} of ${name} begins at ${start}, and ${known.broker}, which led it, began at ${known.start}`,
    );
  }
  return 2;
}

/** Holds a `quorum-state` to the leaders that nodes of the quorum have told of. Source: FileQuorumStateStore. */
export function holdQuorumState({ path, text }: DiskFile, leaders: Leaders): Held {
  const { leaderId, leaderEpoch } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const known = leaders.get(Number(leaderEpoch));
  if (known === undefined || Number(leaderId) < 0) {
    return { messages: 0, fields: 0, finding: undefined };
  }
  const problem = `epoch ${leaderEpoch} is led by ${known}, and here by ${leaderId}`;
  const finding = known === leaderId ? undefined : { file: path, line: 1, problem };
  return { messages: 1, fields: 1, finding };
}

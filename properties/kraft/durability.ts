import type { RaftNode, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import type { VoterSetView } from '../../models/kraft/voterSet.ts';
import {
  committedVoters,
  entryInWords,
  holds,
  type KraftInvariant,
  type KraftScope,
  type KraftStepProperty,
  leads,
} from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { epochBelow, logEndOffset } from './view.ts';

/**
 * What the leader of the newest epoch has committed in it is on the disks of a majority: of the
 * voters of its own voter set, or of the last committed one. They differ while a change of the
 * voters is not committed. Then the records before it may have been committed under the old set, and
 * those after it under the new one, and either is enough, for any two majorities of the two meet.
 *
 * It is claimed once the leader has committed in its epoch, and still when it has resigned. Before
 * that a record may be on fewer disks: a leader that removes one of four voters commits with two of
 * the three, and dies with the only copy of the removal; to the next leader the four are voters
 * again.
 *
 * A voter whose disk was replaced by one with another directory id is no voter, and cannot be part
 * of a majority that lacks a record: it does not count against the claim.
 */
export function committedRecordsAreDurable(facts: KraftFacts): KraftInvariant {
  return {
    name: 'committed-records-are-durable',
    kind: 'invariant',
    statement:
      'What the leader of the newest epoch has committed in it is flushed at a majority of the voters.',
    loss: 'The failure of fewer than half of the controllers takes committed metadata with it.',
    source: 'KIP-595; KAFKA-10533; Raft 5.3',
    when: state => committingLeader(facts, state) !== undefined,
    holds(state) {
      const leader = committingLeader(facts, state);
      if (leader === undefined) return true;
      const { ghost } = state;
      const own = firstLacking(facts, state, leader);
      if (own === undefined) return true;
      const agreed = committedVoters(ghost, ghost.committed.length);
      const offset = firstLacking(facts, state, agreed);
      if (offset === undefined) return true;
      const what = entryInWords(ghost.committed.get(offset));
      return `${what} at offset ${offset} is committed, and too few voters have flushed it`;
    },
  };
}

/**
 * A fetch acknowledges, and what it acknowledges must be on disk: a voter flushes in the turn in which it appends. A
 * leader whose flush may come later (`lateFlush`) is asked for nothing before that.
 */
export function votersFlushWhatTheyAppend({ node: nodes, config }: KraftFacts): KraftStepProperty {
  const appended = (before: KraftScope, after: KraftScope, node: RaftNode): boolean => {
    const view = after.protocol.nodes.get(node);
    const grows = logEndOffset(view) > logEndOffset(before.protocol.nodes.get(node));
    return grows && view.voters.has(node) && !(config.lateFlush && leads(view));
  };
  return {
    name: 'voters-flush-what-they-append',
    kind: 'step',
    statement: 'What a voter appends to its log is on its disk before it acknowledges it.',
    loss: 'A crash takes what a majority has acknowledged: committed metadata is gone.',
    source: 'KAFKA-10533; KafkaRaftClient.appendAsFollower, flushLeaderLog',
    needs: 'a voter that appends',
    when: (before, after) => nodes.all.some(node => appended(before, after, node)),
    holds(before, after) {
      for (const node of nodes.all) {
        const { flushedOffset } = after.protocol.nodes.get(node);
        const end = logEndOffset(after.protocol.nodes.get(node));
        if (appended(before, after, node) && flushedOffset < end) {
          return `${nodes.nameOf(node)} appends up to ${end}, and ${flushedOffset} of it are on disk`;
        }
      }
      return true;
    },
  };
}

/** Who leads the newest epoch, or has resigned from it, if it has committed in it. */
function committingLeader(
  { node: nodes }: KraftFacts,
  { protocol, ghost }: KraftScope,
): ReadonlyNodeView | undefined {
  const newest = ghost.leaders.length;
  for (const node of nodes.all) {
    const view = protocol.nodes.get(node);
    const { highWatermark } = view;
    if (!leads(view) && view.state.state !== 'resigned') continue;
    const isKnown = highWatermark > 0 && highWatermark <= logEndOffset(view);
    if (isKnown && epochBelow(view, highWatermark) === newest) return view;
  }
  return undefined;
}

/** The first committed offset that too many voters of the set have not flushed. */
function firstLacking(
  { node: nodes, config }: KraftFacts,
  { protocol, ghost: { committed } }: KraftScope,
  set: VoterSetView | undefined,
): number | undefined {
  const size = set === undefined ? config.voters : set.voters.size;
  const mayLack = size - (Math.floor(size / 2) + 1);
  for (let offset = 0; offset < committed.length; offset++) {
    let lacking = 0;
    for (const node of nodes.all) {
      const isMember = set === undefined ? node < config.voters : set.voters.has(node);
      if (!isMember) continue;
      const view = protocol.nodes.get(node);
      const directory = set === undefined ? 0 : set.directories.get(node);
      if (config.dynamicVoters && view.directory !== directory) continue;
      const entry = committed.get(offset);
      if (!(isFlushed(view, offset) && holds(view, offset, entry))) lacking++;
    }
    if (lacking > mayLack) return offset;
  }
  return undefined;
}

/** Whether what the node has at an offset is on its disk for good. */
function isFlushed(view: ReadonlyNodeView, offset: number): boolean {
  if (offset < view.logStartOffset) return view.snapshot.flushed;
  return offset < Math.min(view.flushedOffset, logEndOffset(view));
}

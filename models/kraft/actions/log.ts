import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import { advanceHighWatermark } from '../highWatermark.ts';
import { appendAsLeader } from '../leaderLog.ts';
import { flush as flushLog, isFlushed } from '../log.ts';
import { cleanLog as cleanBelow, fileSnapshot } from '../snapshot.ts';
import { resignIfRemoved } from '../transitions.ts';

/**
 * append: the controller on a node that believes to lead appends a metadata record. Limited by
 * `records`; each record is a new one.
 */
export function append(context: KraftContext): AnyAction {
  return context.action({
    name: 'append',
    kind: 'client',
    actor: 'leader',
    phrase: '{leader} appends a metadata record',
    params: { leader: anyNode(context.node) },
    spends: 'records',
    weight: 0.5,
    enabled({ protocol }, { leader }) {
      const { state, active } = protocol.nodes.get(leader);
      if (state.state !== 'leader') return 'the node does not lead';
      return active || !context.config.slowListeners || 'its controller is not active yet';
    },
    step({ protocol, record }, { leader }) {
      const { client } = protocol;
      client.sent++;
      const step = { context, protocol, record, node: leader };
      appendAsLeader(step, { kind: 'record', value: client.sent });
    },
  });
}

/**
 * flush: a node writes what it has appended to disk.
 *
 * Who: any running node; a leader, with `lateFlush`, after what it appended, and then it counts
 * itself; a node that does not flush when it fetches, whenever its page cache is written back.
 */
export function flush(context: KraftContext): AnyAction {
  return context.action({
    name: 'flush',
    kind: 'protocol',
    actor: 'node',
    phrase: '{node} flushes its metadata log',
    params: { node: anyNode(context.node) },
    enabled({ protocol }, { node }) {
      const view = protocol.nodes.get(node);
      if (view.state.state === 'stopped') return 'the node is stopped';
      return !isFlushed(view) || 'everything is flushed';
    },
    step({ protocol, record }, { node }) {
      const view = protocol.nodes.get(node);
      flushLog(view);
      if (view.state.state !== 'leader') return;
      const step = { context, protocol, record, node };
      advanceHighWatermark(step);
      resignIfRemoved(step);
    },
  });
}

/**
 * takeSnapshot: a node files a snapshot of what is committed. Limited by `snapshots`.
 *
 * Source: KafkaRaftClient.createSnapshot, SnapshotGenerator; KIP-630.
 */
export function takeSnapshot(context: KraftContext): AnyAction {
  return context.action({
    name: 'takeSnapshot',
    kind: 'protocol',
    actor: 'node',
    phrase: '{node} takes a snapshot of what is committed',
    params: { node: anyNode(context.node) },
    spends: 'snapshots',
    weight: 0.3,
    // Nothing waits for it. Asked for, it would hold back every run that has a bound on it.
    fair: false,
    enabled({ protocol }, { node }) {
      const { state, highWatermark, snapshot } = protocol.nodes.get(node);
      if (state.state === 'stopped') return 'the node is stopped';
      return highWatermark > snapshot.offset || 'nothing is committed since the last snapshot';
    },
    step({ protocol }, { node }) {
      fileSnapshot(context, protocol.nodes.get(node));
    },
  });
}

/**
 * cleanLog: a node deletes the part of its log that its snapshot covers, if it knows that much to be committed: after
 * a start it does not until the leader has told it. A defect deletes what is committed, covered or not.
 *
 * Source: KafkaMetadataLog.maybeClean, deleteBeforeSnapshot; UnifiedLog.maybeIncrementLogStartOffset; KAFKA-14238.
 */
export function cleanLog(context: KraftContext): AnyAction {
  const limitOf = context.rules.cleansOnlyBelowSnapshot ? 'snapshot' : 'highWatermark';
  return context.action({
    name: 'cleanLog',
    kind: 'protocol',
    actor: 'node',
    phrase: '{node} deletes the log that its snapshot covers',
    params: { node: anyNode(context.node) },
    weight: 0.3,
    enabled({ protocol }, { node }) {
      if (context.bounds.snapshots === 0) return 'no snapshot is ever taken';
      const view = protocol.nodes.get(node);
      if (view.state.state === 'stopped') return 'the node is stopped';
      if (view.snapshot.offset === 0) return 'there is no snapshot';
      const limit = limitOf === 'snapshot' ? view.snapshot.offset : view.highWatermark;
      if (limit > view.highWatermark) return 'the node does not know that much to be committed';
      return limit > view.logStartOffset || 'there is nothing to delete';
    },
    step({ protocol }, { node }) {
      const view = protocol.nodes.get(node);
      cleanBelow(view, limitOf === 'snapshot' ? view.snapshot.offset : view.highWatermark);
    },
  });
}

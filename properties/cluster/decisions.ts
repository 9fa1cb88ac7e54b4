import type { RaftNode } from '../../models/kraft/schema.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { entryInWords, holds as hasEntry } from '../kraft/kraftScope.ts';
import { unless } from '../notApplicable.ts';
import { newestMetadataOffset } from '../replication/view.ts';
import type {
  ClusterFacts,
  ClusterInvariant,
  ClusterScope,
  ClusterStepProperty,
} from './clusterScope.ts';

/**
 * The partition's metadata and the registrations change only by entries that a majority of the
 * controllers has on disk: no failover forgets a decision that somebody has seen, and with the
 * quorum lost nobody is elected, fenced or taken out of the ISR.
 */
export function decisionsAreCommittedByQuorum(facts: ClusterFacts): ClusterStepProperty {
  const { bounds } = facts;
  return {
    name: 'decisions-are-committed-by-a-quorum',
    kind: 'step',
    statement:
      'Metadata and registrations change only by entries that a majority of the controllers has on disk.',
    loss: 'Brokers act on a decision, and the next controller does not know that it was taken.',
    source: 'KIP-500, KIP-595; QuorumController, deferred events',
    ...unless(
      bounds.diskLosses > 0 ? 'a lost disk takes what a controller has acknowledged' : undefined,
    ),
    needs: 'a decision',
    when: (before, after) => changesMetadata(facts, before, after),
    holds(before, after) {
      const [from, to] = [before.protocol.appliedOffset, after.protocol.appliedOffset];
      if (from === to) return 'the metadata changed, and no entry took effect';
      for (let offset = from; offset < to; offset++) {
        const wrong = tooFew(facts, after, offset);
        if (wrong !== undefined) return wrong;
      }
      return true;
    },
  };
}

function changesMetadata(
  { hosts }: ClusterFacts,
  { protocol: { partition: before } }: ClusterScope,
  { protocol: { partition: after } }: ClusterScope,
): boolean {
  if (newestMetadataOffset(before) !== newestMetadataOffset(after)) return true;
  const changes = (broker: Broker): boolean => {
    const was = before.registrations.get(broker);
    const is = after.registrations.get(broker);
    return was.state.state !== is.state.state || was.brokerEpoch !== is.brokerEpoch;
  };
  return hosts.broker.all.some(changes);
}

/** Says so where an entry that took effect is not on the disks of a majority. */
function tooFew(
  { hosts, config }: ClusterFacts,
  { protocol, ghost }: ClusterScope,
  offset: number,
): string | undefined {
  const { committed } = ghost.quorum;
  if (offset >= committed.length) return `the entry at offset ${offset} was never committed`;
  const entry = committed.get(offset);
  let copies = 0;
  for (const node of hosts.node.all.slice(0, config.controllers)) {
    const view = protocol.quorum.nodes.get(node);
    const flushed = offset < view.flushedOffset || view.snapshot.flushed;
    if (flushed && hasEntry(view, offset, entry)) copies++;
  }
  if (2 * copies > config.controllers) return undefined;
  return `${entryInWords(entry)} took effect, and ${copies} of ${config.controllers} controllers have it on disk`;
}

/** Every replica of the controller comes to the same metadata: the log alone decides it. */
export function decisionsTakeEffectInLogOrder(_: ClusterFacts): ClusterInvariant {
  return {
    name: 'decisions-take-effect-in-log-order',
    kind: 'invariant',
    statement: 'Decisions take effect in the order of the committed metadata log, each once.',
    loss: 'Controllers and brokers that replay one log come to different metadata.',
    source: 'KIP-500; QuorumMetaLogListener.handleCommit, MetadataImage',
    needs: 'a decision',
    when: ({ ghost }) => ghost.applied.length > 0,
    holds({ protocol, ghost }) {
      const { applied, quorum } = ghost;
      const newest = applied.length - 1;
      const { epoch, value } = applied.get(newest);
      if (applied.length !== protocol.appliedOffset) {
        return `${applied.length} entries took effect, up to offset ${protocol.appliedOffset}`;
      }
      if (newest >= quorum.committed.length)
        return `the entry at offset ${newest} is not committed`;
      const entry = quorum.committed.get(newest);
      if (entry.epoch !== epoch || entry.value !== value) {
        return `decision ${value} took effect at offset ${newest}, where ${entryInWords(entry)} is committed`;
      }
      for (let offset = 0; value > 0 && offset < newest; offset++) {
        if (applied.get(offset).value !== value) continue;
        return `decision ${value} took effect at offset ${offset} and again at offset ${newest}`;
      }
      return true;
    },
  };
}

/**
 * No two controllers are active that both know all that is committed. ("One active controller at any
 * time" is false: a deposed one may not have heard of it.)
 */
export function oneCurrentController(facts: ClusterFacts): ClusterInvariant {
  const { hosts, config } = facts;
  return {
    name: 'one-current-controller',
    kind: 'invariant',
    statement: 'At most one active controller knows all that is committed.',
    loss: 'Two controllers decide on the same metadata, and both may be followed.',
    source: 'Raft 5.4; KIP-595, QuorumController.claim',
    needs: 'a controller',
    when: ({ protocol }) => protocol.controller !== undefined,
    holds(state) {
      const [first, second] = hosts.node.all.filter(node => isCurrent(config, state, node));
      if (first === undefined || second === undefined) return true;
      const { nameOf } = hosts.node;
      return `${nameOf(first)} and ${nameOf(second)} are both active and know all that is committed`;
    },
  };
}

/**
 * Whether the node leads the quorum, its controller has taken over (it has committed in its epoch, or where
 * listeners are steps of their own has been told so), and it knows everything that was ever committed.
 */
function isCurrent(
  { slowListeners }: ClusterFacts['config'],
  { protocol, ghost }: ClusterScope,
  node: RaftNode,
): boolean {
  const { state, active, highWatermark, epochStartOffset } = protocol.quorum.nodes.get(node);
  if (state.state !== 'leader' || highWatermark < ghost.quorum.committed.length) return false;
  return slowListeners ? active : highWatermark > epochStartOffset;
}

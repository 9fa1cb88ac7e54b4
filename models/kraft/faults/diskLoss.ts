import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import { fileOnDisk, startDiskAt } from '../disk.ts';
import { isRunning } from '../messages.ts';
import type { NodeView } from '../schema.ts';
import { crashNode } from '../transitions.ts';
import { clearVoterSet } from '../voterSet.ts';
import { closeConnections } from './crash.ts';

/**
 * replaceDisk: a node's disk is lost and replaced by an empty one, under the same node id. With a
 * `new` directory id, as formatting makes it; or with the `same`, where `directoryIdRestored` lets
 * somebody restore meta.properties.
 *
 * Who: the environment. Limited by `diskLosses`. Changes: a running node dies; quorum state, log and
 * snapshots are gone. With dynamic voters the node knows no voters until it finds a leader.
 *
 * Source: KIP-853; KAFKA-17426.
 */
export function replaceDisk(context: KraftContext): AnyAction {
  return context.action({
    name: 'replaceDisk',
    kind: 'fault',
    actor: 'node',
    phrase: '{node} gets an empty disk, with the {directory} directory id',
    params: { node: anyNode(context.node), directory: anyOf('new', 'same') },
    spends: 'diskLosses',
    weight: 0.1,
    enabled: (_, { directory }) =>
      directory === 'new' ||
      context.config.directoryIdRestored ||
      'a replaced disk gets a new directory id',
    step({ protocol, record }, { node, directory }) {
      const view = protocol.nodes.get(node);
      if (isRunning(protocol, node)) crashNode({ context, protocol, record, node });
      closeConnections(context, protocol, node, 'arrives');
      forgetQuorumState(view);
      const { snapshot } = view;
      view.log.truncate(0);
      view.logStartOffset = 0;
      startDiskAt(view, 0);
      view.recoveryPoint = 0;
      snapshot.offset = 0;
      snapshot.lastEpoch = 0;
      fileOnDisk(view, false);
      clearVoterSet(snapshot);
      if (directory === 'new') view.directory++;
    },
  });
}

/**
 * loseQuorumState: the quorum-state file of a stopped node is lost, and the log is not. Limited by
 * `quorumStateLosses`. What the node knew of its vote is forgotten.
 */
export function loseQuorumState(context: KraftContext): AnyAction {
  return context.action({
    name: 'loseQuorumState',
    kind: 'fault',
    actor: 'node',
    phrase: '{node} loses its quorum-state file',
    params: { node: anyNode(context.node) },
    spends: 'quorumStateLosses',
    weight: 0.1,
    enabled({ protocol }, { node }) {
      if (isRunning(protocol, node)) return 'the node runs';
      return protocol.nodes.get(node).quorumState.epoch > 0 || 'the file says nothing';
    },
    step({ protocol }, { node }) {
      forgetQuorumState(protocol.nodes.get(node));
    },
  });
}

function forgetQuorumState({ quorumState }: NodeView): void {
  quorumState.epoch = 0;
  quorumState.leader = undefined;
  quorumState.vote = undefined;
  quorumState.voteDirectory = 0;
}

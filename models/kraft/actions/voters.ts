import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import { changeVoters, mayChangeVoters } from '../voterChange.ts';

/**
 * addVoter: an administrator has a node taken in as a voter (kafka-metadata-quorum add-controller).
 * Limited by `voterChanges`. The request names the node's directory id as it is on its disk.
 *
 * Left out: the request in flight. An administrator may ask at any time, so that a request which is
 * late is one that was made later.
 */
export function addVoter(context: KraftContext): AnyAction {
  return voterChange(context, 'add');
}

/** removeVoter: an administrator has a voter removed. Limited by `voterChanges`. */
export function removeVoter(context: KraftContext): AnyAction {
  return voterChange(context, 'remove');
}

function voterChange(context: KraftContext, change: 'add' | 'remove'): AnyAction {
  return context.action({
    name: `${change}Voter`,
    kind: 'client',
    actor: 'operator',
    phrase:
      change === 'add'
        ? 'operator has {leader} add {voter} to the voters'
        : 'operator has {leader} remove {voter} from the voters',
    params: { leader: anyNode(context.node), voter: anyNode(context.node) },
    spends: 'voterChanges',
    weight: 0.3,
    enabled: ({ protocol }, { leader, voter }) =>
      mayChangeVoters(context, protocol, leader, change, voter),
    step({ protocol, record }, { leader, voter }) {
      const { directory } = protocol.nodes.get(voter);
      changeVoters({ context, protocol, record, node: leader }, change, voter, directory);
    },
  });
}

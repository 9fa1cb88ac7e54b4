import type { ParamName } from '../../checker/model/arguments.ts';
import type { LiftedProperty } from '../../checker/model/part.ts';
import type { TakenAction } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import type { Hosts } from '../../models/cluster/nodes.ts';
import { commandNames, type DecisionView } from '../../models/cluster/schema.ts';
import type { Broker } from '../../models/replication/schema.ts';
import type { ClusterScope } from './clusterScope.ts';

const commands: ReadonlySet<string> = new Set(commandNames);

/**
 * What a step of the cluster is to the partition. A decision of the controller happens to it when it
 * takes effect, and not when it is taken; and when it loses the controller that it had, it sees a
 * failover.
 */
export function seenByPartition(
  { broker }: Hosts,
  partitions: NodeType<'partition'>,
): Required<LiftedProperty>['seen'] {
  const about = ({ partition }: DecisionView): TakenAction['params'] =>
    partition === undefined ? {} : { partition: partitions.nameOf(partition) };
  const nameOf = (each: Broker | undefined): ParamName =>
    each === undefined ? null : broker.nameOf(each);
  return (action, earlier, later) => {
    // The states are those of the cluster, of which the property is one.
    const [before, after] = [earlier, later] as unknown as readonly [ClusterScope, ClusterScope];
    const { controller } = before.protocol;
    if (controller !== undefined && controller !== after.protocol.controller) {
      return { name: 'failOverController', actor: 'controller', params: {} };
    }
    if (action.name === 'applyCommitted')
      return appliedIn(before, after, { nameOf, about }) ?? action;
    const isTaken = commands.has(action.name) && action.params['leave'] !== 'notGranted';
    return isTaken ? { name: 'decide', actor: action.actor, params: {} } : action;
  };
}

interface Names {
  readonly nameOf: (broker: Broker | undefined) => ParamName;
  /** The parameter that says which partition a decision is about, where there are several. */
  readonly about: (decision: DecisionView) => TakenAction['params'];
}

/** The decision that took effect, as the action of the partition that it is. */
function appliedIn(
  { protocol }: ClusterScope,
  { ghost }: ClusterScope,
  { nameOf, about }: Names,
): TakenAction | undefined {
  const { value } = ghost.applied.get(protocol.appliedOffset);
  if (value === 0) return undefined;
  const decision = protocol.decisions.get(value - 1);
  const params = paramsOf(decision, nameOf);
  return { name: decision.command, actor: 'controller', params: { ...about(decision), ...params } };
}

function paramsOf(
  { command, broker, add, remove, minInsyncReplicas }: DecisionView,
  nameOf: (broker: Broker | undefined) => ParamName,
): TakenAction['params'] {
  switch (command) {
    case 'handleAlterPartition':
      return { sender: nameOf(broker) };
    case 'electPreferred':
      return { elected: nameOf(broker) };
    case 'stopCleanly':
      return { broker: nameOf(broker), leave: 'granted' };
    case 'reassign':
    case 'replaceReassignment':
      return { add: nameOf(add), remove: nameOf(remove) };
    case 'changeMinIsr':
    case 'enableEligibleLeaderReplicas':
      return { to: minInsyncReplicas };
    case 'recreateTopic':
      return { first: nameOf(broker) };
    case 'electUncleanly':
    case 'cancelReassignment':
    case 'deleteTopic':
    case 'changeUncleanSetting':
    case 'electUncleanlyAsSet':
      return {};
    default:
      return { broker: nameOf(broker) };
  }
}

import type { RaftNode, ReadonlyNodeView } from '../kraft/schema.ts';
import type { Broker } from '../replication/schema.ts';
import type { ClusterConfig } from './config.ts';
import type { ClusterContext } from './context.ts';
import { type Hosts, nodeOf } from './nodes.ts';
import type { Protocol, ReadonlyProtocol } from './schema.ts';

/** Whether what one node sends reaches the other; a node always reaches itself. */
export function reaches({ quorum }: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  return from === to || !quorum.cutLinks.get(from, to).cut;
}

/** The node with the highest high watermark: the committed log is what it has below it. */
export function furthestNode({ node: nodes }: Hosts, { quorum }: ReadonlyProtocol): RaftNode {
  let furthest = nodes.all[0] as RaftNode;
  for (const node of nodes.all) {
    const { highWatermark } = quorum.nodes.get(node);
    if (highWatermark > quorum.nodes.get(furthest).highWatermark) furthest = node;
  }
  return furthest;
}

/**
 * The controller that is active and knows all that is committed; if a defect lets there be several,
 * the one in the newest epoch.
 *
 * Any other leader is left behind: another has committed an entry in a newer epoch, so that what it
 * appends from now on is never committed. Nobody can tell what such a controller decides from a
 * request that did not reach it, and so it decides nothing here.
 */
function activeController(
  { hosts, config }: ClusterContext,
  protocol: ReadonlyProtocol,
): RaftNode | undefined {
  let newest: RaftNode | undefined;
  for (const node of activeControllers(hosts, config, protocol)) {
    const { epoch } = protocol.quorum.nodes.get(node);
    if (newest === undefined || epoch > protocol.quorum.nodes.get(newest).epoch) newest = node;
  }
  return newest;
}

/** Every controller that is active and knows all that is committed: one at most, but for defects. */
function activeControllers(
  hosts: Hosts,
  { slowListeners }: ClusterConfig,
  protocol: ReadonlyProtocol,
): readonly RaftNode[] {
  const { nodes } = protocol.quorum;
  const { highWatermark } = nodes.get(furthestNode(hosts, protocol));
  // Who knew the most may be gone.
  const committed = Math.max(highWatermark, protocol.appliedOffset);
  return hosts.node.all.filter(node => {
    const view = nodes.get(node);
    return view.highWatermark >= committed && isActive(view, slowListeners);
  });
}

/**
 * Whether a node leads the quorum and its controller knows it: it has applied the log up to its
 * epoch. Where listeners are not steps of their own, it has when it has committed in its epoch.
 */
function isActive(view: ReadonlyNodeView, slowListeners: boolean): boolean {
  if (view.state.state !== 'leader') return false;
  return slowListeners ? view.active : view.highWatermark > view.epochStartOffset;
}

/**
 * Whether the controller can take a broker for dead although it sends heartbeats: they cannot get
 * there, or the broker has left this controller for a newer epoch. A broker that has only not heard
 * of it yet is not lost; that its session ends so early is a bounded event (`missedHeartbeats`).
 */
export function isLostTo(
  { hosts }: ClusterContext,
  protocol: ReadonlyProtocol,
  controller: RaftNode,
  broker: Broker,
): boolean {
  const node = nodeOf(hosts, broker);
  const { nodes } = protocol.quorum;
  if (nodes.get(node).epoch > nodes.get(controller).epoch) return true;
  return !reaches(protocol, node, controller);
}

/**
 * Notes who is the active controller, and which brokers reach it and hear it. A broker talks to the
 * controller that its own node of the quorum follows (RaftControllerNodeProvider).
 */
export function refreshReach(context: ClusterContext, protocol: Protocol): void {
  const { hosts } = context;
  const { cutToController, cutFromController } = protocol.partition.network;
  const controller = activeController(context, protocol);
  protocol.controller = controller;
  for (const broker of hosts.broker.all) {
    const node = nodeOf(hosts, broker);
    const knows = controller !== undefined && follows(protocol, node, controller);
    if (knows && reaches(protocol, node, controller)) cutToController.delete(broker);
    else cutToController.add(broker);
    if (knows && reaches(protocol, controller, node)) cutFromController.delete(broker);
    else cutFromController.add(broker);
  }
}

function follows({ quorum }: ReadonlyProtocol, node: RaftNode, controller: RaftNode): boolean {
  const { leader, epoch, state } = quorum.nodes.get(node);
  if (state.state === 'stopped') return false;
  return leader === controller && epoch === quorum.nodes.get(controller).epoch;
}

import { type NodeType, nodeType } from '../../checker/state/nodeType.ts';
import { named } from '../description/namedNodes.ts';
import type { RaftNode } from '../kraft/schema.ts';
import type { Broker } from '../replication/schema.ts';
import { brokerCount, type ClusterConfig } from './config.ts';

/**
 * The machines of a cluster and the processes on them. A node is a member of the metadata quorum,
 * controller or observer; a broker is hosted by one of them, by its position: in separate mode the
 * brokers come after the controllers, in combined mode broker i is on node i.
 */
export interface Hosts {
  readonly node: NodeType<'node'>;
  readonly broker: NodeType<'broker'>;
  /** By broker: the node that it is on. */
  readonly nodeOf: readonly RaftNode[];
  /** By node: the broker on it, if there is one. */
  readonly brokerOn: readonly (Broker | undefined)[];
}

/** The machines of a configuration. Their positions matter: none can stand in for another. */
export function hostsOf(config: ClusterConfig): Hosts {
  const { mode, controllers } = config;
  const brokers = brokerCount(config);
  const first = mode === 'separate' ? controllers : 0;
  const broker = nodeType('broker', brokers, { interchangeable: false });
  const node = named(nodeType('node', first + brokers, { interchangeable: false }), position => {
    if (mode === 'combined') return `node-${position + 1}`;
    return position < first ? `controller-${position + 1}` : `broker-${position + 1 - first}`;
  });
  return {
    node,
    broker,
    nodeOf: node.all.slice(first),
    brokerOn: node.all.map(position => broker.all[position - first]),
  };
}

/** The node that a broker is on. */
export function nodeOf({ nodeOf: nodes }: Hosts, broker: Broker): RaftNode {
  const node = nodes[broker];
  if (node === undefined) throw new Error(`no node hosts broker ${broker}`);
  return node;
}

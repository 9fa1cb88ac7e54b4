import type { Assumption } from './clusterDescription.ts';
import type { ZooKeeperSource } from './clusterSource.ts';
import { type FoundProperty, listOf, whereOf } from './foundProperty.ts';
import type { IdentifiedNode } from './nodeIdentity.ts';

/** How many ZooKeeper servers there are, if a file says so, and remarks. */
export interface ZooKeeperEnsemble {
  readonly servers: number | undefined;
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly string[];
}

/**
 * Works out the size of the ZooKeeper ensemble.
 *
 * `zookeeper.connect` is not counted: it lists addresses a broker may try first, which can be fewer
 * than the ensemble (one server, a load balancer).
 */
export function zooKeeperEnsemble(
  nodes: readonly IdentifiedNode[],
  sources: readonly ZooKeeperSource[],
): ZooKeeperEnsemble {
  const connect = nodes.flatMap(node => node.source.properties.get('zookeeper.connect') ?? [])[0];
  const [first] = sources;
  if (first === undefined) {
    return { servers: undefined, assumptions: [unknownSize(connect)], warnings: [] };
  }
  const servers = Math.max(...sources.map(source => source.servers));
  const other = sources.find(source => source.servers !== servers);
  const disagreement =
    other === undefined
      ? []
      : [
          `${other.where} describes ${other.servers} ZooKeeper servers; the larger ${servers} is taken.`,
        ];
  return { servers, assumptions: [], warnings: [...disagreement, ...fewer(connect, servers)] };
}

function unknownSize(connect: FoundProperty | undefined): Assumption {
  const named =
    connect === undefined
      ? 'no file describes them'
      : `${whereOf(connect)} names ${addresses(connect)}, which need not be all of them`;
  return { setting: 'ZooKeeper servers', value: 'unknown', why: named };
}

function fewer(connect: FoundProperty | undefined, servers: number): readonly string[] {
  if (connect === undefined || addresses(connect) <= servers) return [];
  return [
    `${whereOf(connect)} names ${addresses(connect)} ZooKeeper servers, ` +
      `but the files describe ${servers}; ${servers} is taken.`,
  ];
}

function addresses(connect: FoundProperty): number {
  return listOf(connect).length;
}

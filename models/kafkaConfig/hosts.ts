import type { ClusterNode } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { oneLine } from './oneLine.ts';

/** On which machine nodes are, by their name or id, as somebody says it. */
export type SaidHosts = ReadonlyMap<string, string>;

/**
 * The nodes with the machines that they share. Services of a compose project are on one, unless somebody says
 * otherwise; files with services of one name are of different machines.
 *
 * @throws ConfigError if somebody speaks of a node that is not there.
 */
export function withHosts(
  nodes: readonly ClusterNode[],
  sources: readonly NodeSource[],
  said: SaidHosts = new Map(),
): readonly ClusterNode[] {
  for (const name of said.keys()) {
    if (nodes.some(node => isNamed(node, name))) continue;
    const known = nodes.map(node => node.name).join(', ');
    throw new ConfigError({
      file: '--host-of',
      place: '',
      expected: `one of the nodes ${known}`,
      found: oneLine(name, 60),
    });
  }
  const compose = sources.filter(({ format }) => format === 'compose');
  const names = new Set(compose.map(({ name }) => name));
  const isOneProject = names.size === compose.length;
  return nodes.map((node, index) => {
    const asked = [...said].find(([name]) => isNamed(node, name))?.[1];
    if (asked !== undefined) return { ...node, host: asked };
    const source = sources[index];
    if (source?.format !== 'compose') return node;
    return { ...node, host: isOneProject ? COMPOSE_HOST : oneLine(source.file) };
  });
}

/** The machine of a compose project. */
const COMPOSE_HOST = 'the host of docker compose';

function isNamed({ name, id }: ClusterNode, wanted: string): boolean {
  return name === wanted || (id !== undefined && String(id) === wanted);
}

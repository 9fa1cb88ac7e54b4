import type { Assumption, ClusterNode, Role } from './clusterDescription.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, whereOf } from './foundProperty.ts';
import type { IdentifiedNode } from './nodeIdentity.ts';
import { bootstrapServersOf, votersOf } from './voters.ts';

/** The voters of a KRaft cluster, those nodes among them that no file describes, and remarks. */
export interface MetadataQuorum {
  /** How many vote; undefined where no file tells. */
  readonly controllers: number | undefined;
  /** Whether voters can be added and removed; undefined where no file tells. */
  readonly dynamicVoters: boolean | undefined;
  readonly inferred: readonly ClusterNode[];
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly string[];
}

/**
 * Works out the metadata quorum of a KRaft cluster: from `controller.quorum.voters` (static), from
 * `controller.quorum.bootstrap.servers` (dynamic, KIP-853), or from the roles an operator assigns.
 *
 * @throws ConfigError if nothing says who votes.
 */
export function metadataQuorum(nodes: readonly IdentifiedNode[]): MetadataQuorum {
  const voters = propertiesNamed(nodes, 'controller.quorum.voters');
  const [first] = voters;
  if (first !== undefined) return staticQuorum(nodes, first, voters);
  const bootstrap = propertiesNamed(nodes, 'controller.quorum.bootstrap.servers')[0];
  if (bootstrap !== undefined) return dynamicQuorum(nodes, bootstrap);
  const controllers = nodes.filter(isController).length;
  const node = nodes.find(candidate => candidate.source.assigned === undefined) ?? nodes[0];
  if (node !== undefined && (node.source.assigned === undefined || controllers === 0)) {
    throw new ConfigError({
      file: node.source.file,
      place: node.source.place,
      expected:
        node.source.assigned === undefined
          ? 'controller.quorum.voters or controller.quorum.bootstrap.servers'
          : 'a KafkaNodePool with the role controller',
      found: 'nothing that says who the controllers are',
    });
  }
  return { controllers, dynamicVoters: undefined, inferred: [], assumptions: [], warnings: [] };
}

function staticQuorum(
  nodes: readonly IdentifiedNode[],
  taken: FoundProperty,
  all: readonly FoundProperty[],
): MetadataQuorum {
  const voters = votersOf(taken);
  const missing = voters.filter(id => nodes.every(node => node.id !== id));
  // A described controller whose id is a placeholder must be one of the voters without a file.
  const unnamed = nodes.filter(node => isController(node) && node.id === undefined).length;
  const roles = rolesOfInferred(nodes);
  const where = `${whereOf(taken)} (named there, described nowhere)`;
  const inferred = missing
    .slice(unnamed)
    .map(id => ({ id, name: `node ${id}`, roles, described: false, rack: undefined, where }));
  return {
    controllers: voters.length,
    dynamicVoters: false,
    inferred,
    assumptions: assumptionsAbout(inferred),
    warnings: [
      ...disagreements(taken, voters, all),
      ...nodes.flatMap(node => roleWarnings(node, voters)),
    ],
  };
}

function dynamicQuorum(nodes: readonly IdentifiedNode[], found: FoundProperty): MetadataQuorum {
  const described = nodes.filter(isController);
  const servers = bootstrapServersOf(found);
  const strangers = servers.filter(server => !described.some(node => answersTo(node, server)));
  const why = 'a dynamic quorum (KIP-853) keeps its voters in the metadata log, not in a file';
  // One address may stand for any number of controllers: a load balancer, a name of several machines.
  if (servers.length === 1 && strangers.length === 1 && described.length < 2) {
    return unknownQuorum(found, why);
  }
  const roles = rolesOfInferred(nodes);
  const where = `${whereOf(found)} (named there, described nowhere)`;
  const inferred = servers.slice(described.length).map((_, index) => {
    const name = `controller ${described.length + index + 1} of ${servers.length}`;
    return { id: undefined, name, roles, described: false, rack: undefined, where };
  });
  const controllers = described.length + inferred.length;
  const setting = 'voters of the metadata quorum';
  const voters: Assumption = { setting, value: String(controllers), why };
  return {
    controllers,
    dynamicVoters: true,
    inferred,
    assumptions: [voters, ...assumptionsAbout(inferred)],
    warnings: [],
  };
}

function unknownQuorum(found: FoundProperty, why: string): MetadataQuorum {
  const voters: Assumption = {
    setting: 'voters of the metadata quorum',
    value: 'unknown',
    why:
      `${whereOf(found)} has one address, behind which there may be any number of controllers; ${why}. ` +
      'To see them: kafka-metadata-quorum.sh --bootstrap-server <broker> describe --status',
  };
  return {
    controllers: undefined,
    dynamicVoters: true,
    inferred: [],
    assumptions: [voters],
    warnings: [],
  };
}

/** Whether an address is one of the node's own. */
function answersTo({ source }: IdentifiedNode, server: string): boolean {
  const host = server
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  if (/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)) return true;
  const listeners = ['listeners', 'advertised.listeners'].flatMap(
    name => source.properties.get(name)?.text.toLowerCase().split(',') ?? [],
  );
  const hosts = listeners.map(listener =>
    listener
      .trim()
      .replace(/^.*:\/\//, '')
      .replace(/:\d+$/, ''),
  );
  return [...hosts, ...(source.hosts ?? []).map(name => name.toLowerCase())].includes(host);
}

/** Nodes that no file describes are taken to be like the controllers that one does describe. */
function rolesOfInferred(nodes: readonly IdentifiedNode[]): readonly Role[] {
  const controllers = nodes.filter(isController);
  const allCombined = controllers.every(node => node.roles.includes('broker'));
  return controllers.length > 0 && allCombined ? ['broker', 'controller'] : ['controller'];
}

function assumptionsAbout(inferred: readonly ClusterNode[]): readonly Assumption[] {
  const [first] = inferred;
  if (first === undefined) return [];
  const setting = `roles and settings of ${inferred.map(node => node.name).join(', ')}`;
  const why = `no file describes them; taken to be like the described nodes, from ${first.where}`;
  return [{ setting, value: first.roles.join(','), why }];
}

function disagreements(
  taken: FoundProperty,
  voters: readonly number[],
  all: readonly FoundProperty[],
): readonly string[] {
  const key = (ids: readonly number[]) => [...ids].sort((a, b) => a - b).join(',');
  const other = all.find(found => key(votersOf(found)) !== key(voters));
  if (other === undefined) return [];
  return [
    `The nodes disagree about the voters: ${whereOf(taken)} and ${whereOf(other)}; ` +
      'the first one is taken.',
  ];
}

function roleWarnings(node: IdentifiedNode, voters: readonly number[]): readonly string[] {
  if (node.id === undefined || isController(node) === voters.includes(node.id)) return [];
  return isController(node)
    ? [
        `${node.where}: a controller that is not among the voters; it has no vote and is not counted.`,
      ]
    : [`${node.where}: among the voters, but not a controller; Kafka refuses to start it.`];
}

function isController(node: ClusterNode): boolean {
  return node.roles.includes('controller');
}

function propertiesNamed(nodes: readonly IdentifiedNode[], name: string): readonly FoundProperty[] {
  return (
    nodes
      .flatMap(node => node.source.properties.get(name) ?? [])
      // An image's template may set the unused one of the two properties to nothing.
      .filter(found => found.text.trim() !== '')
  );
}

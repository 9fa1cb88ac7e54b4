import { MOST_NODES } from './clusterSource.ts';
import { type ComposeService, environmentOf } from './composeService.ts';
import type { Environment } from './environment.ts';
import type { FoundProperty } from './foundProperty.ts';

/** Variables by which images are told the id of a node. */
const IDS = [
  ...['KAFKA_NODE_ID', 'KAFKA_BROKER_ID', 'KAFKA_CFG_NODE_ID', 'KAFKA_CFG_BROKER_ID'],
  ...['NODE_ID', 'BROKER_ID'],
];

/** Docker Swarm's number of a copy, from 1. */
const SLOT = /\{\{\s*\.Task\.Slot\s*\}\}/g;

/**
 * A service once for each of its containers (`deploy.replicas`, `scale`), if each is a node of its own: with the number
 * of the copy in its id, or an id that Kafka generates, which it does with ZooKeeper. Containers with one and the same
 * id are one node, and so are those whose id is asked of the machine (`BROKER_ID_COMMAND`).
 *
 * Source: the Compose specification, "Deploy: replicas"; KafkaConfig (`broker.id.generation.enable`).
 */
export function copiesOf(service: ComposeService): readonly ComposeService[] {
  const copies = Number(service.copies?.text.trim() ?? 1);
  if (!Number.isInteger(copies) || copies < 2 || !areApart(service)) return [service];
  return Array.from({ length: Math.min(copies, MOST_NODES + 1) }, (_, index) => {
    const slot = String(index + 1);
    return {
      ...service,
      copies: undefined,
      name: `${service.name}-${slot}`,
      environment: inSlot(service.environment, slot),
      fileEnvironment: inSlot(service.fileEnvironment, slot),
      hosts: [`${service.name}-${slot}`, ...service.hosts.map(host => host.replace(SLOT, slot))],
    };
  });
}

function areApart(service: ComposeService): boolean {
  const environment = environmentOf(service);
  const ids = IDS.flatMap(name => environment.get(name)?.text.trim() ?? []);
  const [id] = ids.filter(text => text !== '' && text !== '-1');
  if (id !== undefined) return /\{\{\s*\.Task\.Slot|HOSTNAME|hostname/.test(id);
  const command = environment.get('BROKER_ID_COMMAND')?.text;
  if (command !== undefined) return /hostname|HOSTNAME/.test(command);
  return ['KAFKA_ZOOKEEPER_CONNECT', 'KAFKA_CFG_ZOOKEEPER_CONNECT', 'ZOOKEEPER_CONNECT'].some(
    name => environment.has(name),
  );
}

function inSlot(environment: Environment, slot: string): Environment {
  return new Map(
    [...environment].map(([name, found]): [string, FoundProperty] => {
      return [name, { ...found, text: found.text.replace(SLOT, slot) }];
    }),
  );
}

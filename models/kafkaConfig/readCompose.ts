import { type ClusterSource, EMPTY_SOURCE } from './clusterSource.ts';
import { copiesOf } from './composeCopies.ts';
import { standingOf } from './composeNode.ts';
import { composeProject } from './composeProject.ts';
import type { FindFile } from './configFile.ts';
import { sourceOfServices } from './sourceOfServices.ts';
import { child, isYamlMap, type Located } from './yamlShape.ts';

/** What a compose file may have at its top; one without services may have anything else of it. */
const TOP_LEVEL = /^(version|name|include|services|networks|volumes|configs|secrets|x-.*)$/;

/** Whether a YAML document is a docker-compose file. */
export function isCompose(document: Located): boolean {
  if (child(document, 'services').value !== undefined) return true;
  if (!isYamlMap(document.value)) return false;
  const keys = [...document.value.keys()];
  const names = keys.filter(key => typeof key === 'string');
  return (
    names.length === keys.length &&
    names.every(key => TOP_LEVEL.test(key)) &&
    names.some(key => /^(version|include|networks|volumes|configs|secrets|x-.*)$/.test(key))
  );
}

/**
 * Reads the docker-compose files of one project: every service with a Kafka broker's or controller's
 * environment or image is a node, ZooKeeper services are counted, topics that services create are
 * described; what has settings of Kafka and is no node is named.
 *
 * @throws ConfigError if a file has the wrong shape, or one that it needs is not there.
 */
export function readCompose(documents: readonly Located[], find: FindFile): ClusterSource {
  if (documents.length === 0) return EMPTY_SOURCE;
  const services = composeProject(documents, find);
  return sourceOfServices(
    services.flatMap(service =>
      standingOf(service).kind === 'node' ? copiesOf(service) : [service],
    ),
  );
}

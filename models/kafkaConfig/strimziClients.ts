import { type ClusterSource, EMPTY_SOURCE, mergeSources } from './clusterSource.ts';
import type { FoundProperty } from './foundProperty.ts';
import { mirrorMaker } from './mirrorMaker.ts';
import { connectWorker } from './readClientProperties.ts';
import { configProperties, optionalProperty, type StrimziResource } from './strimziResources.ts';
import { child, itemsOf, type Located } from './yamlShape.ts';

/** Strimzi's names of the topics of a Connect cluster, where none are set. */
const STORAGE = ['config', 'offset', 'status'] as const;

/**
 * The Strimzi resources that are clients of a cluster: Connect with its topics, MirrorMaker 2 with those of its flows,
 * and the producer of the bridge.
 */
export function strimziClients(resources: readonly StrimziResource[]): ClusterSource {
  return mergeSources([EMPTY_SOURCE, ...resources.flatMap(each => clientOf(each) ?? [])]);
}

function clientOf(resource: StrimziResource): ClusterSource | undefined {
  const { kind, spec } = resource;
  const at = { file: spec.file, place: spec.place };
  if (kind === 'KafkaConnect') {
    const own = configProperties(child(spec, 'config'));
    return connectWorker(new Map([...storageTopics(spec, 'connect-cluster'), ...own]), at);
  }
  if (kind === 'KafkaMirrorMaker2') {
    const { client, topics } = mirrorMaker(new Map(mirrorProperties(spec)), at);
    return { ...EMPTY_SOURCE, clients: [client], topics };
  }
  if (kind === 'KafkaBridge') {
    const producer = configProperties(child(child(spec, 'producer'), 'config'));
    return { ...EMPTY_SOURCE, clients: [{ ...at, kind: 'producer', producer, remarks: [] }] };
  }
  return undefined;
}

/** The names of a Connect cluster's topics: fields of their own in v1, or Strimzi's defaults. */
function storageTopics(spec: Located, prefix: string): readonly [string, FoundProperty][] {
  return STORAGE.map((kind): [string, FoundProperty] => {
    const field = optionalProperty(child(spec, `${kind}StorageTopic`));
    const text = `${prefix}-${kind}${kind === 'status' ? '' : 's'}`;
    return [`${kind}.storage.topic`, field ?? { text, file: spec.file, place: spec.place }];
  });
}

/** The resource as the properties that MirrorMaker 2 has without an operator. */
function mirrorProperties(spec: Located): readonly [string, FoundProperty][] {
  const target = child(spec, 'target');
  const clusters = [
    ...itemsOf(child(spec, 'clusters')),
    ...(target.value === undefined ? [] : [target]),
  ];
  const connect = optionalProperty(child(spec, 'connectCluster'))?.text ?? textOf(target, 'alias');
  const ofClusters = clusters.flatMap(cluster => {
    const alias = textOf(cluster, 'alias');
    const config = [...configProperties(child(cluster, 'config'))];
    const topics = alias === connect ? storageTopics(cluster, 'mirrormaker2-cluster') : [];
    return [...topics, ...config].map(([name, found]): [string, FoundProperty] => {
      return [`${alias}.${name}`, found];
    });
  });
  const ofFlows = itemsOf(child(spec, 'mirrors')).flatMap(mirror => {
    const source = textOf(mirror, 'sourceCluster') || textOf(child(mirror, 'source'), 'alias');
    const flow = `${source}->${textOf(mirror, 'targetCluster') || connect}`;
    const connectors = ['sourceConnector', 'checkpointConnector', 'heartbeatConnector'];
    const config = connectors.flatMap(name => [
      ...configProperties(child(child(mirror, name), 'config')),
    ]);
    const enabled: [string, FoundProperty] = [
      `${flow}.enabled`,
      { text: 'true', file: mirror.file, place: mirror.place },
    ];
    return [
      enabled,
      ...config.map(([name, found]): [string, FoundProperty] => [`${flow}.${name}`, found]),
    ];
  });
  return [...ofClusters, ...ofFlows];
}

function textOf(at: Located, name: string): string {
  const { value } = child(at, name);
  return typeof value === 'string' ? value : '';
}

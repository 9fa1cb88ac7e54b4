import { type ClusterSource, EMPTY_SOURCE, MOST_NODES, type NodeSource } from './clusterSource.ts';
import type { ComposeService } from './composeService.ts';
import type { FoundProperty } from './foundProperty.ts';
import {
  type ConfigMaps,
  configMapsIn,
  containerService,
  type PodFacts,
} from './kubernetesContainer.ts';
import { inside, type KubernetesObject, textsOf } from './kubernetesObjects.ts';
import { oneLine } from './oneLine.ts';
import { sourceOfServices } from './sourceOfServices.ts';
import { child, itemsOf, type Located, optionalText } from './yamlShape.ts';

/** Kinds that run containers, with the path to the specification of their pods. */
const WORKLOADS: ReadonlyMap<string, readonly string[]> = new Map([
  ['StatefulSet', ['spec', 'template', 'spec']],
  ['Deployment', ['spec', 'template', 'spec']],
  ['DaemonSet', ['spec', 'template', 'spec']],
  ['ReplicaSet', ['spec', 'template', 'spec']],
  ['Pod', ['spec']],
  ['Job', ['spec', 'template', 'spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);

/** Kinds whose pods do something and end. */
const TASKS = ['Job', 'CronJob'];

/**
 * Reads the objects of Kubernetes that run containers, with the ConfigMaps that these take settings from: every pod
 * of a Kafka node is one, with what its environment, its command and mounted properties say. Objects that one of the
 * others has made (the pods of a StatefulSet) and those of an operator whose resource is given say nothing new.
 *
 * @param isOperated whether an operator's resource of the cluster is given as well
 * @throws ConfigError if a setting is not what Kafka accepts.
 */
export function readKubernetes(
  objects: readonly KubernetesObject[],
  isOperated: boolean,
): ClusterSource {
  const maps = configMapsIn(objects);
  const names = new Set(objects.map(({ kind, name }) => `${kind} ${name}`));
  const own = objects.filter(
    object => WORKLOADS.has(object.kind) && !isMadeByAnother(object, names),
  );
  const operated = own.filter(isOfOperator);
  const workloads = own.filter(object => !isOfOperator(object));
  const containers = workloads.flatMap(object => containersOf(object, objects, maps));
  const services = containers.filter(({ isTask }) => !isTask).map(({ service }) => service);
  const tasks = containers.filter(({ isTask }) => isTask).map(({ service }) => service);
  if (containers.length === 0 && (operated.length === 0 || isOperated)) return EMPTY_SOURCE;
  const source = sourceOfServices(services, tasks);
  const nodes = source.nodes.map(withUnknownId);
  const unnamed = nodes.filter((node, index) => node !== source.nodes[index]);
  return {
    ...source,
    nodes,
    warnings: [
      ...source.warnings,
      ...new Set(unnamed.map(unnamedWarning)),
      ...(isOperated ? [] : operated.map(operatedWarning)),
    ],
  };
}

/** Whether one of the given objects made it; the ReplicaSet between a Deployment and its pods may be left out. */
function isMadeByAnother({ owners }: KubernetesObject, names: ReadonlySet<string>): boolean {
  return owners.some(owner => {
    const deployment = /^ReplicaSet (.+)-[^-]+$/.exec(owner)?.[1];
    return names.has(owner) || (deployment !== undefined && names.has(`Deployment ${deployment}`));
  });
}

/** Whether an operator of Kafka makes an object of a resource of its own, which says more. */
function isOfOperator({ owners, labels }: KubernetesObject): boolean {
  return (
    labels.has('strimzi.io/cluster') ||
    owners.some(owner => /^(?:StrimziPodSet|Kafka|KRaftController|Zookeeper) /.test(owner))
  );
}

function operatedWarning({ at, labels }: KubernetesObject): string {
  const kinds = labels.has('strimzi.io/cluster')
    ? 'kafka,kafkanodepool,kafkatopic'
    : 'kafka,kraftcontroller,kafkatopic';
  return `${at.file}: ${at.place}: an operator makes it; it is not read, give kubectl get ${kinds} -o yaml.`;
}

interface Container {
  readonly service: ComposeService;
  readonly isTask: boolean;
}

function containersOf(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  maps: ConfigMaps,
): readonly Container[] {
  const path = WORKLOADS.get(object.kind) ?? [];
  const spec = inside(object.at, ...path);
  const isTask = TASKS.includes(object.kind);
  const [first] = podsOf(object, spec, objects);
  const at = (kind: string): readonly Located[] => itemsOf(child(spec, kind));
  // What runs before a pod's containers does the same in each of its pods.
  const before =
    first === undefined ? [] : at('initContainers').map(each => ({ each, pod: first }));
  const pods = podsOf(object, spec, objects).flatMap(pod => {
    return at('containers').map(each => ({ each, pod }));
  });
  return [
    ...before.map(({ each, pod }) => ({
      service: containerService(each, pod, maps),
      isTask: true,
    })),
    ...pods.map(({ each, pod }) => ({ service: containerService(each, pod, maps), isTask })),
  ];
}

/** The pods that an object makes; those of a StatefulSet have numbers. */
function podsOf(
  object: KubernetesObject,
  spec: Located,
  objects: readonly KubernetesObject[],
): readonly PodFacts[] {
  const { kind, name, namespace, at } = object;
  const count = kind === 'Pod' || TASKS.includes(kind) ? 1 : replicasOf(at);
  const start = Number(optionalText(inside(at, 'spec', 'ordinals', 'start')) ?? 0) || 0;
  const domain = optionalText(inside(at, 'spec', 'serviceName'));
  const labels =
    kind === 'Pod' ? object.labels : textsOf(inside(at, 'spec', 'template', 'metadata', 'labels'));
  const reached = servicesFor(labels, objects);
  return Array.from({ length: Math.min(count, MOST_NODES + 1) }, (_, index): PodFacts => {
    const ordinal = kind === 'StatefulSet' ? start + index : ordinalIn(object);
    const pod = kind === 'StatefulSet' || count > 1 ? `${name}-${start + index}` : name;
    const own = domain === undefined ? [pod] : [pod, ...domains(`${pod}.${domain}`, namespace)];
    const hosts = [...own, ...reached.flatMap(service => domains(service, namespace))];
    return { name: pod, ordinal, namespace, hosts, spec };
  });
}

/** The number in the name of a pod that a StatefulSet has made. */
function ordinalIn({ kind, name, owners }: KubernetesObject): number | undefined {
  const isOfSet = kind === 'Pod' && owners.some(owner => owner.startsWith('StatefulSet '));
  const digits = /-(\d{1,9})$/.exec(name)?.[1];
  return isOfSet && digits !== undefined ? Number(digits) : undefined;
}

function replicasOf(at: Located): number {
  const replicas = Number(optionalText(inside(at, 'spec', 'replicas')) ?? 1);
  return Number.isInteger(replicas) && replicas >= 0 ? replicas : 1;
}

/** The names of the Services that lead to pods with these labels. */
function servicesFor(
  labels: ReadonlyMap<string, string>,
  objects: readonly KubernetesObject[],
): readonly string[] {
  return objects.flatMap(({ kind, name, at }) => {
    if (kind !== 'Service') return [];
    const selector = [...textsOf(inside(at, 'spec', 'selector'))];
    const isChosen =
      selector.length > 0 && selector.every(([key, value]) => labels.get(key) === value);
    return isChosen ? [name] : [];
  });
}

/** The names under which a host is found inside the cluster. */
function domains(host: string, namespace = 'default'): readonly string[] {
  const full = [`${host}.${namespace}`, `${host}.${namespace}.svc`];
  return [host, ...full, `${host}.${namespace}.svc.cluster.local`];
}

/** A node of which nothing that can be read says the id: its pods are told apart by what its image or command does. */
function withUnknownId(node: NodeSource): NodeSource {
  const isNamed = node.properties.has('node.id') || node.properties.has('broker.id');
  if (isNamed || !node.properties.has('process.roles')) return node;
  const { file, place } = node;
  const id: FoundProperty = { file, place, text: '$' + '{ordinal}' };
  return { ...node, properties: new Map([...node.properties, ['node.id', id]]) };
}

function unnamedWarning({ file, place }: NodeSource): string {
  return `${oneLine(file)}: ${place}: nothing that can be read sets node.id; each pod is taken to have one of its own.`;
}

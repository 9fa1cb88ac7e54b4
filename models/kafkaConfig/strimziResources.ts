import type { Role } from './clusterDescription.ts';
import { MOST_NODES } from './clusterSource.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';
import {
  child,
  expectCount,
  expectMap,
  expectScalarText,
  expectString,
  type Located,
  optionalMap,
  unexpected,
} from './yamlShape.ts';

/** One resource of the group kafka.strimzi.io; its place names kind and name. */
export interface StrimziResource {
  readonly kind: string;
  readonly name: string;
  /** The label `strimzi.io/cluster`, which ties pools and topics to their Kafka resource. */
  readonly cluster: string | undefined;
  readonly metadata: Located;
  readonly spec: Located;
}

/** Whether a YAML document is a Kubernetes resource at all. */
export function isKubernetesResource(document: Located): boolean {
  return (
    child(document, 'apiVersion').value !== undefined || child(document, 'kind').value !== undefined
  );
}

/**
 * Reads a document as a Strimzi resource; undefined for resources of other groups, which may share
 * the file.
 *
 * @throws ConfigError if name, labels or spec are missing or have the wrong type.
 */
export function readResource(document: Located): StrimziResource | undefined {
  const apiVersion = expectString(child(document, 'apiVersion'));
  const kind = expectString(child(document, 'kind'));
  if (!apiVersion.startsWith('kafka.strimzi.io/')) return undefined;
  const metadata = child(document, 'metadata');
  const name = expectString(child(metadata, 'name'));
  const labels = child(metadata, 'labels');
  const cluster = optionalMap(labels).get('strimzi.io/cluster');
  const label = child(labels, 'strimzi.io/cluster');
  const place = `${oneLine(kind, 40)} ${oneLine(name, 60)}`;
  return {
    kind,
    name: oneLine(name, 60),
    cluster: cluster === undefined ? undefined : expectString(label),
    metadata: { ...metadata, place: `${place}: metadata` },
    spec: { ...child(document, 'spec'), place: `${place}: spec` },
  };
}

/** A `config` mapping (of a Kafka or KafkaTopic resource) as Kafka properties. */
export function configProperties(at: Located): PropertyTable {
  const result = new Map<string, FoundProperty>();
  for (const key of optionalMap(at).keys()) {
    if (typeof key === 'string') result.set(key, scalarProperty(child(at, key)));
  }
  return result;
}

/** A scalar as a found property. @throws ConfigError if it is not a scalar. */
function scalarProperty(at: Located): FoundProperty {
  return { text: expectScalarText(at), file: at.file, place: at.place };
}

/** The scalar as a found property, or undefined if nothing is there. */
export function optionalProperty(at: Located): FoundProperty | undefined {
  return at.value === undefined ? undefined : scalarProperty(at);
}

/** `spec.replicas` of a pool, or of an older Kafka or ZooKeeper specification. */
export function replicaCount(spec: Located): number {
  expectMap(spec);
  return expectCount(child(spec, 'replicas'), MOST_NODES);
}

/** `spec.roles` of a KafkaNodePool. */
export function poolRoles(spec: Located): readonly Role[] {
  const at = child(spec, 'roles');
  const roles: readonly unknown[] = Array.isArray(at.value) ? at.value : [];
  const known = roles.filter(role => role === 'broker' || role === 'controller');
  if (known.length > 0 && known.length === roles.length) return [...new Set(known)];
  throw unexpected(at, 'a list of the roles "broker" and "controller"');
}

import { ConfigError } from './configError.ts';
import { child, type Located } from './yamlShape.ts';

/** What can be given of a cluster instead of a file that says too little, or nothing, of it. */
const INSTEAD = 'a docker-compose file, server.properties files or Strimzi resources';

function refused(file: string, found: string, expected: string): ConfigError {
  return new ConfigError({ file, place: '', expected, found });
}

/**
 * Refuses a text that is known to be something else than a description of a cluster, by what it is.
 *
 * @throws ConfigError that says what the file is and what to give instead.
 */
export function refuseOtherText(file: string, text: string): void {
  if (/\.tfvars$/i.test(file)) {
    throw refused(file, 'variables of Terraform', 'the .tf files, with these values as defaults');
  }
  if (
    /\{\{-?\s*[\w$.(]/.test(text) &&
    /\.Values|\{\{-?\s*(include|template|if|range|with|define)\b/.test(text)
  ) {
    throw refused(
      file,
      'a Helm template',
      'what it renders to: helm template <chart> > rendered.yaml',
    );
  }
  if (/^\s*redpanda\s*:/m.test(text) && /seed_servers|kafka_api/.test(text)) {
    throw refused(file, "Redpanda's configuration, which is another system than Kafka", INSTEAD);
  }
}

/** Kinds of Kubernetes that run containers. */
const WORKLOADS = ['StatefulSet', 'Deployment', 'Pod', 'DaemonSet', 'ReplicaSet'];

/**
 * Refuses YAML documents that are known to be something else, by what they are; by what runs in containers first.
 *
 * @throws ConfigError that says what the file is and what to give instead.
 */
export function refuseOtherYaml(documents: readonly Located[]): void {
  const isWorkload = (document: Located) =>
    WORKLOADS.includes(String(child(document, 'kind').value ?? ''));
  for (const document of documents.filter(isWorkload)) refuseDocument(document);
  for (const document of documents) refuseDocument(document);
}

function refuseDocument(document: Located): void {
  const { file } = document;
  const kind = String(child(document, 'kind').value ?? '');
  const apiVersion = String(child(document, 'apiVersion').value ?? '');
  if (apiVersion.startsWith('platform.confluent.io/')) {
    const what = `a resource of Confluent for Kubernetes (${kind})`;
    throw refused(file, what, 'the server.properties of its nodes: /opt/confluentinc/etc/kafka');
  }
  if (WORKLOADS.includes(kind)) {
    const instead = 'the server.properties of its pods, or a docker-compose file with its env';
    throw refused(file, `a Kubernetes ${kind}`, instead);
  }
  if (apiVersion !== '' && kind !== '') {
    throw refused(file, `a Kubernetes resource of another kind (${kind}, ${apiVersion})`, INSTEAD);
  }
  if (isHelmValues(document)) {
    const instead =
      'what the chart renders to: helm template <chart> -f values.yml > rendered.yaml';
    throw refused(
      file,
      'values of a Helm chart',
      `the server.properties of its pods, from ${instead}`,
    );
  }
}

/** Values of the well-known charts: counts of replicas and overrides, without a kind. */
function isHelmValues(document: Located): boolean {
  const parts = [
    ...['controller', 'broker', 'kafka', 'kraft', 'zookeeper', 'global', 'persistence'],
    ...['cp-kafka', 'cp-zookeeper'],
  ];
  const counts = [
    ...['replicaCount', 'replicas', 'image', 'enabled', 'overrideConfiguration'],
    ...['brokers', 'servers', 'configurationOverrides'],
  ];
  return (
    ['replicaCount', 'overrideConfiguration', 'configurationOverrides', 'extraConfig'].some(
      key => child(document, key).value !== undefined,
    ) ||
    parts.some(part => counts.some(key => child(child(document, part), key).value !== undefined))
  );
}

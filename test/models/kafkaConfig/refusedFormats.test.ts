import { describe, expect, it } from 'vitest';
import { errorOf } from './helpers.ts';

const refused: readonly (readonly [name: string, text: string, found: string, instead: string])[] =
  [
    [
      'k8s.yml',
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: broker }\nspec: {}',
      'a Kubernetes StatefulSet',
      'server.properties',
    ],
    [
      'k8s.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: { name: k }\n---\napiVersion: apps/v1\nkind: Deployment\n',
      'a Kubernetes Deployment',
      'server.properties',
    ],
    ['v.yaml', 'cp-kafka: { brokers: 3 }', 'values of a Helm chart', 'helm template'],
    ['values.yaml', 'kafka: { replicaCount: 3 }', 'values of a Helm chart', 'helm template'],
    ['v.yml', 'kafka:\n  replicas: 3\n', 'values of a Helm chart', 'helm template'],
    [
      'templates/kafka.yaml',
      'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata:\n  name: {{ include "k.name" . }}\n',
      'a Helm template',
      'helm template',
    ],
    ['main.tf', 'variable "a" {}', 'a Terraform file without them', 'aws_msk_configuration'],
    ['prod.tfvars', 'brokers = 3', 'variables of Terraform', 'the .tf files'],
    [
      'redpanda.yaml',
      'redpanda:\n  kafka_api: []\n  seed_servers: []\n',
      "Redpanda's configuration",
      'docker-compose',
    ],
  ];

describe('a file that describes no cluster', () => {
  it.each(refused)('%s is refused by what it is', (name, text, found, instead) => {
    const { message } = errorOf({ name, text });
    const [wanted = '', got = ''] = message.split(', found ');
    expect(got).toContain(found);
    expect(wanted).toContain(instead);
  });
});

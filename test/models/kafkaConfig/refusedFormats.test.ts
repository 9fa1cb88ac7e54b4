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
    [
      'cfk.yml',
      'apiVersion: platform.confluent.io/v1beta1\nkind: Kafka\nmetadata: { name: k }\nspec: {}',
      'Confluent for Kubernetes (Kafka)',
      'server.properties',
    ],
    ['values.yaml', 'kafka: { replicaCount: 3 }', 'values of a Helm chart', 'helm template'],
    ['v.yml', 'broker:\n  replicaCount: 3\n', 'values of a Helm chart', 'helm template'],
    [
      'templates/kafka.yaml',
      'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata:\n  name: {{ include "k.name" . }}\n',
      'a Helm template',
      'helm template',
    ],
    [
      'hosts.yml',
      'kafka_broker:\n  hosts: { a: {}, b: {} }\n',
      'an Ansible inventory',
      'the server.properties that the playbook writes',
    ],
    ['hosts.ini', '[kafka_controller]\nc1\nc2\n', 'an Ansible inventory', 'server.properties'],
    ['main.tf', 'variable "a" {}', 'a Terraform file', '--brokers'],
    [
      'msk',
      'resource "aws_msk_configuration" "m" {\n  server_properties = <<P\nmin.insync.replicas=2\nP\n}',
      'a Terraform file of Amazon MSK',
      'its server_properties',
    ],
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

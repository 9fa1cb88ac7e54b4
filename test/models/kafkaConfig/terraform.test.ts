import { describe, expect, it } from 'vitest';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { describeText, errorOf, summaryOf } from './helpers.ts';

const configuration = `resource "aws_msk_configuration" "main" {
  kafka_versions = ["3.6.0"]
  name           = "main"
  server_properties = <<-PROPERTIES
    default.replication.factor = 3
    min.insync.replicas = 2
    unclean.leader.election.enable = false
  PROPERTIES
}
`;
const cluster = `resource "aws_msk_cluster" "main" {
  # three a zone
  number_of_broker_nodes = var.brokers
  kafka_version          = "3.6.0"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
    tags = { "a b" = 1, c = "x" }
  }
}
variable "brokers" {
  type    = number
  default = 6
}
`;

describe('Terraform', () => {
  it('describes an Amazon MSK cluster with its configuration, its brokers and zones', () => {
    const described = describeText('main.tf', configuration + cluster);
    expect(summaryOf(described)).toBe(
      'zookeeper 3.6.0, 6 brokers, ? controllers, zookeeper: 3/2, __consumer_offsets 3/2, __transaction_state 3/2',
    );
    expect(described.nodes.map(({ rack }) => rack)).toEqual(
      [1, 2, 3, 1, 2, 3].map(zone => `zone ${zone}`),
    );
  });

  it('puts the files of a module together', () => {
    const files = [configuration, cluster].map((text, index) => ({ name: `${index}.tf`, text }));
    expect(describeCluster(files).brokers).toBe(6);
    const kraft = { name: 'k.tf', text: cluster.replace('"3.6.0"', '"3.9.x.kraft"') };
    expect(describeCluster([kraft])).toMatchObject({ mode: 'kraft', version: { value: '3.9' } });
    const computed = {
      name: 'c.tf',
      text: configuration + cluster.replace('= "3.6.0"', '= var.version'),
    };
    expect(describeCluster([computed]).mode).toBe('zookeeper');
  });

  it("has Amazon MSK's own configuration where there is none", () => {
    expect(summaryOf(describeText('c.tf', cluster))).toContain(': 3/2 unclean');
    const two = cluster.replace(', aws_subnet.c.id', '').replace('= 6', '= 4');
    expect(summaryOf(describeText('c.tf', two))).toContain(': 2/1 unclean');
  });

  it('says of a configuration what it leaves open', () => {
    const text = configuration.replace(/ +unclean.*\n/, '') + cluster;
    expect(describeText('c.tf', text).warnings.join()).toContain(
      'unclean.leader.election.enable is not set',
    );
    expect(errorOf({ name: 'c.tf', text: configuration }).message).toContain('--brokers 3');
    expect(describeCluster([{ name: 'c.tf', text: configuration }], { brokers: 3 }).brokers).toBe(
      3,
    );
  });

  it('has topics as resources', () => {
    const text = `locals { factor = 3 }
resource "kafka_topic" "orders" {
  name               = "orders"
  replication_factor = local.factor
  partitions         = 6
  config = { "min.insync.replicas" = "2", "cleanup.policy" = "compact" }
}
resource "aiven_kafka_topic" "logs" {
  topic_name  = "logs"
  replication = 2
  config { min_insync_replicas = 1 }
}
resource "kafka_topic" "computed" {
  name = "\${var.prefix}-x"
  replication_factor = 3
}
`;
    const described = describeText('t.tf', text);
    expect(summaryOf(described)).toContain('orders 3/2, logs 2/1');
    expect(described.warnings.join()).toContain(
      'kafka_topic computed: its name or its factor is computed',
    );
  });

  it.each([
    ['resource "kafka_topic" "a" {\n  name = "a"\n', 'the end of the block resource of line 1'],
    ['resource "x" "a" {\n  a = [1, 2\n', 'the end of the list'],
    ['resource "x" "a" {}\n???', 'a block or an attribute'],
    [`resource "x" "a" ${'{ a '.repeat(40)}`, 'less nesting'],
  ])('is refused where it has no end: %s', (text, expected) => {
    expect(errorOf({ name: 'a.tf', text }).message).toContain(expected);
  });
});

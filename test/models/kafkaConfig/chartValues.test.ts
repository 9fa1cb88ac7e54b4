import { describe, expect, it } from 'vitest';
import { describeText, errorOf, summaryOf } from './helpers.ts';

const summary = (text: string): string => summaryOf(describeText('values.yaml', text));

describe("values of Bitnami's chart", () => {
  it('have controllers that are brokers as well, unless they say otherwise', () => {
    const settings =
      'overrideConfiguration: { default.replication.factor: 3, min.insync.replicas: 2 }\n';
    const all = '3/2, __consumer_offsets 3/2, __transaction_state 3/2';
    expect(
      summary(`controller: { replicaCount: 3 }\nbroker: { replicaCount: 0 }\n${settings}`),
    ).toBe(`kraft ?, 3 brokers, 3 controllers, combined: ${all}`);
    expect(summary(settings)).toBe(`kraft ?, 3 brokers, 3 controllers, combined: ${all}`);
    expect(
      summary(
        `controller: { replicaCount: 3, controllerOnly: true }\nbroker: { replicaCount: 4 }\n${settings}`,
      ),
    ).toBe(`kraft ?, 4 brokers, 3 controllers, separate: ${all}`);
  });

  it('set properties as text, as a mapping, and for one role', () => {
    const text = `image: { tag: 3.9.0-debian-12-r1 }
extraConfig: |
  default.replication.factor=3
  offsets.topic.replication.factor=2
extraConfigYaml: { min.insync.replicas: 2 }
controller:
  replicaCount: 3
  extraConfig: "unclean.leader.election.enable=true"
`;
    expect(summary(text)).toBe(
      'kraft 3.9.0, 3 brokers, 3 controllers, combined: 3/2 unclean, __consumer_offsets 2/2 unclean, __transaction_state 3/2',
    );
  });

  it('of older charts have a count and factors of their own, 1 if not set', () => {
    const text =
      'replicaCount: 3\ndefaultReplicationFactor: 3\nzookeeper: { replicaCount: 3 }\nimage: { tag: 2.8.1-debian-10 }\n';
    expect(summary(text)).toBe(
      'zookeeper 2.8.1, 3 brokers, 3 controllers, zookeeper: 3/1, __consumer_offsets 1/1, __transaction_state 1/1',
    );
  });

  it('create topics, with one copy unless they say more', () => {
    const text = `controller: { replicaCount: 3 }
provisioning:
  enabled: true
  replicationFactor: 2
  topics:
    - { name: orders, replicationFactor: 3, config: { min.insync.replicas: 2 } }
    - { name: rest }
`;
    expect(summary(text)).toContain('orders 3/2, rest 2/1');
    expect(
      errorOf({ name: 'v.yml', text: text.replace('name: rest', 'name: "a b"') }).message,
    ).toContain('provisioning.topics[1]: expected the name of a topic');
  });

  it('that name a ConfigMap say that it counts alone', () => {
    const cluster = describeText(
      'v.yml',
      'controller: { replicaCount: 3, existingConfigmap: mine }\n',
    );
    expect(cluster.warnings.join()).toContain('the ConfigMap "mine" takes the place');
  });

  it('refuse a count that is none', () => {
    const { message } = errorOf({ name: 'v.yml', text: 'controller: { replicaCount: many }\n' });
    expect(message).toContain('controller.replicaCount: expected an integer from 0');
  });
});

import { describe, expect, it } from 'vitest';
import { describeText, errorOf, summaryOf } from './helpers.ts';

const yaml = `all:
  vars:
    confluent_package_version: 7.6.1
    kafka_broker_custom_properties: { default.replication.factor: 3, min.insync.replicas: 2 }
kafka_controller:
  hosts: { c1: {}, c2: {}, c3: {} }
kafka_broker:
  hosts:
    b1: { kafka_broker_custom_properties: { default.replication.factor: 3, min.insync.replicas: 2, broker.rack: east } }
    b2:
      broker_id: 7
    b3:
`;

const all = '3/2, __consumer_offsets 3/2, __transaction_state 3/2';

describe('an inventory of cp-ansible', () => {
  it('has a node for each host, with the ids that the playbook gives', () => {
    const cluster = describeText('hosts.yml', yaml);
    expect(summaryOf(cluster)).toBe(`kraft 3.6, 3 brokers, 3 controllers, separate: ${all}`);
    expect(cluster.nodes.map(({ id }) => id)).toEqual([1, 7, 3, 9991, 9992, 9993]);
    expect(cluster.nodes[0]?.rack).toBe('east');
  });

  it('asks for no more copies of internal topics than there are brokers', () => {
    const two = yaml.replace('    b3:\n', '');
    expect(summaryOf(describeText('h.yml', two))).toContain(
      '__consumer_offsets 2/2, __transaction_state 2/2',
    );
    const asked = yaml.replace('  vars:', '  vars:\n    default_internal_replication_factor: 1');
    expect(summaryOf(describeText('h.yml', asked))).toContain(
      '__consumer_offsets 1/2!, __transaction_state 1/1',
    );
  });

  it('may have its groups inside of all, ranges of hosts, and ZooKeeper', () => {
    const text = `all:
  children:
    zookeeper: { hosts: { "zk[1:3]": {} } }
    kafka_broker: { hosts: { "b[01:03].dc": {} }, vars: { kafka_broker_custom_properties: { min.insync.replicas: 2 } } }
`;
    const cluster = describeText('h.yml', text);
    expect(summaryOf(cluster)).toMatch(/^zookeeper \?, 3 brokers, 3 controllers, zookeeper: 1\/2/);
    expect(cluster.nodes.map(({ name }) => name)).toEqual(['b01.dc', 'b02.dc', 'b03.dc']);
  });

  it('is read in the form of INI files as well', () => {
    const text = `[kafka_controller]
c[1:3]
[kafka_broker:children]
east
[east]
b1 broker_id=11 ; a comment
b2
[all:vars]
confluent_package_version="8.0.0"
`;
    const cluster = describeText('hosts', text);
    expect(summaryOf(cluster)).toBe(
      'kraft 4.0, 2 brokers, 3 controllers, separate: 1/1, __consumer_offsets 2/1, __transaction_state 2/2',
    );
    expect(cluster.nodes[0]?.id).toBe(11);
    expect(errorOf({ name: 'hosts', text: '[kafka_broker]\nb1\n[x:y]\n' }).message).toContain(
      'line 3: expected a section of hosts, vars or children',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { describeText, strimziCluster } from './helpers.ts';

const topic = (name: string, cluster: string, spec: string) => ({
  name: `${name}.yaml`,
  text: `apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaTopic
metadata: { name: ${name}, labels: { strimzi.io/cluster: ${cluster} } }
spec: ${spec}`,
});

describe('Strimzi', () => {
  it('reads an older Kafka resource with ZooKeeper and without pools', () => {
    const text = `apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata: { name: old }
spec:
  kafka: { version: 3.7.0, replicas: 5, config: { min.insync.replicas: 2 } }
  zookeeper: { replicas: 3 }`;
    const cluster = describeText('k.yaml', text);
    expect([cluster.mode, cluster.brokers, cluster.controllers]).toEqual(['zookeeper', 5, 3]);
    expect(cluster.eligibleLeaderReplicas.value).toBe(false);
  });

  it('lets a topic inherit what it does not set', () => {
    const kafka = {
      name: 'k.yaml',
      text: strimziCluster(
        '{ config: { default.replication.factor: 3, min.insync.replicas: 2, unclean.leader.election.enable: true } }',
      ),
    };
    const own = topic('t', 'c', '{ topicName: My_Topic, config: { flush.messages: 1 } }');
    const described = describeCluster([kafka, own]).topics[1];
    expect(described?.topic).toBe('My_Topic');
    expect(described?.replicationFactor.value).toBe(3);
    expect(described?.minInsyncReplicas.value).toBe(2);
    expect(described?.uncleanLeaderElection.value).toBe(true);
    expect(described?.flushEveryRecord.value).toBe(true);
  });

  it('warns of a topic that belongs to another cluster', () => {
    const kafka = { name: 'k.yaml', text: strimziCluster('{ version: 4.1.0 }') };
    const { warnings } = describeCluster([kafka, topic('t', 'elsewhere', '{ replicas: 3 }')]);
    expect(warnings[0]).toContain('the label strimzi.io/cluster is "elsewhere"');
  });

  it('assumes as many brokers as replicas for a topic alone', () => {
    const cluster = describeCluster([topic('t', 'c', '{ replicas: 3 }')]);
    expect([cluster.brokers, cluster.controllers]).toEqual([3, undefined]);
    expect(cluster.assumptions[0]).toMatchObject({ setting: 'number of brokers', value: '3' });
  });

  it.each([
    ['{ version: 4.1.0 }', true, 'assumed'],
    ['{ version: 4.1.0, metadataVersion: 4.0-IV3 }', false, 'default'],
    ['{ version: 4.0.0 }', false, 'default'],
    ['{ version: 3.9.1 }', false, 'default'],
    ['{}', undefined, 'assumed'],
  ])('knows about eligible leader replicas in %s', (spec, value, origin) => {
    const { eligibleLeaderReplicas } = describeText('k.yaml', strimziCluster(spec));
    expect(eligibleLeaderReplicas).toMatchObject({ value, origin });
  });

  it('ignores resources of other groups in the same file', () => {
    const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n---\n';
    expect(describeText('k.yaml', other + strimziCluster('{}')).brokers).toBe(3);
  });

  it('says that racks are labels of machines, which are in no resource', () => {
    const spec = '{ version: 4.2.0, rack: { topologyKey: topology.kubernetes.io/zone } }';
    const { warnings } = describeText('k.yml', strimziCluster(spec));
    expect(warnings.join()).toContain(
      'takes racks from topology.kubernetes.io/zone of the machines',
    );
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { errorOf, summaryOf } from './helpers.ts';

/** A file of `variations/`: ways of writing the same things that public files have, each made up. */
function variation(name: string): ConfigFile {
  return { name, text: readFileSync(new URL(`variations/${name}`, import.meta.url), 'utf8') };
}

/** The files that are given together, the summary, and what some warning must say. */
const expected: readonly (readonly [files: string, summary: string, said?: RegExp])[] = [
  [
    'bitnami-merge-keys.yml',
    'kraft 3.9.0, 3 brokers, 3 controllers, combined: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    'strimzi-v1beta2-pools.yaml',
    'kraft 3.8.0, 3 brokers, 3 controllers, separate: 3/2, orders 5/2!, My_Topic 1/2, __consumer_offsets 3/2, __transaction_state 3/2',
    /takes racks from topology.kubernetes.io\/zone/,
  ],
  [
    'describe-odd-columns.txt',
    'kraft ?, 3 brokers, ? controllers, separate: inventory 3/2, audit 1/1',
  ],
  [
    'statefulset-env-from.yaml',
    'kraft 3.6, 3 brokers, 3 controllers, combined: 3/2, __consumer_offsets 2/2, __transaction_state 3/2',
  ],
  [
    'create-topics.yml',
    'zookeeper 2.4.1, 2 brokers, 1 controllers, zookeeper: 1/1, orders 2/1, audit 1/1, big 3/1!, __consumer_offsets 1/1, __transaction_state 1/1',
  ],
  [
    'env-file-base.yml env-file-override.yml kafka.env',
    'kraft 4.1.1, 1 brokers, 1 controllers, combined: 1/1 unclean, __consumer_offsets 3/1 unclean!, __transaction_state 3/2!',
  ],
  [
    'helm-rendered.yaml',
    'kraft 3.9.0, 3 brokers, 3 controllers, combined: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    'extends-same-file.yml',
    'kraft 3.4, 2 brokers, 2 controllers, combined: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
  ],
  [
    'strimzi-v1-two.yaml',
    'kraft 4.1.1, 2 brokers, 2 controllers, combined: 2/1, __consumer_offsets 2/1, __transaction_state 2/1',
  ],
  [
    'topics-in-loop.yml',
    'kraft 4.0, 1 brokers, 1 controllers, combined: 1/1, a 1/2, b 1/1, c 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
  ],
  [
    'mixed-minimum-1.properties mixed-minimum-2.properties mixed-minimum-3.properties',
    'zookeeper 2.6, 3 brokers, ? controllers, zookeeper: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
    /disagree about min.insync.replicas: 1 at .*mixed-minimum-2/,
  ],
  [
    'separate-two-racks.yml',
    'kraft 3.7, 4 brokers, 3 controllers, separate: 3/2, __consumer_offsets 3/2, __transaction_state 3/2',
  ],
  [
    'initial-controllers.yml',
    'kraft 4.0.0, 3 brokers, 3 controllers, combined: 3/2, __consumer_offsets 3/2, __transaction_state 3/2',
  ],
  [
    'statefulset-init-script.yaml',
    'zookeeper ?, 3 brokers, ? controllers, zookeeper: 3/2, __consumer_offsets 3/2, __transaction_state 3/2',
  ],
  [
    'inline-config.yml',
    'kraft 4.1.0, 1 brokers, 1 controllers, combined: 1/2, __consumer_offsets 1/2, __transaction_state 3/2!',
  ],
  [
    'one-machine-1.yml one-machine-2.yml one-machine-3.yml',
    'kraft 3.7.1, 3 brokers, 3 controllers, combined: 2/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    'msk-kraft.tf',
    'kraft 3.7, 3 brokers, ? controllers, separate: 2/1, orders 3/3, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    'crlf-and-bom.properties',
    'kraft ?, 1 brokers, 1 controllers, combined: 1/1 unclean, __consumer_offsets 1/1 unclean, __transaction_state 3/2!',
  ],
  [
    'kubectl-list.yaml',
    'zookeeper 3.5.1, 3 brokers, 3 controllers, zookeeper: 3/2, t1 2/2, __consumer_offsets 3/2, __transaction_state 3/2',
  ],
  [
    'confluent-operator.yaml',
    'zookeeper 3.3, 3 brokers, 3 controllers, zookeeper: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    'under-replicated-only.txt',
    'kraft ?, 3 brokers, ? controllers, separate: orders 3/1, pay 2/1',
    /orders: the output tells where partitions stand and no setting/,
  ],
  [
    'swarm-global.yml',
    'zookeeper ?, 1 brokers, ? controllers, zookeeper: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
    /every machine of the swarm.*Say --brokers/,
  ],
  [
    'one-voter-of-three.yml',
    'kraft 4.0.0, 3 brokers, 1 controllers, mixed: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
  ],
  [
    'multi-region.yml',
    'zookeeper 2.5, 4 brokers, 1 controllers, zookeeper: 4/2, __consumer_offsets 4/2, __transaction_state 3/2',
  ],
  [
    'overrides-with-zookeeper.yml',
    'zookeeper 2.1.0, 1 brokers, 1 controllers, zookeeper: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
  ],
  [
    'built-image.yml',
    'zookeeper ?, 1 brokers, ? controllers, zookeeper: 1/1, __consumer_offsets 3/1!, __transaction_state 3/2!',
    /k2: no image is named; it is taken to start from its environment alone/,
  ],
  [
    'old-chart-values.yaml',
    'zookeeper 2.8.0, 3 brokers, 3 controllers, zookeeper: 2/1, a 3/2, __consumer_offsets 2/1, __transaction_state 2/1',
  ],
  [
    'ansible-host-above-group.yml',
    'zookeeper 3.5, 3 brokers, 3 controllers, zookeeper: 1/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
];

describe('files as people write them', () => {
  for (const [names, summary, said] of expected) {
    it(names, () => {
      const cluster = describeCluster(names.split(' ').map(variation));
      expect(summaryOf(cluster)).toBe(summary);
      if (said !== undefined) expect(cluster.warnings.join('\n')).toMatch(said);
    });
  }

  it('say nothing of an image that is given its file', () => {
    const { warnings } = describeCluster([variation('statefulset-init-script.yaml')]);
    expect(warnings).toEqual([]);
  });

  it('are two clusters where chroots differ, and need its properties where an image brings ZooKeeper', () => {
    expect(errorOf(variation('two-chroots.yml')).message).toContain(
      'kafka1 (ZooKeeper zookeeper:2181/a) and that of two-chroots.yml: services.kafka3',
    );
    expect(errorOf(variation('image-with-zookeeper-inside.yml')).message).toContain(
      'found neither; give its server.properties (image obsidiandynamics/kafka)',
    );
  });
});

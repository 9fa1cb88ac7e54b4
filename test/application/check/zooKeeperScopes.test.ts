import { expect, test } from 'vitest';
import { readCluster } from '../../../application/check/clusterFiles.ts';
import { profilesOf } from '../../../application/check/profiles.ts';
import { zooKeeperOf } from '../../../application/check/zooKeeperScopes.ts';

function plansFor(example: string) {
  const described = readCluster([`examples/${example}`]);
  return zooKeeperOf(described, profilesOf(described));
}

test('a cluster with ZooKeeper has its controller explored by the rules of its release', () => {
  const described = plansFor('conduktor-zk-single-kafka-multiple.docker-compose.yml');
  expect(described?.title).toBe('The controller, through ZooKeeper: two brokers, Kafka 3.8');
  expect(described?.plans.map(({ name, config }) => [name, config['kafka']])).toEqual([
    ['expired session', '3.8'],
    ['process crash', '3.8'],
    ['controller moved, lag', '3.8'],
    ['in the end', '3.8'],
  ]);
});

test('one with KRaft, or with a single broker, has not', () => {
  expect(plansFor('apache-kafka-cluster-combined.docker-compose.yml')).toBeUndefined();
  expect(plansFor('apache-kafka-3-zookeeper.server.properties')).toBeUndefined();
});

import { expect, test } from 'vitest';
import { readCluster } from '../../../application/check/clusterFiles.ts';
import { profilesOf } from '../../../application/check/profiles.ts';
import { zooKeeperOf } from '../../../application/check/zooKeeperScopes.ts';

function plansFor(example: string, isFirst = false) {
  const described = readCluster([`examples/${example}`]);
  return zooKeeperOf(described, profilesOf(described), isFirst);
}

test('a cluster with ZooKeeper has its controller explored by the rules of its release', () => {
  const described = plansFor('conduktor-zk-single-kafka-multiple.docker-compose.yml');
  expect(described?.title).toBe('The controller, through ZooKeeper: two brokers, Kafka 3.8');
  expect(described?.plans.map(({ name, config }) => [name, config['kafka']])).toEqual([
    ['one power loss', '3.8'],
    ['expired session', '3.8'],
    ['process crash', '3.8'],
    ['controller moved, lag', '3.8'],
    ['in the end', '3.8'],
  ]);
});

test('of it the first answer takes what a power loss costs, with the most that two replicas can ask for', () => {
  const described = plansFor('conduktor-zk-single-kafka-multiple.docker-compose.yml', true);
  expect(described?.plans).toMatchObject([
    { name: 'one power loss', config: { minInsyncReplicas: 2 }, bounds: { powerLosses: 1 } },
  ]);
});

test('one with KRaft, or with a single broker, has not', () => {
  expect(plansFor('apache-kafka-cluster-combined.docker-compose.yml')).toBeUndefined();
  expect(plansFor('apache-kafka-3-zookeeper.server.properties')).toBeUndefined();
});

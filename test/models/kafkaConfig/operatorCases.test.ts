import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import {
  type DescribeOptions,
  describeCluster,
} from '../../../models/kafkaConfig/describeCluster.ts';
import { partitionStandings } from '../../../models/kafkaConfig/partitionStandings.ts';
import { rackFailures } from '../../../models/kafkaConfig/rackArithmetic.ts';
import { errorOf, summaryOf } from './helpers.ts';

/** A file of `cases/`, made after a public file or a report. */
function caseFile(name: string): ConfigFile {
  return { name, text: readFileSync(new URL(`cases/${name}`, import.meta.url), 'utf8') };
}

function described(names: readonly string[], options: DescribeOptions = {}) {
  return describeCluster(names.map(caseFile), options);
}

const TWO_INTERNAL = '__consumer_offsets 3/2, __transaction_state 3/2';

/** The files that are given together, the summary, and what some warning or assumption must say. */
const expected: readonly (readonly [files: string, summary: string, said?: RegExp])[] = [
  [
    '01-bitnami-three-no-offsets-rf.yml',
    'kraft 3.6, 3 brokers, 3 controllers, combined: 3/2, __consumer_offsets 1/2!, __transaction_state 1/1',
    /no consumer group works/,
  ],
  [
    '02-apache-no-environment.yml',
    'kraft 3.9.0, 1 brokers, 1 controllers, combined: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
    /all of the server.properties that apache\/kafka starts from holds/,
  ],
  [
    '04-debezium.yml',
    'zookeeper ?, 1 brokers, 1 controllers, zookeeper: 1/1, connect_configs 1/1, __consumer_offsets 1/1, ' +
      '__transaction_state 1/1',
  ],
  [
    '06-base.yml 06-extends.yml',
    'zookeeper ?, 4 brokers, 3 controllers, zookeeper: 3/2, __consumer_offsets 1/2, __transaction_state 1/1',
  ],
  [
    '07-elr-controllers-without-min-isr.yml',
    'kraft 4.1.0, 3 brokers, 3 controllers, separate: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
    /has no effect: the controllers decide.*--entity-default --describe/,
  ],
  ['08-statefulset.yml', `kraft 3.6, 3 brokers, 3 controllers, combined: 3/2, ${TWO_INTERNAL}`],
  ['09-cfk.yml', `kraft 3.9, 3 brokers, 3 controllers, separate: 3/2, ${TWO_INTERNAL}`],
  ['10-bitnami-values.yml', `kraft ?, 3 brokers, 3 controllers, combined: 3/2, ${TWO_INTERNAL}`],
  [
    '11-cp-ansible-hosts.yml',
    'kraft ?, 3 brokers, 3 controllers, separate: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
    /may have no effect: the controllers decide/,
  ],
  [
    '12-msk.tf',
    'zookeeper 3.6.0, 3 brokers, ? controllers, zookeeper: 3/2 unclean, __consumer_offsets 3/2 unclean, ' +
      '__transaction_state 3/2',
  ],
  [
    '15-connect-distributed.properties',
    'kraft ?, 1 brokers, ? controllers, separate: c 1/1, o 1/1, s 1/1',
  ],
  [
    '16-broker.properties 16-controller.properties',
    'kraft ?, 1 brokers, 1 controllers, separate: 1/1, __consumer_offsets 1/1, __transaction_state 1/1, ' +
      '__share_group_state 1/1',
  ],
  [
    '17-dynamic-lb.properties',
    'kraft ?, 1 brokers, ? controllers, combined: 3/2!, __consumer_offsets 3/2!, __transaction_state 3/2!',
    /behind which there may be any number of controllers/,
  ],
  [
    '19-scale.yml',
    'zookeeper 2.8.1, 1 brokers, 1 controllers, zookeeper: 3/2!, __consumer_offsets 1/2!, __transaction_state 1/1',
    /InvalidReplicationFactor/,
  ],
  [
    '21-stretched-two-dc.yml',
    'kraft 3.9, 6 brokers, 6 controllers, combined: 6/4, __consumer_offsets 6/4, __transaction_state 3/2',
  ],
  [
    '23-strimzi-v1.yaml',
    'kraft 4.2.0, 3 brokers, 3 controllers, separate: 3/2, orders 3/3, __consumer_offsets 3/2, ' +
      '__transaction_state 3/2, __share_group_state 3/2',
  ],
  [
    '27-common.yml 27-kafka_cluster.yml 27-zookeeper.yml',
    'zookeeper ?, 3 brokers, 1 controllers, zookeeper: 1/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    '28-base.yml 28-override.yml',
    `kraft 3.9.1, 3 brokers, 3 controllers, combined: 3/2, ${TWO_INTERNAL}`,
  ],
  [
    '30b-profiles-default.yml',
    `kraft 4.0.0, 3 brokers, 3 controllers, combined: 3/2, ${TWO_INTERNAL}`,
  ],
  [
    '31-init-topics.yml',
    'kraft 3.9.1, 3 brokers, 3 controllers, combined: 1/1, orders 3/2, __consumer_offsets 3/1, ' +
      '__transaction_state 3/2',
  ],
  [
    '32-single-broker-no-offsets-rf.yml',
    'kraft 3.9.1, 1 brokers, 1 controllers, combined: 1/1, __consumer_offsets 3/1!, __transaction_state 3/2!',
    /no consumer group works[\s\S]*no transaction works/,
  ],
  [
    '33-unclean-topic.yaml',
    'kraft ?, 3 brokers, ? controllers, separate: 1/1, metrics 3/1 unclean, __consumer_offsets 3/1, ' +
      '__transaction_state 3/2',
  ],
  [
    '34-two-brokers.properties',
    'kraft ?, 2 brokers, 2 controllers, combined: 2/2, __consumer_offsets 2/2, __transaction_state 2/2',
  ],
  [
    '35-init-container-counted.yml',
    `zookeeper 3.6, 3 brokers, 1 controllers, zookeeper: 3/2, orders 3/2, ${TWO_INTERNAL}`,
    /init-topics: not counted: it runs cub/,
  ],
  [
    '45-one-broker-rf3.properties',
    'kraft ?, 1 brokers, 1 controllers, combined: 3/2!, __consumer_offsets 3/2!, __transaction_state 3/2!',
  ],
  ['43-seven.properties', 'kraft ?, 0 brokers, 7 controllers, separate: '],
  [
    'kafka-3.8.compose.yml',
    'kraft 3.8.0, 3 brokers, 3 controllers, combined: 2/1, __consumer_offsets 3/1, __transaction_state 3/2',
  ],
  [
    'kafka-2.8-zookeeper.compose.yml',
    'zookeeper 2.8, 3 brokers, 1 controllers, zookeeper: 1/1, __consumer_offsets 3/1, __transaction_state 3/2',
    /The nodes disagree about default.replication.factor/,
  ],
];

describe('what operators hold', () => {
  const cases = expected.map(([files, summary, said]) => ({ files, summary, said }));

  it.each(cases)('$files', ({ files, summary, said }) => {
    const cluster = described(files.split(' '));
    expect(summaryOf(cluster)).toBe(summary);
    const words = [...cluster.warnings, ...cluster.assumptions.map(({ why }) => why)].join('\n');
    if (said !== undefined) expect(words).toMatch(said);
  });

  it.each([
    ['18-redpanda.yml', 'Redpanda is another system than Kafka'],
    ['26-helm-template.yaml', 'expected what it renders to: helm template <chart>'],
    ['30-profiles.yml', 'which is not filled in and has no default'],
    [
      '36b-two-clusters-kraft.yml',
      'services.kafka-a (cluster id aaaaaaaaaaaaaaaaaaaaaa) and that of',
    ],
  ])('%s is refused by what it is', (name, found) => {
    expect(errorOf(caseFile(name)).message).toContain(found);
  });

  it('13-topics-describe.txt says where each partition stands', () => {
    const cluster = described(['13-topics-describe.txt']);
    expect(partitionStandings(cluster)).toMatchObject([
      { standing: 'below the minimum', minimum: 2, electsUncleanly: true },
      { standing: 'offline', state: { leader: undefined, isr: [3] } },
    ]);
  });

  it.each([
    ['14-application.yml', '1'],
    ['14-producer.properties', '1'],
    ['15-mm2.properties', 'all'],
  ])('%s is a client', (name, acks) => {
    expect(described([name]).clients.map(client => client.acks?.value)).toEqual([acks]);
  });

  it('42 needs to be told how many brokers there are, 38 the version', () => {
    const settings = '42-msk-server-properties.properties';
    expect(errorOf(caseFile(settings)).message).toContain('--brokers 3');
    expect(summaryOf(described([settings], { brokers: 3 }))).toContain(
      '3 brokers, ? controllers, separate: 3/2',
    );
    const six = ['b4', 'b5', 'b6', 'c1', 'c2', 'c3'].map(name => `38-${name}.properties`);
    const cluster = described(six, { kafkaVersion: '3.9.1' });
    expect(summaryOf(cluster)).toBe(
      `kraft 3.9.1, 3 brokers, 3 controllers, separate: 3/2, ${TWO_INTERNAL}`,
    );
    expect(rackFailures(cluster).map(({ rack, brokers }) => [rack, brokers])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('21 loses its quorum or its minimum with either data centre', () => {
    const failures = rackFailures(described(['21-stretched-two-dc.yml']));
    expect(
      failures.map(({ metadataSurvives, topics }) => [metadataSurvives, topics[0]]),
    ).toMatchObject([
      [false, { minIsr: 4, replicasLeft: 3 }],
      [false, { minIsr: 4, replicasLeft: 3 }],
    ]);
  });
});

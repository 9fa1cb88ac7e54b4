import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeText, errorOf, summaryOf } from './helpers.ts';

/** A file as one finds them in public, with other names. */
function publicFile(name: string): { readonly name: string; readonly text: string } {
  const url = new URL(`publicCompose/${name}.yml`, import.meta.url);
  return { name: `${name}.yml`, text: readFileSync(url, 'utf8') };
}

/** What every file of its kind is warned of. */
const GENERAL =
  /single (?:ZooKeeper server|metadata voter)|one process|single copy|an even number|on one broker only/;

const expected: readonly (readonly [name: string, summary: string, warnings: readonly RegExp[]])[] =
  [
    [
      '01-apache-started-by-command',
      'zookeeper 3.9.1, 1 brokers, 1 controllers, zookeeper: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '02-strimzi-image',
      'zookeeper 3.5.1, 1 brokers, 1 controllers, zookeeper: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '03-confluent-patched-script',
      'kraft 3.2, 3 brokers, 3 controllers, combined: 1/1, users 2/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [/services.init: not counted: it runs cub/],
    ],
    [
      '05-wurstmeister-create-topics',
      'zookeeper 2.5.0, 1 brokers, 1 controllers, zookeeper: 1/1, orders 1/1, audit 1/1, ' +
        '__consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '06-confluent-all-in-one',
      'zookeeper 3.4, 1 brokers, 1 controllers, zookeeper: 1/1, docker-connect-configs 1/1, ' +
        'docker-connect-offsets 1/1, docker-connect-status 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '07-apache-separate-roles',
      'kraft 4.0.0, 3 brokers, 3 controllers, separate: 3/2, orders 3/2, payments 3/2, ' +
        '__consumer_offsets 3/2, __transaction_state 3/2',
      [/services.topics: not counted: it runs kafka-topics.sh/],
    ],
    [
      '08-bitnami-kraft',
      'kraft 3.4, 2 brokers, 2 controllers, combined: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [
        /KAFKA_MIN_INSYNC_REPLICAS has no effect/,
        /disagree about offsets.topic.replication.factor/,
      ],
    ],
    [
      '09-confluent-local',
      'kraft 3.4, 1 brokers, 1 controllers, combined: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '10-apache-native-single',
      'kraft 3.8.0, 1 brokers, 1 controllers, combined: 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '11-debezium-tutorial',
      'zookeeper ?, 1 brokers, 1 controllers, zookeeper: 1/1, my_connect_configs 1/1, my_connect_offsets 1/1, ' +
        'my_connect_statuses 1/1, __consumer_offsets 1/1, __transaction_state 1/1',
      [],
    ],
    [
      '12-swarm-slots',
      'zookeeper 2.8, 3 brokers, 1 controllers, zookeeper: 1/1, __consumer_offsets 3/1, __transaction_state 3/2',
      [],
    ],
  ];

describe('public docker-compose files', () => {
  it.each(expected)('%s', (name, summary, warnings) => {
    const { text } = publicFile(name);
    const cluster = describeText('c.yml', text);
    expect(summaryOf(cluster)).toBe(summary);
    const own = cluster.warnings.filter(warning => !GENERAL.test(warning));
    expect(own).toHaveLength(warnings.length);
    for (const [index, warning] of warnings.entries()) expect(own[index]).toMatch(warning);
    expect(cluster.unread).toEqual([]);
  });

  it('of an image with everything in it says what to give instead', () => {
    expect(errorOf(publicFile('04-all-in-one-fast-data')).message).toContain(
      'give its server.properties (image lensesio/fast-data-dev:3.3.1)',
    );
  });
});

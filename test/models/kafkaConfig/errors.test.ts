import { describe, expect, it } from 'vitest';
import { LONGEST_FILE } from '../../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, combinedService, errorOf, strimziCluster } from './helpers.ts';

const compose = (text: string) => errorOf({ name: 'c.yml', text }).message;
const properties = (text: string) => errorOf({ name: 's.properties', text }).message;
const strimzi = (text: string) => errorOf({ name: 'k.yaml', text }).message;
const withVariable = (line: string) => compose(combinedCompose(3, [line]));

const KRAFT = 'process.roles=broker,controller\nnode.id=1\ncontroller.quorum.voters=1@a:1\n';

describe('a wrong value is refused by place', () => {
  it.each([
    ['KAFKA_MIN_INSYNC_REPLICAS: 0', 'an integer from 1 to 2147483647, found "0"'],
    ['KAFKA_MIN_INSYNC_REPLICAS: two', 'an integer from 1 to 2147483647, found "two"'],
    ['KAFKA_MIN_INSYNC_REPLICAS: 1.5', 'an integer from 1 to 2147483647, found "1.5"'],
    ['KAFKA_MIN_INSYNC_REPLICAS: [1]', 'a string, a number or a boolean, found a list'],
    [
      `KAFKA_MIN_INSYNC_REPLICAS: \${N}`,
      `found "\${N}", which is not filled in and has no default`,
    ],
    ['KAFKA_MIN_INSYNC_REPLICAS:', 'which is not filled in and has no default'],
    ['KAFKA_DEFAULT_REPLICATION_FACTOR: 32768', 'an integer from 1 to 32767, found "32768"'],
    ['KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: yes', 'true or false, found "yes"'],
    ['KAFKA_LOG_FLUSH_INTERVAL_MESSAGES: 0', 'an integer from 1 to 9223372036854775807, found "0"'],
    ['KAFKA_BROKER_ID: 9', 'the value of c.yml: services.kafka-1.environment.KAFKA_NODE_ID'],
  ])('%s', (line, expected) => {
    const message = withVariable(line);
    expect(message).toContain(
      `c.yml: services.kafka-1.environment.${line.split(':')[0]}: expected`,
    );
    expect(message).toContain(expected);
  });

  it.each(['"three"', '-1', '0', '1.5', '1000000000', 'null', '[]'])('replicas: %s', value => {
    const text = strimziCluster('{}').replace('replicas: 3', `replicas: ${value}`);
    expect(strimzi(text)).toContain(
      'k.yaml: KafkaNodePool dual: spec.replicas: expected an integer',
    );
  });
});

describe('a wrong shape is refused', () => {
  it.each([
    ['an empty file', '', 'found an empty file'],
    ['a blank file', ' \n\t\n', 'found an empty file'],
    ['broken YAML', 'services: [', 'expected valid YAML'],
    ['other YAML', 'a: 1', 'YAML that is neither'],
    ['a scalar', 'hello', 'YAML that is neither'],
    ['services that is a list', 'services: [a]', 'services: expected a mapping, found a list'],
    ['a service that is a number', 'services: { a: 1 }', 'services.a: expected a mapping, found 1'],
    ['environment a number', 'services: { a: { environment: 3 } }', 'expected a mapping, found 3'],
    [
      'an item a number',
      'services: { a: { environment: [3] } }',
      'environment[0]: expected a string',
    ],
    [
      'an image a list',
      'services: { a: { image: [] } }',
      'services.a.image: expected a non-empty string',
    ],
    ['no broker', 'services: { a: { image: postgres } }', 'at least one Kafka broker'],
    [
      'a repeated key',
      'services:\n  a: {}\n  a: {}',
      'line 3: expected every key once, found the key "a"',
    ],
    ['deep nesting', '['.repeat(20_000), 'nesting too deep'],
    ['a NUL byte', 'services:\n\0', 'line 2: expected text, found the control character U+0000'],
  ])('%s', (_what, text, expected) => {
    expect(compose(text)).toContain(expected);
  });

  it('an alias bomb', () => {
    const levels = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef']) {
      levels.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`);
    }
    expect(compose(`${levels.join('\n')}\nservices: *f`)).toContain('Excessive alias count');
  });

  it('a file that is too large', () => {
    expect(compose('#'.repeat(LONGEST_FILE + 1))).toContain('at most 262144 characters (256 KiB)');
  });

  it('no file, or too many', () => {
    expect(errorOf().message).toContain('expected from 1 to 100 files, found 0');
    const many = Array.from({ length: 101 }, () => ({ name: 'a', text: 'b' }));
    expect(errorOf(...many).message).toContain('found 101');
  });
});

describe('a cluster that contradicts itself is refused', () => {
  it('two nodes with one id', () => {
    const text = `services:\n${combinedService(1, 3)}\n${combinedService(1, 3).replace('kafka-1:', 'b:')}`;
    expect(compose(text)).toContain('services.b: expected every node id once, found 1');
  });

  it('KRaft mixed with ZooKeeper, in one node or in two', () => {
    expect(properties(`${KRAFT}zookeeper.connect=a`)).toContain('found both');
    const text = `${combinedCompose(1)}\n  z: { environment: { KAFKA_ZOOKEEPER_CONNECT: 'a:1' } }`;
    expect(compose(text)).toContain(
      'services.z: expected the mode of c.yml: services.kafka-1, KRaft',
    );
  });

  it.each([
    ['node.id=1', 'expected process.roles (KRaft) or zookeeper.connect'],
    ['foo=bar', 'found none of them'],
    ['process.roles=broker,controller\nnode.id=1', 'controller.quorum.voters or'],
    ['process.roles=broker\ncontroller.quorum.voters=1@a:1', 'expected node.id, found nothing'],
    [
      'process.roles=boss\nnode.id=1',
      'line 1: process.roles: expected "broker", "controller" or both',
    ],
    ['process.roles=broker,broker\nnode.id=1', 'process.roles: expected'],
    [KRAFT.replace('1@a:1', `\${V}`), 'voters as id@host:port'],
    [KRAFT.replace('1@a:1', '1@a:1,1@b:1'), 'found the id 1 twice'],
    [KRAFT.replace('1@a:1', '99999999999@a:1'), 'voters as id@host:port'],
    [KRAFT.replace('node.id=1', 'node.id=-1'), 'an integer from 0 to 2147483647'],
    ['a=\\u12', 'four hexadecimal digits'],
  ])('%j', (text, expected) => {
    expect(properties(text)).toContain(expected);
  });

  it.each([
    [
      'pools without their Kafka resource',
      strimziCluster('{}').split('---')[0] ?? '',
      'only pools',
    ],
    ['Kafka without pools', strimziCluster('{}').split('---')[1] ?? '', 'KafkaNodePool resources'],
    ['controllers only', strimziCluster('{}').replace(', broker]', ']'), 'at least one broker'],
    ['brokers only', strimziCluster('{}').replace('controller, ', ''), 'with the role controller'],
    [
      'two Kafka resources',
      `${strimziCluster('{}')}---\n${strimziCluster('{}')}`,
      'one Kafka resource',
    ],
    [
      'no name',
      strimziCluster('{}').replace('{ name: c }', '{}'),
      'metadata.name: expected a non-empty',
    ],
    [
      'unknown roles',
      strimziCluster('{}').replace('broker]', 'king]'),
      'spec.roles: expected a list',
    ],
    ['config a list', strimziCluster('{ config: [] }'), 'spec.kafka.config: expected a mapping'],
  ])('%s', (_what, text, expected) => {
    expect(strimzi(text)).toContain(expected);
  });

  it('a Strimzi cluster beside another one', () => {
    const kafka = { name: 'k.yaml', text: strimziCluster('{}') };
    const other = { name: 'c.yml', text: combinedCompose(1) };
    expect(errorOf(kafka, other).message).toContain('expected files of one cluster');
  });
});

describe('prototype keys', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s', key => {
    const service = `services: { ${key}: { environment: { ${key}: x, KAFKA___PROTO__: y } } }`;
    expect(compose(service)).toContain('at least one Kafka broker');
    const text = combinedCompose(1, [`${key}: 1`]);
    expect(describeCluster([{ name: 'c.yml', text }]).brokers).toBe(1);
    expect(compose(`${key}: { services: {} }`)).toContain('YAML that is neither');
  });

  it('never reach Object.prototype', () => {
    compose('__proto__: { polluted: yes }');
    strimzi(`__proto__: { polluted: yes }\n${strimziCluster('{ config: 1 }')}`);
    expect({}).not.toHaveProperty('polluted');
  });
});

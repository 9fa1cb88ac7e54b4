import { describe, expect, it } from 'vitest';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, combinedService, describeText } from './helpers.ts';

/** The files in their order; of those that are beside them each is found by its path. */
function project(
  files: Readonly<Record<string, string>>,
  beside: Readonly<Record<string, string>> = {},
): ClusterDescription {
  const given = Object.entries(files).map(([name, text]): ConfigFile => ({ name, text }));
  const find = (path: string): ConfigFile | undefined => {
    const text = beside[path];
    return text === undefined ? undefined : { name: path, text };
  };
  return describeCluster(given, { beside: find });
}

const first = ({ topics: [topic] }: ClusterDescription): string =>
  `${topic?.replicationFactor.value}/${topic?.minInsyncReplicas.value}`;

const lasting = `
    environment:
      - KAFKA_DEFAULT_REPLICATION_FACTOR=3
      - KAFKA_MIN_INSYNC_REPLICAS=2`;
const override = `services:\n  kafka-1:${lasting}\n  kafka-2:${lasting}\n  kafka-3:${lasting}\n`;

describe('several compose files', () => {
  it('add to the services of the earlier ones, in whichever form', () => {
    const base = combinedCompose(3, ['KAFKA_DEFAULT_REPLICATION_FACTOR: 1']);
    expect(first(project({ 'a.yml': base, 'b.yml': override }))).toBe('3/2');
    expect(first(project({ 'b.yml': override, 'a.yml': base }))).toBe('1/2');
  });

  it('replace an image and a command, and keep what is not said again', () => {
    const base = combinedCompose(1).replace(
      '    environment',
      '    image: apache/kafka:3.8.0\n    environment',
    );
    const over = 'services: { kafka-1: { image: apache/kafka:4.0.0, command: [sleep, "1"] } }';
    expect(
      project({ 'a.yml': base, 'b.yml': over.replace(', command: [sleep, "1"]', '') }).version
        .value,
    ).toBe('4.0.0');
    expect(() => project({ 'a.yml': base, 'b.yml': over })).toThrow('it runs no server');
  });

  it('are of different machines where ids differ', () => {
    const one = `services:\n${combinedService(1, 3).replace('kafka-1:', 'kafka:')}`;
    const two = `services:\n${combinedService(2, 3).replace('kafka-2:', 'kafka:')}`;
    const cluster = project({ 'a.yml': one, 'b.yml': two });
    expect(cluster.nodes.filter(({ described }) => described)).toHaveLength(2);
  });

  it('may have no services, beside others that have', () => {
    const networks = 'version: "3"\nnetworks: { kafka: { driver: bridge } }\nvolumes: { a: }\n';
    expect(project({ 'common.yml': networks, 'k.yml': combinedCompose(3) }).brokers).toBe(3);
    expect(() => project({ 'common.yml': networks })).toThrow('at least one Kafka broker');
  });

  it('are refused where tags say how to merge them', () => {
    const over = 'services:\n  kafka-1:\n    environment: !override { A: 1 }\n';
    expect(() => project({ 'a.yml': combinedCompose(1), 'b.yml': over })).toThrow(
      'b.yml: line 3: expected no !reset or !override: give what docker compose config prints',
    );
  });

  it('include others', () => {
    const main = 'include: [kafka/k.yml]\nservices: { ui: { image: provectuslabs/kafka-ui } }';
    expect(project({ 'main.yml': main }, { 'kafka/k.yml': combinedCompose(3) }).brokers).toBe(3);
    expect(() => project({ 'main.yml': main })).toThrow('the file "kafka/k.yml"');
    expect(() => project({ 'm.yml': 'include: [m.yml]' })).toThrow('at most 10 files');
  });
});

describe('extends', () => {
  const base = `services:
  node:
    image: apache/kafka:3.9.1
    environment: { KAFKA_PROCESS_ROLES: 'broker,controller', KAFKA_CONTROLLER_QUORUM_VOTERS: '1@k1:1,2@k2:1,3@k3:1',
      KAFKA_DEFAULT_REPLICATION_FACTOR: 3, KAFKA_MIN_INSYNC_REPLICAS: 2 }`;
  const using = (extended: string): string =>
    `services:\n${[1, 2, 3]
      .map(id => `  k${id}: { extends: ${extended}, environment: [KAFKA_NODE_ID=${id}] }`)
      .join('\n')}`;

  it('is followed into a file that is given, and beside the file that names it', () => {
    const main = using('{ file: base/b.yml, service: node }');
    const given = project({ 'deploy/base/b.yml': base, 'deploy/k.yml': main });
    const found = project({ 'deploy/k.yml': main }, { 'deploy/base/b.yml': base });
    for (const cluster of [given, found]) {
      expect([first(cluster), cluster.brokers, cluster.version.value]).toEqual(['3/2', 3, '3.9.1']);
    }
    expect(() => project({ 'deploy/k.yml': main })).toThrow('the file "deploy/base/b.yml"');
  });

  it('is followed within a file, whose template is no node', () => {
    const main = `${base}\n${using('node').replace('services:\n', '')}`;
    expect(first(project({ 'k.yml': main }))).toBe('3/2');
    expect(project({ 'k.yml': main }).brokers).toBe(3);
  });

  it('is refused where the service is missing, or extends itself', () => {
    expect(() => project({ 'k.yml': using('{ service: other }') })).toThrow('no such service');
    const loop = 'services: { a: { extends: b }, b: { extends: a } }';
    expect(() => project({ 'k.yml': loop })).toThrow('at most 10 files or services');
  });
});

describe('env_file and .env', () => {
  const withFile = (env: string): string =>
    combinedCompose(3).replaceAll('    environment', `    env_file: ${env}\n    environment`);
  const settings = `# durability
export KAFKA_DEFAULT_REPLICATION_FACTOR="3"
KAFKA_MIN_INSYNC_REPLICAS=2 # of three
KAFKA_NODE_ID=9
`;

  it('are read beside the file, and environment wins', () => {
    for (const form of ['kafka.env', '[kafka.env]', '[{ path: ./kafka.env }]']) {
      const cluster = project({ 'd/c.yml': withFile(form) }, { 'd/kafka.env': settings });
      expect([first(cluster), cluster.brokers]).toEqual(['3/2', 3]);
      expect(cluster.topics[0]?.minInsyncReplicas.where).toBe(
        'd/kafka.env: line 3: KAFKA_MIN_INSYNC_REPLICAS',
      );
    }
  });

  it('are named where they are missing, unless they need not be there', () => {
    expect(project({ 'c.yml': withFile('k.env') }).warnings.join()).toContain('k.env is not there');
    const optional = withFile('[{ path: k.env, required: false }]');
    expect(project({ 'c.yml': optional }).warnings.join()).not.toContain('not there');
  });

  it('fill in variables', () => {
    const text = combinedCompose(3, [`KAFKA_MIN_INSYNC_REPLICAS: '\${ISR:-1}'`]);
    expect(
      project({ 'd/c.yml': text }, { 'd/.env': 'ISR=3\n' }).topics[0]?.minInsyncReplicas.value,
    ).toBe(3);
    const needed = combinedCompose(3, [`KAFKA_MIN_INSYNC_REPLICAS: '\${ISR:?say it}'`]);
    expect(first(project({ 'd/c.yml': needed }, { 'd/.env': 'ISR=2\n' }))).toBe('1/2');
    expect(() => project({ 'd/c.yml': needed })).toThrow('which is not filled in');
  });
});

describe('services that are no brokers', () => {
  const anchor = `x-env: &env
  KAFKA_ZOOKEEPER_CONNECT: z:2181
  KAFKA_DEFAULT_REPLICATION_FACTOR: 1
services:
  z: { image: zookeeper }
  k: { image: 'confluentinc/cp-kafka:7.6.0', environment: { <<: *env, KAFKA_BROKER_ID: 1 } }
`;

  it.each([
    ['command: kafka-topics --list --bootstrap-server k:1', 'it runs kafka-topics'],
    [
      'command: [sh, -c, "cub kafka-ready -b k:1 1 60 && exec kafka-configs --alter"]',
      'it runs cub',
    ],
    [
      'entrypoint: [/bin/sh, -c], command: "sleep 10; kafka-console-producer.sh --topic t"',
      'it runs kafka-con',
    ],
    ['command: bash -c "connect-distributed /etc/c.properties"', 'it runs connect-distributed'],
    ['command: tail -f /dev/null', 'it runs no server'],
    ["image: 'confluentinc/cp-kafka-connect:7.6.0'", "its image is not a broker's"],
    ["image: 'confluentinc/cp-schema-registry:7.6.0'", "its image is not a broker's"],
    ["image: 'provectuslabs/kafka-ui'", "its image is not a broker's"],
    ['scale: 0', 'it has 0 replicas'],
    ['command: kafka-storage format -t abc -c /etc/s.properties', 'it runs kafka-storage'],
    ['command: [sh, -c, "until nc -z k 9092; do sleep 1; done"]', 'it has a command of its own'],
  ])('%s', (body, why) => {
    const image = body.startsWith('image') ? '' : "image: 'confluentinc/cp-kafka:7.6.0', ";
    const text = `${anchor}  other: { ${image}${body}, environment: { <<: *env } }`;
    const cluster = describeText('c.yml', text);
    expect(cluster.brokers).toBe(1);
    expect(cluster.warnings.join('\n')).toContain(`services.other: not counted: ${why}`);
  });

  it.each([
    'command: sh -c "kafka-storage format -t x && kafka-server-start /etc/s.properties"',
    'command: [bash, -c, "/etc/confluent/docker/run & cub kafka-ready -b k:1 1 9; kafka-topics --create --topic t --replication-factor 1; wait"]',
    'command: /custom/start.sh',
    'command: bash -c "echo waiting for kafka-topics-broker-1; exec /custom/start.sh"',
    'entrypoint: /opt/bitnami/scripts/kafka/entrypoint.sh, command: /opt/bitnami/scripts/kafka/run.sh',
  ])('but a broker with its own way to start is one: %s', body => {
    const text = `${anchor}  k2: { image: 'confluentinc/cp-kafka:7.6.0', ${body}, environment: { <<: *env, KAFKA_BROKER_ID: 2 } }`;
    expect(describeText('c.yml', text).brokers).toBe(2);
  });

  it('have the properties that the command gives them', () => {
    const command =
      'kafka-server-start.sh c.properties --override broker.id=7 --override min.insync.replicas=2';
    const text = `services: { k: { image: acme/kafka, command: '${command}', environment: { KAFKA_ZOOKEEPER_CONNECT: z } } }`;
    const cluster = describeText('c.yml', text);
    expect([cluster.nodes[0]?.id, cluster.topics[0]?.minInsyncReplicas.value]).toEqual([7, 2]);
  });

  it('are named where they have settings and say nothing of who they are', () => {
    const text = `${anchor}  k2: { image: acme/broker, environment: { KAFKA_MIN_INSYNC_REPLICAS: 2 } }`;
    expect(describeText('c.yml', text).warnings.join()).toContain(
      'services.k2: not counted: neither process.roles nor zookeeper.connect is set; give its server.properties (image acme/broker)',
    );
  });

  it('are named where their image is called like one', () => {
    const text = "services: { app: { image: shop }, k: { image: 'ubuntu/kafka:3.1-22.04_beta' } }";
    expect(() => describeText('c.yml', text)).toThrow(
      'c.yml: services.k: not counted: neither process.roles nor zookeeper.connect is set; give its server.properties (image ubuntu/kafka',
    );
  });

  it('are said to be another system', () => {
    const text = "services: { r: { image: 'docker.redpanda.com/redpandadata/redpanda:v24' } }";
    expect(() => describeText('c.yml', text)).toThrow('Redpanda is another system than Kafka');
  });
});

describe('topics that services create', () => {
  const withInit = (init: string): ClusterDescription =>
    describeText('c.yml', `${combinedCompose(3)}\n  init:\n    image: apache/kafka\n${init}`);
  const topicsOf = (cluster: ClusterDescription): string[] =>
    cluster.topics.slice(1).map(({ topic, replicationFactor, minInsyncReplicas }) => {
      return `${topic} ${replicationFactor.value}/${minInsyncReplicas.value}`;
    });

  it.each([
    ['command: kafka-topics.sh --create --topic a --replication-factor 3', ['a 3/1']],
    [
      'command: ["kafka-topics", "--create", "--topic=a", "--replication-factor=2", "--config", "min.insync.replicas=2"]',
      ['a 2/2'],
    ],
    [
      "command: sh -c 'kafka-topics --create --topic a --replication-factor 3; kafka-topics --create --topic b --replication-factor 1'",
      ['a 3/1', 'b 1/1'],
    ],
    [
      `command: sh -c 'for t in a b; do kafka-topics --create --topic $$t --replication-factor 3; done'`,
      ['a 3/1', 'b 3/1'],
    ],
    ['command: kafka-topics --list', []],
  ])('%s', (line, expected) => {
    expect(topicsOf(withInit(`    ${line}`))).toEqual(expected);
  });

  it('reads commands over several lines, and a topic once', () => {
    const cluster = withInit(`    entrypoint: ["/bin/sh", "-c"]
    command: |
      "
      kafka-topics.sh --bootstrap-server k:9092 \\
        --create --if-not-exists --topic orders \\
        --replication-factor 3 --config min.insync.replicas=2 --config retention.ms=1000
      kafka-topics.sh --create --if-not-exists --topic orders --replication-factor 1
      "`);
    expect(topicsOf(cluster)).toEqual(['orders 3/2']);
    expect(cluster.topics[1]?.replicationFactor.where).toBe('c.yml: services.init.command');
  });

  it('reads a mounted script that is run', () => {
    const text = `${combinedCompose(3)}
  init:
    image: apache/kafka
    volumes: ['./scripts:/scripts:ro']
    entrypoint: /bin/bash /scripts/topics.sh`;
    const script =
      '#!/bin/sh\nkafka-topics.sh --create --topic a --replica-assignment 1:2:3,2:3:1\n';
    const cluster = project({ 'd/c.yml': text }, { 'd/scripts/topics.sh': script });
    expect(topicsOf(cluster)).toEqual(['a 3/1']);
    expect(topicsOf(project({ 'd/c.yml': text }))).toEqual([]);
  });

  it('names what it cannot read', () => {
    expect(topicsOf(withInit('    command: kafka-topics --create --topic "a\\e[31m"'))).toEqual([]);
    const cluster = withInit(`    command: kafka-topics --create --topic $$NAME`);
    expect(cluster.warnings.join()).toContain(
      'a topic "$NAME" is created there, but not with values',
    );
  });

  it('reads what some images are given as a variable', () => {
    const text = `services:
  k: { image: wurstmeister/kafka, environment: { KAFKA_ZOOKEEPER_CONNECT: z, KAFKA_CREATE_TOPICS: "a:1:1,b:3:1:compact" } }`;
    expect(topicsOf(describeText('c.yml', text))).toEqual(['a 1/1', 'b 1/1']);
  });
});

describe('a server.properties that a service mounts', () => {
  const node = (id: number, more = '') =>
    `process.roles=broker,controller\nnode.id=${id}\ncontroller.quorum.voters=1@a:1,2@b:1,3@c:1
default.replication.factor=3\nmin.insync.replicas=2\n${more}`;
  const service = (id: number, image: string, more: string) =>
    `  kafka-${id}: { image: "${image}", ${more} }\n`;
  const three = (image: string, more: (id: number) => string) =>
    `services:\n${[1, 2, 3].map(id => service(id, image, more(id))).join('')}`;
  const files = (more = '') =>
    Object.fromEntries([1, 2, 3].map(id => [`d/conf/${id}.properties`, node(id, more)]));
  const mount = (target: string) => (id: number) =>
    `volumes: ["./conf/${id}.properties:${target}:ro"]`;

  it.each([
    ['apache/kafka:3.9.1', '/mnt/shared/config/server.properties'],
    ['bitnami/kafka:3.9', '/bitnami/kafka/config/server.properties'],
    ['wurstmeister/kafka', '/opt/kafka/config/server.properties'],
    ['me/kafka', '/etc/kafka/server.properties'],
  ])('is read from beside the compose file: %s', (image, target) => {
    const cluster = project({ 'd/c.yml': three(image, mount(target)) }, files());
    expect([cluster.brokers, first(cluster), cluster.unread]).toEqual([3, '3/2', []]);
    expect(cluster.topics[0]?.minInsyncReplicas.where).toContain('d/conf/1.properties: line 5');
    // The file is in the place of the one that the image starts from.
    expect(cluster.internalTopics[0]?.replicationFactor).toMatchObject({ value: 3 });
  });

  it('is the same where it is among the files, and no node besides', () => {
    const compose = three('apache/kafka:3.9.1', mount('/mnt/shared/config/server.properties'));
    const cluster = project({ ...files(), 'd/c.yml': compose });
    expect([cluster.brokers, cluster.nodes.length, first(cluster)]).toEqual([3, 3, '3/2']);
  });

  it.each([
    // Source: KafkaDockerWrapper appends the environment; libkafka.sh passes over it.
    [
      'apache/kafka:3.9.1',
      '/mnt/shared/config/server.properties',
      'KAFKA_MIN_INSYNC_REPLICAS',
      '3/1',
    ],
    [
      'bitnami/kafka:3.9',
      '/bitnami/kafka/config/server.properties',
      'KAFKA_CFG_MIN_INSYNC_REPLICAS',
      '3/2',
    ],
  ])('stands to the environment as the image has it: %s', (image, target, name, expected) => {
    const more = (id: number) => `${mount(target)(id)}, environment: [${name}=1]`;
    expect(first(project({ 'd/c.yml': three(image, more) }, files()))).toBe(expected);
  });

  it('alone counts where a command starts the broker with it', () => {
    const more = (id: number) =>
      `${mount('/cfg/node.properties')(id)}, environment: [KAFKA_MIN_INSYNC_REPLICAS=1], ` +
      'command: [sh, -c, "/opt/kafka/bin/kafka-server-start.sh /cfg/node.properties --override default.replication.factor=2"]';
    expect(first(project({ 'd/c.yml': three('apache/kafka:3.9.1', more) }, files()))).toBe('2/2');
  });

  it('has no effect where the image writes that file when it starts', () => {
    const base = combinedCompose(3, ['KAFKA_MIN_INSYNC_REPLICAS: 2']);
    const mounted = (image: string, target: string) =>
      base.replaceAll(
        '    environment',
        `    image: ${image}\n    volumes: ["./s.properties:${target}"]\n    environment`,
      );
    for (const [image, target] of [
      ['apache/kafka:3.9.1', '/opt/kafka/config/server.properties'],
      ['confluentinc/cp-kafka:7.6.0', '/etc/kafka/kafka.properties'],
    ] as const) {
      const cluster = project(
        { 'c.yml': mounted(image, target) },
        { 's.properties': 'min.insync.replicas=1' },
      );
      expect(cluster.topics[0]?.minInsyncReplicas.value).toBe(2);
      expect(cluster.warnings.join()).toContain('which this image does not read when it starts');
    }
  });

  it('is looked for in a folder, in configs, and in long form', () => {
    const target = '/mnt/shared/config';
    const folder = three(
      'apache/kafka:3.9.1',
      id => `volumes: [{ type: bind, source: ./k${id}, target: ${target} }]`,
    );
    const inFolders = Object.fromEntries(
      [1, 2, 3].map(id => [`k${id}/server.properties`, node(id)]),
    );
    expect(first(project({ 'c.yml': folder }, inFolders))).toBe('3/2');
    const configs = (id: number) =>
      `configs: [{ source: c${id}, target: ${target}/server.properties }]`;
    const content = [1, 2]
      .map(id => `  c${id}: { content: ${JSON.stringify(node(id))} }\n`)
      .join('');
    const text = `${three('apache/kafka:3.9.1', configs)}configs:\n${content}  c3: { file: ./three.properties }\n`;
    const cluster = project({ 'c.yml': text }, { 'three.properties': node(3) });
    expect([cluster.brokers, first(cluster)]).toEqual([3, '3/2']);
  });

  it('is named where it is not there, and nothing of it is claimed', () => {
    const target = '/mnt/shared/config/server.properties';
    const compose = three('apache/kafka:3.9.1', mount(target));
    expect(() => project({ 'd/c.yml': compose })).toThrow(
      '1.properties, which is not there; give that file',
    );
    const { 'd/conf/3.properties': _, ...two } = files();
    const cluster = project({ 'd/c.yml': compose }, two);
    expect(cluster.unread).toEqual(['./conf/3.properties']);
    expect(cluster.warnings.join()).toContain(
      'services.kafka-3: not counted: it is configured by ./conf/3.properties',
    );
    const more = (id: number) =>
      `${mount(target)(id)}, environment: [KAFKA_PROCESS_ROLES=broker, KAFKA_NODE_ID=${id}, KAFKA_CONTROLLER_QUORUM_VOTERS=7@q:1]`;
    const counted = project({ 'd/c.yml': three('apache/kafka:3.9.1', more) }, two);
    expect([counted.brokers, counted.unread]).toEqual([3, ['./conf/3.properties']]);
    expect(counted.warnings.join()).toContain('is not there, so it is not read');
  });

  it('of another program is passed over', () => {
    const app =
      '  app: { image: "me/app", volumes: ["./kafka.properties:/app/kafka.properties"] }\n';
    const log = three('apache/kafka:3.9.1', mount('/mnt/shared/config/server.properties'));
    const more = `${log}${app}  ui: { image: "x/kafka-ui", volumes: ["./log4j.properties:/etc/kafka/log4j.properties"] }\n`;
    expect(project({ 'd/c.yml': more }, files()).unread).toEqual([]);
  });
});

describe("a command that starts the broker with the distribution's own file", () => {
  const start = (image: string, file: string, more = '') => `
  kafka:
    image: ${image}
    command: [sh, -c, "bin/kafka-server-start.sh ${file} --override advertised.listeners=$$\{KAFKA_ADVERTISED_LISTENERS} ${more}"]
    environment:
      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://localhost:9092
      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181
      KAFKA_DEFAULT_REPLICATION_FACTOR: 3
`;
  const zooKeeper = `services:
  zookeeper:
    image: quay.io/strimzi/kafka:0.23.0-kafka-2.8.0
    command: [sh, -c, "bin/zookeeper-server-start.sh config/zookeeper.properties"]`;
  const factors = ({ topics, internalTopics }: ClusterDescription) =>
    [...topics, ...internalTopics].map(({ replicationFactor }) => replicationFactor.value);

  it('has what that sets, and of the environment what it names', () => {
    const more = `--override zookeeper.connect=$$\{KAFKA_ZOOKEEPER_CONNECT}`;
    const text =
      zooKeeper +
      start('quay.io/strimzi/kafka:0.23.0-kafka-2.8.0', 'config/server.properties', more);
    const cluster = describeText('c.yml', text);
    expect(cluster).toMatchObject({ mode: 'zookeeper', brokers: 1, controllers: 1 });
    expect(cluster.version.value).toBe('2.8.0');
    expect(factors(cluster)).toEqual([1, 1, 1]);
    expect(cluster.warnings.join()).not.toContain('not counted');
  });

  it('is a single node where nothing says who it is', () => {
    for (const [image, file] of [
      ['quay.io/strimzi/kafka:0.45.0-kafka-3.9.0', './config/kraft/server.properties'],
      ['apache/kafka:4.1.0', '/opt/kafka/config/server.properties'],
    ] as const) {
      const cluster = describeText('c.yml', `services:${start(image, file)}`);
      expect(cluster).toMatchObject({ mode: 'kraft', brokers: 1, controllers: 1 });
      expect(factors(cluster).every(factor => factor === 1)).toBe(true);
    }
  });

  it('is not taken for granted where the command writes properties', () => {
    const text = `services:${start('me/kafka', 'config/server.properties', '&& sed -i s/a/b/ x')}`;
    expect(describeText('c.yml', text).topics[0]?.replicationFactor.value).toBe(3);
  });
});

it('takes a template of Docker Swarm for an id that is not known', () => {
  const text = combinedCompose(1).replace('NODE_ID: 1', 'NODE_ID: "{{.Task.Slot}}"');
  expect(describeText('c.yml', text).nodes[0]?.id).toBeUndefined();
});

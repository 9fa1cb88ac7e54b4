import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckRequest } from '../../application/check/checkRequest.ts';
import { clusterSubjects } from '../../application/check/plannedSubject.ts';
import { checkVerdict } from '../../application/check/verdict.ts';
import { builtInModels as models } from '../../catalogue/models.ts';
import { arithmeticSentences } from '../../cli/check/arithmeticText.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { combinedCompose, combinedService, describeText } from '../models/kafkaConfig/helpers.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const folder = temporaryFolder();
const quick = ['--runs', '2', '--jobs', '1', '--quiet'];

const node = (role: string, more: readonly string[]): string =>
  [
    `process.roles=${role}`,
    'node.id=1',
    'controller.quorum.voters=1@a:1,2@b:1,3@c:1',
    ...more,
  ].join('\n');

describe('check of a cluster', () => {
  it('ends with 4 where every topic cannot be created, and explores none', async () => {
    const file = fileIn(
      folder,
      'rf5.properties',
      node('broker,controller', [
        'default.replication.factor=5',
        'offsets.topic.replication.factor=5',
        'transaction.state.log.replication.factor=5',
      ]),
    );
    const { code, stdout } = await run(['check', file, ...quick]);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^auto-created topics! +5 /m);
    expect(text).toContain('There is no consumer group and no transaction.');
    expect(text).toContain(
      'VERDICT: vacuous. Nothing broke, but what cannot be used was not explored:',
    );
    const { stdout: more } = await run([
      'check',
      file,
      ...quick,
      '--json',
      '--brokers',
      '5',
      '--budget',
      '1ms',
    ]);
    expect(at(JSON.parse(more), 'cluster', 'topics', 0, 'unusable')).toBeNull();
  });

  it('ends with 4 where nothing breaks, and a partition of the running cluster is down', async () => {
    const line =
      'Topic: t\tTopicId: a-b\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: flush.messages=1';
    const partition = '\tTopic: t\tPartition: 0\tLeader: none\tReplicas: 1\tIsr: 1';
    const file = fileIn(folder, 'topics.txt', `${line}\n${partition}\n`);
    const said = ['--kafka-version', '4.0'];
    const { code, stdout } = await run(['check', file, '--full', ...said, ...quick]);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(stdout).toMatch(/^larger scope .* --kafka-version 4\.0 --bound records=3$/m);
    expect(code).toBe(4);
    expect(text).toContain(
      't-0 is offline: no leader, so neither writes nor reads. Broker 1, its ISR',
    );
    expect(text).toContain('VERDICT: impaired.');
    expect(text).toContain('these take no acks=all writes as they stand: t-0');
    const { stdout: json } = await run(['check', file, ...quick, '--json', '--budget', '1ms']);
    expect(at(JSON.parse(json), 'cluster', 'partitions', 0)).toMatchObject({
      leader: null,
      standing: 'offline',
    });
  });

  it('ends with 4 where nothing breaks, and a mounted file with settings is not there', async () => {
    const single = combinedCompose(1, [
      'KAFKA_LOG_FLUSH_INTERVAL_MESSAGES: 1',
      'KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1',
      'KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 1',
    ]);
    const mounted = single.replace(
      '    environment',
      '    image: me/kafka\n    volumes: ["./none.properties:/opt/kafka/config/server.properties"]\n    environment',
    );
    const { code, stdout } = await run(['check', fileIn(folder, 'mounted.yml', mounted), ...quick]);
    expect(code).toBe(4);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'that is not all of the cluster as it stands: what is in ./none.properties is not known; see above.',
    );
  });

  it('says what the settings of a client cost, also without its cluster', async () => {
    const file = fileIn(folder, 'producer.properties', 'bootstrap.servers=a:1\nacks=1\n');
    const { code, stdout } = await run(['check', file, ...quick]);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(code).toBe(1);
    expect(text).toContain('Only clients are described: of the cluster nothing is known.');
    expect(text).toContain('producer.properties, a producer: acks=1');
    expect(text).toContain('VERDICT: violated. With these settings records are lost');
    const { stdout: json } = await run(['check', file, ...quick, '--json']);
    expect(at(JSON.parse(json), 'cluster', 'clients', 0, 'acks')).toMatchObject({ value: '1' });
  });

  it('answers for controllers alone, and ends with 0', async () => {
    const file = fileIn(folder, 'controller.properties', node('controller', []));
    const { code, stdout } = await run(['check', file, ...quick]);
    expect(code).toBe(0);
    expect(stdout).toContain('3 controllers survive 1 failure, whichever.');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('so of records nothing is claimed');
  });

  it('reads what is beside a compose file, and says what it is told about the version', async () => {
    const base = 'services: { node: { environment: { KAFKA_DEFAULT_REPLICATION_FACTOR: 9 } } }';
    mkdirSync(join(folder, 'base'));
    writeFileSync(join(folder, 'base', 'b.yml'), base);
    const text = combinedCompose(1).replace(
      '    environment',
      '    extends: { file: base/b.yml, service: node }\n    environment',
    );
    const file = fileIn(folder, 'extends.yml', text);
    const { code, stdout } = await run([
      'check',
      file,
      ...quick,
      '--json',
      '--kafka-version',
      '3.9',
    ]);
    expect(code).toBe(4);
    expect(at(JSON.parse(stdout), 'cluster', 'topics', 0, 'replicationFactor', 'value')).toBe(9);
    expect(at(JSON.parse(stdout), 'cluster', 'version', 'value')).toBe('3.9');
  });

  it('has no such options without files', async () => {
    for (const option of [
      ['--brokers', '3'],
      ['--kafka-version', '4.0'],
    ]) {
      expect((await run(['check', ...option])).code).toBe(2);
    }
  });
});

describe('the verdict of a cluster', () => {
  const nothing = { corpus: [], scopes: [], properties: [], mustExerciseAll: false };

  it('does not hold while a topic cannot be used, whatever else holds', () => {
    const holding = { name: 'a', kind: 'invariant', verdict: 'holds', antecedent: 1 } as const;
    const properties = [holding];
    expect(checkVerdict({ ...nothing, properties })).toBe('holds');
    expect(checkVerdict({ ...nothing, properties, unusable: ['orders'] })).toBe('impaired');
    expect(checkVerdict({ ...nothing, unusable: ['orders'] })).toBe('vacuous');
    const broken = [{ ...holding, verdict: 'violated' as const }];
    expect(checkVerdict({ ...nothing, properties: broken, unusable: ['orders'] })).toBe('violated');
  });

  it('holds of nothing but a quorum that was played', () => {
    expect(checkVerdict({ ...nothing, isAnswered: true })).toBe('holds');
    expect(checkVerdict(nothing)).toBe('vacuous');
  });
});

describe('the scopes of a cluster', () => {
  const cluster = describeText(
    'c.yml',
    combinedCompose(2, [
      'KAFKA_DEFAULT_REPLICATION_FACTOR: 2',
      'KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 2',
      'KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 2',
      'KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 1',
    ]),
  );
  const request: CheckRequest = {
    ...{ seed: 1, runs: 1, maxSteps: 10, symmetry: true, limits: {}, jobs: 1 },
  };
  const named = (bounds: CheckRequest['bounds'], properties?: readonly string[]): string[] => {
    const [subject] = clusterSubjects(cluster, { ...request, bounds, properties }, models);
    return subject?.scopes.map(({ plan }) => plan.name) ?? [];
  };
  const usual = ['process crashes', 'one power loss', 'network partition', 'last replica standing'];

  it('have their names where no fault is changed', () => {
    const rest = ['random, no power loss', 'in the end'];
    expect(named(undefined)).toEqual([...usual, ...rest]);
    expect(named({ records: 1 })).toEqual([...usual, ...rest]);
  });

  it('are named by their bounds where one is, and each is explored once', () => {
    expect(named({ powerLosses: 2 })).toEqual([
      '1 process crash, 2 power losses',
      '2 power losses',
      '2 power losses, 1 network partition',
      '2 power losses, 1 lagging follower',
      'random, 2 power losses',
      'in the end, 2 power losses',
    ]);
    expect(named({ crashes: 0, powerLosses: 0, partitions: 0, isrShrinks: 0 }).slice(0, 2)).toEqual(
      ['no faults', 'no faults'],
    );
  });

  it('that show a loss ask of survival alone, unless something else is asked', () => {
    const shown = (properties?: readonly string[]) =>
      clusterSubjects(cluster, { ...request, properties }, models)[0]
        ?.scopes.find(({ plan }) => plan.name === 'last replica standing')
        ?.asked.map(({ name }) => name);
    expect(shown()).toEqual(['acknowledged-records-survive', 'exposed-records-survive']);
    expect(shown(['leader-in-isr'])).toEqual(['leader-in-isr']);
  });
});

describe('what is counted', () => {
  const sentences = (described: ClusterDescription): string =>
    arithmeticSentences(described).join('\n');

  it('names the share of clients that lose their coordinator with a single copy', () => {
    const single = combinedCompose(4, ['KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1']);
    expect(sentences(describeText('c.yml', single))).toContain(
      '__consumer_offsets has one copy: with one of the 4 brokers down, a quarter of the consumer ' +
        'groups have no coordinator until it is back.',
    );
  });

  it('does not count on reads that need a quorum which is gone', () => {
    const lasting = ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3', 'KAFKA_MIN_INSYNC_REPLICAS: 1'];
    const text = sentences(describeText('c.yml', combinedCompose(3, lasting)));
    expect(text).toContain(
      'acks=all writes go on with 1 broker failed, and hang with 2 brokers, reads with 2 brokers ' +
        'where the survivor led already. With more than 1 failed the quorum is gone',
    );
  });

  it('says what a data centre takes, and what a lower minimum would risk', () => {
    const services = ['east', 'east', 'west', 'west'].map((rack, index) =>
      combinedService(index + 1, 4, [
        `KAFKA_BROKER_RACK: ${rack}`,
        'KAFKA_DEFAULT_REPLICATION_FACTOR: 4',
        'KAFKA_MIN_INSYNC_REPLICAS: 3',
      ]),
    );
    const text = sentences(describeText('c.yml', `services:\n${services.join('\n')}`));
    expect(text).toContain('If any of the racks east, west fails, it takes 2 brokers and 2 voters');
    expect(text).toContain('2 of 4 voters are left, 3 are needed, so the metadata plane stops');
    expect(text).toContain('A lower min.insync.replicas (2 instead of 3');
    expect(text).toContain('would not bring writes back, for without a quorum');
    expect(text).toContain('might then be in one rack alone and be lost with it');
  });
});

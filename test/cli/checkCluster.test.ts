import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../long.ts';
import { EXAMPLES } from '../models/kafkaConfig/helpers.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, type CliRun, run } from './runInProcess.ts';

const folder = temporaryFolder();
const quick = ['--runs', '5', '--jobs', '1', '--no-advice'];
const survival = ['--property', 'acknowledged-records-survive'];
const oneRecord = ['--bound', 'records=1', '--bound', 'partitions=0'];

function example(name: (typeof EXAMPLES)[number]): string {
  return fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
}

/** The explorations of a document that are of a topic. */
function explorationsOf(document: unknown, topic: string): unknown[] {
  const all: unknown[] = Object.values(Object(at(document, 'explorations')));
  return all.filter(one => Object.values(Object(at(one, 'topics'))).includes(topic));
}

describe('check of a compose file with single copies', () => {
  const file = example('apache-kafka-cluster-combined.docker-compose.yml');
  const json = join(folder, 'combined.json');
  let ran: CliRun = { code: -1, stdout: '', stderr: '' };
  beforeAll(async () => {
    ran = await run(['check', file, ...quick, '--full', '--reporter', `json=${json}`]);
  });

  it('reports the cluster and how a power loss takes acknowledged records', () => {
    const document: unknown = JSON.parse(readFileSync(json, 'utf8'));
    expect(ran.code).toBe(1);
    expect(document).toMatchObject({
      command: 'check',
      verdict: 'violated',
      exitCode: 1,
      corpus: [],
      cluster: {
        brokers: 3,
        controllers: 3,
        placement: 'combined',
        version: { value: null },
        topics: [{ topic: 'auto-created topics', replicationFactor: { value: 1 } }],
        arithmetic: { metadata: { members: 3, majority: 2, survives: 1 } },
        quorum: { voters: 3, majority: 2, survives: { played: 1, counted: 1 } },
      },
    });
    expect(at(document, 'cluster', 'quorum', 'outages')).toContainEqual(
      expect.objectContaining({ down: 1, leaderDown: true, commits: true, states: null }),
    );
    expect(at(document, 'cluster', 'quorum', 'outages')).toContainEqual(
      expect.objectContaining({ down: 2, leaderDown: true, commits: false, elects: false }),
    );
    const violations = explorationsOf(document, 'auto-created topics')
      .filter(one => at(one, 'scope') === 'one power loss')
      .flatMap(one => Object.values(Object(at(one, 'violations'))));
    expect(violations).toContainEqual(
      expect.objectContaining({
        property: 'acknowledged-records-survive',
        shortest: true,
        causes: [],
        trace: expect.objectContaining({ format: 'highwater-trace' }),
      }),
    );
  });

  it('tells what was understood, what was assumed, and the story', () => {
    const { stdout } = ran;
    expect(stdout).toContain('3 brokers and 3 controllers, combined: every node is both');
    expect(stdout).toMatch(/^auto-created topics +1\* +1\* +off\* +off\*$/m);
    expect(stdout).toContain('Metadata: 3 voters, of which 2 must be alive');
    expect(stdout).toContain('it takes a vote and its replicas at');
    expect(stdout).toContain('3 combined controllers survive 1 failure, whichever.');
    expect(stdout).toContain('With 2 or more down, no leader can be elected');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('writes stop first, with the 1st failed node');
    expect(stdout).toMatch(/^acknowledged records survive +holds +violated +holds +nothing/m);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /no scope put to the test: .*logs agree below high watermark/,
    );
    expect(stdout).toContain('losePower(kept=0)');
    expect(stdout).toContain('VERDICT: violated');
  });
});

describe('check of controllers whose voters can change', () => {
  const servers = 'controller.quorum.bootstrap.servers=c1:9093,c2:9093,c3:9093';
  const file = fileIn(folder, 'c.properties', `process.roles=controller\nnode.id=1\n${servers}\n`);
  const argv = ['check', file, '--kafka-version', '4.1.0', ...quick];

  it('tells what its release is known to do wrong', async () => {
    const { code, stdout } = await run(argv);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'Known mistakes of its metadata quorum - Kafka 4.1.0 still has stands-again',
    );
    expect(code).toBe(0);
  });

  it('shows it where that is asked for, with the cause beside the story', async () => {
    const asked = ['--long', '--property', 'one-leader-per-epoch', '--bound', 'epochs=1'];
    const { code, stdout } = await run([...argv, ...asked, '--json']);
    const document: unknown = JSON.parse(stdout);
    const mistake = {
      model: 'kraft',
      name: 'stands-again-after-following',
      kafka: '4.1.0',
      source: expect.stringContaining('QuorumState.initialize'),
      goneSince: null,
      property: 'one-leader-per-epoch',
    };
    expect(document).toMatchObject({
      cluster: { dynamicVoters: true, knownMistakes: [mistake, {}] },
      explorations: [
        { model: 'kraft', violations: [{ steps: 15, causes: [mistake] }] },
        { violations: [] },
      ],
    });
    expect(code).toBe(1);
  });
});

describe('check of Strimzi files', () => {
  // The whole of it takes seconds; what holds with three copies is asked of releases beside it.
  it.runIf(isLong)(
    'holds with three copies and a minimum of two, and says what was explored',
    async () => {
      const argv = ['check', example('strimzi-kafka-persistent.yaml'), ...oneRecord];
      const { code, stdout } = await run([...argv, ...quick]);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain('3 replicas, min.insync.replicas 2');
      expect(stdout).toMatch(/process crashes: explored completely: [\d,]+ distinct states/);
      expect(stdout).toMatch(/one power loss: explored completely/);
      expect(stdout).toContain('KRaft, Kafka 4.3.1');
      // Of what only random runs put to the test nothing more is said.
      expect(stdout).toContain('VERDICT: nothing found');
      expect(code).toBe(0);
    },
  );

  it('checks both ways in which a cluster and one topic keep records', async () => {
    const files = ['strimzi-kafka-persistent.yaml', 'strimzi-kafka-topic.yaml'] as const;
    const argv = ['check', ...files.map(example), '--json', ...oneRecord, ...quick];
    const { code, stdout } = await run([...argv, ...survival]);
    const document: unknown = JSON.parse(stdout);
    expect(explorationsOf(document, 'auto-created topics')[0]).toMatchObject({
      config: { brokers: 3, minInsyncReplicas: 2 },
      verdict: 'holds',
    });
    expect(explorationsOf(document, 'my-topic')[0]).toMatchObject({ config: { brokers: 1 } });
    expect(at(document, 'verdict')).toBe('violated');
    expect(code).toBe(1);
  });
});

// They are described in the tests of the formats on every change.
describe.runIf(isLong)('check of every example', () => {
  // The limit is looked at after more states than single copies have; the rest need not be covered.
  const limits = ['--time-limit', '1ms', '--runs', '5', '--jobs', '1'];
  const hasty = [...limits, ...survival];
  const examples = EXAMPLES.filter(name => name !== 'strimzi-kafka-persistent.yaml');

  it.each(examples)('finds what can be lost in %s', async name => {
    const { code, stdout } = await run(['check', example(name), '--json', ...hasty]);
    expect(at(JSON.parse(stdout), 'verdict')).toBe('violated');
    expect(code).toBe(1);
  });
});

describe('check of a single replica that is always flushed', () => {
  it('holds: what one replica cannot show is no failure', async () => {
    const text = 'zookeeper.connect=z:2181\nbroker.id=1\nlog.flush.interval.messages=1\n';
    const single = [
      'offsets.topic.replication.factor=1',
      'transaction.state.log.replication.factor=1',
    ];
    const file = fileIn(folder, 'flushed.properties', text + single.join('\n'));
    const { code, stdout } = await run(['check', file, '--full', ...quick]);
    expect(stdout).toContain('Every record is flushed when it is written');
    expect(stdout).toContain('works through ZooKeeper');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /Scenes that were played: .*checkpointed high watermark recovered.*Not played/,
    );
    expect(code).toBe(0);
  });
});

describe('check of files that cannot be read', () => {
  it.each([
    ['a missing file', join(folder, 'missing.yml'), 'there is no such file'],
    ['a folder', folder, 'it is a folder'],
    ['an empty file', fileIn(folder, 'empty.yml', ''), 'found an empty file'],
    ['a file that is too long', fileIn(folder, 'long.yml', 'a'.repeat(2 ** 21)), '256 KiB'],
    ['a device without end', '/dev/zero', '256 KiB'],
    ['broken YAML', fileIn(folder, 'broken.yml', 'services: ['), 'expected valid YAML'],
    ['a file about something else', fileIn(folder, 'other.yml', 'services: {}'), 'Kafka'],
  ])('names %s in one line and ends with 2', async (_, path, message) => {
    const { code, stdout, stderr } = await run(['check', path]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(path);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

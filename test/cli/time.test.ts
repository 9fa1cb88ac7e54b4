import { describe, expect, it } from 'vitest';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { histogram } from '../../cli/time/histogram.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const crash = ['time', 'kraft', '--fault', 'leader-crash', '--quiet'];

describe('time', () => {
  it('lists faults and timers where none is named', async () => {
    const { code, stdout } = await run(['time', 'cluster']);
    expect(code).toBe(0);
    expect(stdout).toContain('  leading-controller-crash');
    expect(stdout).toMatch(/^ {2}sessionTimeout=9000 +broker\.session\.timeout\.ms/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('measures, beside its formula, and tells the slowest run', async () => {
    const { code, stdout } = await run([...crash, '--runs', '40', '--story', 'slowest']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^active +40 +1,\d{3} +\d,\d{3} ±\d+/m);
    expect(stdout).toContain('noticed by formula: fetch timeout - U(0, idle interval): min 1,500');
    expect(stdout).toMatch(/Run \d+, from the fault on/);
    expect(stdout).toMatch(/^ {6}0\.0 {2}node-\d crashes/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('measures by several timers, of the same draws, with a table for each thing that is awaited', async () => {
    const sweep = ['--sweep', 'fetchTimeout=1000,2000', '--runs', '8'];
    const { code, stdout } = await run([...crash, ...sweep]);
    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', ' ')).toContain('8 timed runs of each choice with seed 1');
    expect(stdout).not.toMatch(/fetchTimeout 2000/);
    expect(stdout.match(/^ +2000 +100\.0 +\d,\d{3} ±\d+/gm)).toHaveLength(3);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const json: unknown = JSON.parse((await run([...crash, ...sweep, '--json'])).stdout);
    expect(at(json, 'swept')).toEqual([{ name: 'fetchTimeout', values: ['1000', '2000'] }]);
    const [one, two] = [0, 1].map(point => at(json, 'points', point, 'measured', 0, 'lengths', 0));
    expect(Number(two) - Number(one)).toBeCloseTo(1000);
  });

  it('gives every length as JSON, the same for the same seed, and other ones by other timers', async () => {
    const json = async (...more: readonly string[]): Promise<unknown> =>
      JSON.parse((await run([...crash, '--runs', '6', '--json', ...more])).stdout);
    const first = await json();
    expect(await json()).toEqual(first);
    expect(at(first, 'measured', 0, 'lengths')).toHaveLength(6);
    expect(at(first, 'timers', 'latency')).toBe('~1');
    const slower = await json('--timer', 'fetchTimeout=4000', '--timer', 'latency=1..3');
    expect(at(slower, 'timers')).toMatchObject({ fetchTimeout: '4000', latency: '1..3' });
    expect(at(slower, 'measured', 0, 'summary', 'min')).toBeGreaterThanOrEqual(3500);
    const part = await json('--first', '4', '--runs', '2');
    expect(at(part, 'measured', 0, 'lengths')).toEqual(
      (at(first, 'measured', 0, 'lengths') as readonly number[]).slice(4),
    );
  });

  it.each([
    [
      ['time', 'replication'],
      'model "replication" has no timers: of these it is known (kraft, cluster, zookeeper)',
    ],
    [['time', 'kraft', '--fault', 'fire'], 'unknown fault "fire"'],
    [[...crash, '--timer', 'fetchTimout=1'], 'unknown timer "fetchTimout"'],
    [
      [...crash, '--timer', 'fetchTimeout=1..2'],
      '--timer fetchTimeout: expected milliseconds, such as 2000, found "1..2"',
    ],
    [
      [...crash, '--timer', 'latency=fast'],
      '--timer latency: expected milliseconds, such as 2, 1..5 or ~3, found "fast"',
    ],
    [[...crash, '--sweep', 'fetchTimeout=1000,x'], '--sweep fetchTimeout: expected milliseconds'],
    [
      [...crash, '--sweep', 'fetchTimeout=1,2', '--story', 'slowest'],
      '--story tells a run of one choice of timers',
    ],
    [[...crash, '--set', 'voters=2'], 'voters: expected 3 or more'],
    [
      [...crash, '--runs', '3', '--story', '3'],
      '--story: expected "slowest" or a number from 0 to 2',
    ],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('takes release, placement and timers of a cluster from its files', async () => {
    const folder = temporaryFolder();
    const node = (id: number): string => `
  kafka-${id}:
    image: apache/kafka:3.9.0
    environment:
      KAFKA_NODE_ID: ${id}
      KAFKA_PROCESS_ROLES: broker,controller
      KAFKA_CONTROLLER_QUORUM_VOTERS: 1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093
      KAFKA_DEFAULT_REPLICATION_FACTOR: 3
      KAFKA_BROKER_SESSION_TIMEOUT_MS: 6000`;
    const file = fileIn(folder, 'compose.yml', `services:${[1, 2, 3].map(node).join('')}\n`);
    const fault = ['--fault', 'leading-controller-crash', '--runs', '4', '--quiet', '--json'];
    const json: unknown = JSON.parse((await run(['time', 'cluster', file, ...fault])).stdout);
    expect(at(json, 'config')).toMatchObject({ mode: 'combined', kafka: '3.9.0', brokers: 3 });
    expect(at(json, 'timers')).toMatchObject({ sessionTimeout: '6000', heartbeatInterval: '2000' });
    const said = await run(['time', 'kraft', file, ...fault]);
    expect([said.code, said.stderr]).toEqual([
      2,
      expect.stringContaining('time cluster <files...>'),
    ]);
    const alone = fileIn(
      folder,
      'one.yml',
      `services:${node(1).replaceAll('2@kafka-2:9093,3@kafka-3:9093', '').replace(':9093,\n', ':9093\n')}\n`,
    );
    const refused = await run(['time', 'cluster', alone, ...fault]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('without one of its 1 controllers nothing is decided'),
    ]);
  });

  it('plays a cluster with ZooKeeper by the model of that, with the session of its release', async () => {
    const folder = temporaryFolder();
    const node = (id: number): string => `
  kafka-${id}:
    image: confluentinc/cp-kafka:5.4.0
    environment:
      KAFKA_BROKER_ID: ${id}
      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181
      KAFKA_DEFAULT_REPLICATION_FACTOR: 3`;
    const file = fileIn(folder, 'compose.yml', `services:${[1, 2, 3].map(node).join('')}\n`);
    const fault = ['--fault', 'leader-crash', '--runs', '4', '--quiet', '--json'];
    const json: unknown = JSON.parse((await run(['time', 'zookeeper', file, ...fault])).stdout);
    expect(at(json, 'config')).toMatchObject({ kafka: '2.4', brokers: 3 });
    expect(at(json, 'timers', 'sessionTimeout')).toBe('6000');
    const other = await run(['time', 'cluster', file, ...fault]);
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining('these files are of another model: time zookeeper <files...>'),
    ]);
  });

  it('prints what it has when it is interrupted', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const { code, stdout } = await run([...crash, '--runs', '1000'], { interrupt });
    expect(code).toBe(130);
    expect(stdout).toMatch(/64 timed runs with seed 1/);
  });
});

describe('a histogram', () => {
  it('has a bar for each interval, also where nothing is', () => {
    const empty = [1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900];
    expect(histogram([1000, 1000, 1010, 2050, 2050, 2050], 34)).toEqual([
      '    1000  ██████████ 3',
      ...empty.map(from => `    ${from}   0`),
      '    2000  ██████████ 3',
    ]);
  });

  it('is one bar where all are alike', () => {
    expect(histogram([7, 7], 40)).toEqual([`       7  ${'█'.repeat(16)} 2`]);
  });
});

import { describe, expect, it } from 'vitest';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

describe('check --client', () => {
  it('prints what becomes of records, thing by thing, and is violated where they are lost', async () => {
    const { code, stdout } = await run(['check', '--client', 'acks=1', '--kafka-version', '4.1']);
    expect(stdout).toContain('producer, Kafka 4.1: acks=1, 5 requests in flight (--client acks=1)');
    expect(stdout).toMatch(/^when +lost +duplicated +reordered$/m);
    expect(stdout).toMatch(/^nothing fails +- +- +-$/m);
    expect(stdout).toMatch(/^a clean failover +in 5 steps +- +in 11 steps$/m);
    expect(stdout).toContain('VERDICT: violated. With these settings records are lost');
    for (const line of stdout.split('\n')) {
      if (!line.includes('npm run')) expect(line.length).toBeLessThanOrEqual(80);
    }
    expect(code).toBe(1);
  });

  it('holds where none is lost, and has the stories in its document', async () => {
    const consumer = 'commit=after,enable.auto.commit=false,auto.offset.reset=earliest';
    const argv = ['check', '--client', 'acks=all', '--client', consumer, '--json'];
    const { code, stdout } = await run(argv);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({ verdict: 'holds', exitCode: 0, explorations: [] });
    expect(at(document, 'clients', 0, 'settings')).toMatchObject({
      acks: 'all',
      idempotence: true,
    });
    expect(at(document, 'clients', 1, 'assumed')).toEqual([]);
    expect(at(document, 'clients', 1, 'faults', 1)).toMatchObject({
      fault: 'crash',
      answers: [
        { property: 'no-record-is-passed-over', answer: 'no', steps: null, trace: null },
        {
          property: 'no-record-is-processed-twice',
          answer: 'yes',
          trace: { kind: 'counterexample' },
        },
      ],
    });
    expect(code).toBe(0);
  });

  it('is told beside a cluster, whose verdict it is not', async () => {
    const text = 'zookeeper.connect=z:2181\nbroker.id=1\nlog.flush.interval.messages=1\n';
    const single =
      'offsets.topic.replication.factor=1\ntransaction.state.log.replication.factor=1\n';
    const file = fileIn(temporaryFolder(), 'one.properties', text + single);
    const argv = ['check', file, '--client', 'acks=all', '--runs', '5', '--jobs', '1'];
    const { stdout } = await run([...argv, '--property', 'one-leader-per-epoch']);
    expect(stdout).toContain('What its clients risk');
    expect(stdout).toMatch(/VERDICT: (holds|nothing found)/);
  });

  it.each([
    ['acks', 'expected name=value, as acks=1, found "acks"'],
    ['linger.ms=5', 'expected one of acks, retries, '],
    ['acks=1,commit=after', 'expected settings of a producer or of a consumer, found both'],
    ['acks=2', 'expected all, -1, 0 or 1, found "2"'],
    ['commit=late', 'expected before, after, async, handedOver, found "late"'],
  ])('refuses %j in one line', async (settings, message) => {
    const { code, stdout, stderr } = await run(['check', '--client', settings]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

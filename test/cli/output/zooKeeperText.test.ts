import { expect, test } from 'vitest';
import { fileIn, temporaryFolder } from '../folder.ts';
import { run } from '../runInProcess.ts';

const folder = temporaryFolder();

function brokersOf(lines: readonly string[]): string[] {
  return [1, 2].map(id =>
    fileIn(
      folder,
      `broker-${id}.properties`,
      [`broker.id=${id}`, 'zookeeper.connect=zk-1:2181,zk-2:2181,zk-3:2181', ...lines].join('\n'),
    ),
  );
}

const twice = [
  'default.replication.factor=2',
  'offsets.topic.replication.factor=2',
  'transaction.state.log.replication.factor=2',
  'min.insync.replicas=2',
  'transaction.state.log.min.isr=2',
];

test('with ZooKeeper a power loss costs what was acknowledged by every replica, and it is said why', async () => {
  const { code, stdout } = await run([
    ...['check', ...brokersOf(twice), '--kafka-version', '3.8', '-q', '--no-advice'],
  ]);
  expect(code).toBe(1);
  const [row = ''] = stdout.match(/^.* 2 +2 .*$/m) ?? [];
  expect(row).toMatch(/LOST/);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'With ZooKeeper a leader that loses power leads on without what it lost',
  );
});

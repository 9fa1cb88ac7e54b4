import { expect, test } from 'vitest';
import { readSources } from './sourceFiles.ts';

/* What a power loss takes is not for the protocol to say: see models/replication/disk.ts. */
const disk = 'models/replication/disk.ts';
const models = [...readSources(['models'])].filter(
  ([path]) => path.startsWith('models/replication/') || path.startsWith('models/cluster/'),
);

test('what of a log is on disk is read and written in one place', () => {
  const inReplication = models.filter(([path]) => path.startsWith('models/replication/'));
  const others = inReplication.filter(([, text]) => text.includes('flushedOffset'));
  // The schema names the field.
  expect(others.map(([path]) => path)).toEqual([disk, 'models/replication/schema.ts']);
});

test('a log is flushed by a clean stop alone, and cut with the log', () => {
  const users = (name: string): string[] =>
    models.flatMap(([path, text]) =>
      path !== disk && text.includes(`${name}(`) ? [path.replace('models/', '')] : [],
    );
  expect(users('flushLog')).toEqual(['replication/brokerEffects.ts']);
  expect(users('cutDisk')).toEqual(['replication/log.ts']);
  expect(users('startDiskAt')).toEqual(['replication/log.ts']);
  const written = models.filter(([, text]) => /\bflushedOffset = /.test(text));
  expect(written.map(([path]) => path)).toEqual([disk]);
});

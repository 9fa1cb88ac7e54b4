import { expect, test } from 'vitest';
import { readSources } from './sourceFiles.ts';

/* What a power loss takes is not for the protocol to say: see disk.ts of both models. */
const sources = [...readSources(['models'])].filter(([path]) =>
  /^models\/(replication|kraft|cluster)\//.test(path),
);
const disks = ['models/replication/disk.ts', 'models/kraft/disk.ts'] as const;

test.each(disks)('what of a log is on disk is read and written in %s alone', disk => {
  const folder = disk.replace('disk.ts', '');
  const others = sources.filter(
    ([path, text]) => path.startsWith(folder) && text.includes('flushedOffset'),
  );
  // The schema names the field.
  expect(others.map(([path]) => path)).toEqual([disk, `${folder}schema.ts`]);
});

test('nothing else writes what is on disk', () => {
  const written = sources.filter(([, text]) => /\bflushedOffset = |\.flushed = /.test(text));
  expect(written.map(([path]) => path).sort()).toEqual([...disks].sort());
});

/** The files of a model that call a function of its disk. */
function users(disk: string, name: string): string[] {
  const folder = disk.replace('disk.ts', '');
  return sources.flatMap(([path, text]) =>
    path !== disk && path.startsWith(folder) && text.includes(`${name}(`)
      ? [path.replace(folder, '')]
      : [],
  );
}

test('the log of a replica is flushed by a clean stop alone, and cut with the log', () => {
  const [disk] = disks;
  expect(users(disk, 'flushLog')).toEqual(['brokerEffects.ts']);
  expect(users(disk, 'cutDisk')).toEqual(['log.ts']);
  expect(users(disk, 'startDiskAt')).toEqual(['log.ts']);
});

test('the metadata log is flushed with all of it, and by what a crash has left', () => {
  const [, disk] = disks;
  expect(users(disk, 'writeLog')).toEqual(['faults/crash.ts', 'log.ts']);
  expect(users(disk, 'cutDisk')).toEqual(['log.ts']);
  expect(users(disk, 'cleanDisk')).toEqual(['snapshot.ts']);
  expect(users(disk, 'startDiskAt')).toEqual(['faults/diskLoss.ts', 'snapshot.ts']);
});

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Control, StopReason } from '../../checker/core/control.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { CheckpointFolder } from '../../parallel/checkpointFolder.ts';
import { exploreInParallel, type ParallelOptions } from '../../parallel/exploreInParallel.ts';
import type { Digests } from '../../parallel/modelDigests.ts';
import type { SpecificationModule } from '../../parallel/specificationModule.ts';
import { StorageError } from '../../parallel/storageError.ts';
import { temporaryFolder } from '../cli/folder.ts';
import { isLong } from '../long.ts';
import { commit, moduleFor, tangle } from './specifications.ts';

const folder = temporaryFolder();
/** Levels of several pieces of work: this one is also stopped in the middle of a level. */
const wide = moduleFor(commit, 5);
/** As quick as can be. */
const small = moduleFor(commit, 3);
const violated = moduleFor(tangle);
const run = { model: 'tangle', bounds: { places: 5000 } };
const sources = { 'action follow': '1', 'model.ts': '2' };
let folders = 0;

function newFolder(): string {
  folders++;
  return join(folder, String(folders));
}

/** Stops a search when it is asked for the nth time. */
function stopAt(times: number, reason: StopReason = 'interrupted'): Control {
  let asked = 0;
  return {
    poll: async () => {
      asked++;
      return asked < times ? undefined : reason;
    },
  };
}

function explore(
  options: Partial<ParallelOptions>,
  module: SpecificationModule = small,
): Promise<ExplorationResult> {
  return exploreInParallel(module, { workers: 1, keepGoing: true, pollEvery: 1, ...options });
}

/** A folder with a checkpoint of a search that was stopped. */
async function kept({ every = 1e9, times = 5, module = small } = {}): Promise<string> {
  const path = newFolder();
  const checkpoint = CheckpointFolder.create({ folder: path, every, run, sources });
  const { stopped } = await explore({ checkpoint, control: stopAt(times) }, module);
  expect(stopped).toBe('interrupted');
  return path;
}

let inALevel: Promise<string> | undefined;

/** A copy of one that was stopped in the middle of a level, so that each of its files holds something. */
async function keptInALevel(): Promise<string> {
  inALevel ??= kept({ times: 8, module: wide });
  const path = newFolder();
  cpSync(await inALevel, path, { recursive: true });
  return path;
}

function resume(path: string, as = run, of: Digests = sources): CheckpointFolder {
  return CheckpointFolder.resume({ folder: path, every: 1e9, run: as, sources: of });
}

describe('a search that was kept', () => {
  test.each([
    ['in which properties break', violated, isLong ? [1, 4, 7] : [4]],
    ['with wide levels', wide, isLong ? [1, 9, 17, 25] : [1, 25]],
  ])('ends as one that was never stopped, wherever that was: %s', async (_, module, places) => {
    const whole = await explore({}, module);
    expect(whole.violations).toHaveLength(module === violated ? 2 : 0);
    for (const times of places) {
      const path = await kept({ times, module });
      // A small frontier, so that some of it is in a file.
      const result = await explore({ checkpoint: resume(path), frontierBytes: 64 }, module);
      expect(result).toEqual(whole);
    }
  });

  test('can be stopped again and again', async () => {
    const path = await kept({ times: 1 });
    let rounds = 0;
    let stopped: StopReason | undefined = 'interrupted';
    let result: ExplorationResult | undefined;
    for (; stopped !== undefined; rounds++) {
      result = await explore({ checkpoint: resume(path), control: stopAt(2) });
      stopped = result.stopped;
    }
    expect(result).toEqual(await explore({}));
    expect(rounds).toBeGreaterThan(3);
  });

  test('is one checkpoint, however often it is kept', async () => {
    const path = await kept({ every: 0 });
    const [table] = readdirSync(path).filter(name => name.startsWith('table-'));
    expect(table).not.toBe('table-1.bin');
    expect(
      readdirSync(path)
        .map(name => name.replace(/\d+/, 'n'))
        .sort(),
    ).toEqual(['checkpoint.json', 'level-n.bin', 'next-n.bin', 'search-n.bin', 'table-n.bin']);
  });

  test('leaves an empty folder once it is removed', async () => {
    const path = await kept();
    CheckpointFolder.remove(path);
    expect(readdirSync(path)).toEqual([]);
  });
});

describe('a checkpoint is refused', () => {
  const files = ['table', 'search', 'level', 'next'];

  interface Attempt {
    readonly as?: typeof run;
    readonly of?: Digests;
    readonly module?: SpecificationModule;
  }

  /** The message of the error with which resuming ends. */
  async function refusal(
    path: string,
    { as = run, of = sources, module = small }: Attempt = {},
  ): Promise<string> {
    try {
      await explore({ checkpoint: resume(path, as, of) }, module);
    } catch (error) {
      expect(error).toBeInstanceOf(CheckpointError);
      return error instanceof Error ? error.message : '';
    }
    throw new Error('it was not refused');
  }

  function fileOf(path: string, kind: string): string {
    return join(path, readdirSync(path).find(name => name.startsWith(kind)) ?? '');
  }

  test.each(files)('when its %s has another content', async kind => {
    const path = await keptInALevel();
    const file = fileOf(path, kind);
    const bytes = readFileSync(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await refusal(path, { module: wide })).toMatch(
      /bin is damaged: expected the checksum [\da-f]{8}, found /,
    );
  });

  test.each(files)('when its %s is cut off', async kind => {
    const path = await keptInALevel();
    const file = fileOf(path, kind);
    const { length } = readFileSync(file);
    truncateSync(file, length - 1);
    expect(await refusal(path, { module: wide })).toBe(
      `${file} is damaged: expected ${length} bytes, found ${length - 1}`,
    );
  });

  test.each(files)('when its %s is missing', async kind => {
    const path = await keptInALevel();
    const file = fileOf(path, kind);
    rmSync(file);
    expect(await refusal(path, { module: wide })).toContain(`${file} is missing: expected `);
  });

  test.each([
    ['is cut off', (text: string) => text.slice(0, 100), /expected JSON/],
    [
      'has another number in it',
      (text: string) => text.replace('"length": ', '"length": 1'),
      /expected the checksum/,
    ],
    ['is another list', () => '[]', /expected an object, found "\[\]"/],
    [
      'is of another format',
      () => '{"format":"x"}',
      /expected the format "highwater-checkpoint", found "x"/,
    ],
    [
      'is of an earlier version',
      (text: string) => text.replace('"formatVersion": 4', '"formatVersion": 3'),
      /is of format version 3, and this version of the tool goes on from 4 only: begin anew/,
    ],
  ])('when its manifest %s', async (_, change, message) => {
    const path = await kept();
    const file = join(path, 'checkpoint.json');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    expect(await refusal(path)).toMatch(message);
  });

  test('when it is of another run', async () => {
    const path = await kept();
    expect(await refusal(path, { as: { model: 'tangle', bounds: { places: 6000 } } })).toBe(
      `${join(path, 'checkpoint.json')} is of another run: ` +
        'expected bounds.places 6000, found 5000',
    );
  });

  test.each<[string, Digests, string]>([
    ['an action', { ...sources, 'action follow': '3' }, 'action follow has'],
    ['what is new', { ...sources, 'other.ts': '3' }, 'other.ts (new) has'],
    ['what is gone', { 'action follow': '1' }, 'model.ts (gone) has'],
    [
      'everything',
      { 'model.ts': '3', a: '1', b: '1', c: '1' },
      'model.ts, a (new), b (new), c (new) and 1 more have',
    ],
  ])('when there is another source: %s', async (_, of, what) => {
    const path = await kept();
    expect(await refusal(path, { of })).toBe(
      `${what} changed since ${join(path, 'checkpoint.json')} was written: ` +
        'begin anew in an empty folder',
    );
  });

  test('when there is none', async () => {
    expect(await refusal(newFolder())).toMatch(
      /^there is no checkpoint in .*: expected checkpoint/,
    );
  });
});

describe('a folder for checkpoints', () => {
  /** Is refused, which must not keep the next one from the folder. */
  const refusedFor = async (path: string) => resume(path, { ...run, model: 'another' });
  const create = (path: string) =>
    CheckpointFolder.create({ folder: path, every: 1, run, sources });

  test('must not hold anything else', () => {
    const path = newFolder();
    mkdirSync(path);
    writeFileSync(join(path, 'letter.txt'), 'precious');
    expect(() => create(path)).toThrow(/expected an empty one, found letter.txt/);
    expect(() => create(join(path, 'letter.txt'))).toThrow(/is no folder for checkpoints/);
    expect(readFileSync(join(path, 'letter.txt'), 'utf8')).toBe('precious');
  });

  test.skipIf(!existsSync('/sys/kernel'))('must be one in which files can be made', () => {
    expect(() => create('/sys/kept')).toThrow(StorageError);
    expect(() => create('/sys/kept')).toThrow('/sys/kept cannot be made: ');
  });

  test('must not hold another checkpoint', async () => {
    const path = await kept();
    expect(() => create(path)).toThrow(/holds a checkpoint already: resume it, or remove it/);
  });

  test('is used by one search at a time, and by nobody once that has ended', async () => {
    const path = newFolder();
    const held = create(path);
    const isUsed = `${path} is used by process ${process.pid}: expected a folder that no other`;
    expect(() => create(path)).toThrow(isUsed);
    held.close();
    const { stopped } = await explore({ checkpoint: create(path), control: stopAt(1) });
    expect(stopped).toBe('interrupted');
    const going = resume(path);
    expect(() => resume(path)).toThrow(isUsed);
    CheckpointFolder.remove(path);
    expect(readdirSync(path)).toContain('checkpoint.json');
    going.close();
    await expect(refusedFor(path)).rejects.toThrow(/of another run/);
    resume(path).close();
  });

  test('may hold parts of a first checkpoint that was never whole', async () => {
    const path = await kept();
    rmSync(join(path, 'checkpoint.json'));
    create(path).close();
    expect(readdirSync(path)).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))('is left as it was where the disk is full', async () => {
    const path = await kept({ times: 2 });
    const before = readdirSync(path).sort();
    symlinkSync('/dev/full', join(path, 'table-2.bin'));
    const going = explore({ checkpoint: resume(path), control: stopAt(2) });
    await expect(going).rejects.toThrow(StorageError);
    await expect(going).rejects.toThrow(`no checkpoint can be written to ${path}: ENOSPC`);
    expect(readdirSync(path).sort()).toEqual(before);
    expect(await explore({ checkpoint: resume(path) })).toEqual(await explore({}));
  });
});

import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { StateTable } from '../checker/core/stateTable.ts';
import type { Frontier, FrontierMaker } from '../checker/exhaustive/frontier.ts';
import type { Checkpointer, SavedSearch, SearchState } from '../checker/exhaustive/search.ts';
import { CheckpointError } from './checkpointError.ts';
import {
  expectSameRun,
  expectSameSources,
  isStoredName,
  type Manifest,
  manifestName,
  manifestText,
  parseManifest,
  type RunIdentity,
  type StoredFrontier,
} from './checkpointManifest.ts';
import { FolderLock, lockName } from './folderLock.ts';
import type { Digests } from './modelDigests.ts';
import { StorageError } from './storageError.ts';
import { expectStored, readStored, writeStored } from './storedFiles.ts';

/** Writing takes at most about this share of the time. */
const MOST_OF_THE_TIME = 0.1;

/** A checkpoint that is made again and again. */
export interface CheckpointOptions {
  readonly folder: string;
  /** Milliseconds between two checkpoints; longer if writing one takes more than a tenth of that. */
  readonly every: number;
  readonly run: RunIdentity;
  /** What the model and its properties are made of, and the files that they come from. */
  readonly sources: Digests;
}

/** A saved search with its table. */
export interface SavedSearchWithTable extends SavedSearch {
  readonly table: StateTable;
}

/**
 * The folder in which a search is saved. A checkpoint is written beside the one before, which is removed
 * when the new one is whole: whenever the process ends, one of them is there.
 */
export class CheckpointFolder implements Checkpointer {
  readonly #options: CheckpointOptions;
  readonly #before: Manifest | undefined;
  readonly #lock: FolderLock;
  readonly #start = performance.now();
  #generation: number;
  #dueAt: number;

  private constructor(options: CheckpointOptions, lock: FolderLock, before?: Manifest) {
    this.#options = options;
    this.#lock = lock;
    this.#before = before;
    this.#generation = before?.generation ?? 0;
    this.#dueAt = this.#start + options.every;
  }

  /**
   * For a search that begins. The folder is made if it is not there, and is this search's until it is
   * closed.
   *
   * @throws CheckpointError when there is something in it, or another process uses it.
   * @throws StorageError when nothing can be written there.
   */
  static create(options: CheckpointOptions): CheckpointFolder {
    const { folder } = options;
    const files = filesIn(folder, () => makeFolder(folder));
    const [foreign] = files.filter(name => !isOfFolder(name));
    if (foreign !== undefined) {
      throw new CheckpointError(
        `${folder} is not a folder of checkpoints: expected an empty one, found ${foreign}`,
      );
    }
    return locked(folder, lock => {
      if (filesIn(folder).includes(manifestName)) {
        throw new CheckpointError(
          `${folder} holds a checkpoint already: resume it, or remove it (expected an empty folder)`,
        );
      }
      // Parts of a first checkpoint that was never whole.
      removeAllBut(undefined, folder);
      return new CheckpointFolder(options, lock);
    });
  }

  /**
   * For a search that goes on from the checkpoint in the folder, which is this search's until it is
   * closed.
   *
   * @throws CheckpointError when there is none, or one that is damaged, or of another run or another
   * model, or another process uses the folder.
   */
  static resume(options: CheckpointOptions): CheckpointFolder {
    const { folder, run, sources } = options;
    expectManifest(folder);
    return locked(folder, lock => {
      expectManifest(folder);
      const manifest = parseManifest(folder, readFileSync(join(folder, manifestName), 'utf8'));
      expectSameRun(folder, manifest.run, run);
      expectSameSources(folder, manifest.sources, sources);
      const { search, table, level, next } = manifest;
      for (const file of [search, table, level, next]) expectStored(folder, file);
      return new CheckpointFolder(options, lock, manifest);
    });
  }

  /** Removes the checkpoint in a folder, unless another process goes on from it. The folder stays. */
  static remove(folder: string): void {
    try {
      const lock = FolderLock.take(folder);
      // First what makes a checkpoint of the other files.
      rmSync(join(folder, manifestName), { force: true });
      removeAllBut(undefined, folder);
      lock.release();
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
    }
  }

  /** Lets other searches use the folder. */
  close(): void {
    this.#lock.release();
  }

  /** Seconds that were searched until the checkpoint that is gone on from. */
  get secondsBefore(): number {
    return this.#before?.seconds ?? 0;
  }

  get isDue(): boolean {
    return performance.now() >= this.#dueAt;
  }

  /**
   * The search to go on with, if it is not one that begins.
   *
   * @throws CheckpointError when a file is damaged.
   */
  async load(frontier: FrontierMaker): Promise<SavedSearchWithTable | undefined> {
    const manifest = this.#before;
    if (manifest === undefined) return undefined;
    const { folder } = this.#options;
    const search = new Uint8Array(manifest.search.length);
    await readStored(folder, manifest.search, [search]);
    // It was written by this version, and has the checksum that it was written with.
    const state: SearchState = deserialize(search);
    const slots = new Int32Array(new SharedArrayBuffer(manifest.table.length));
    await readStored(folder, manifest.table, [bytesOf(slots)]);
    const size = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    size[0] = manifest.states;
    const level = await this.#loadFrontier(manifest.level, frontier());
    const next = await this.#loadFrontier(manifest.next, frontier());
    return { state, level, next, table: new StateTable({ slots, size, room: 0 }) };
  }

  /** @throws StorageError when the folder cannot be written; the checkpoint before is still there. */
  async save(search: SavedSearch, table: StateTable): Promise<void> {
    const start = performance.now();
    this.#generation++;
    try {
      await this.#write(search, table);
    } catch (error) {
      // What there is of it only takes space.
      removeAllBut(this.#generation - 1, this.#options.folder);
      throw StorageError.of(`no checkpoint can be written to ${this.#options.folder}`, error);
    }
    removeAllBut(this.#generation, this.#options.folder);
    const end = performance.now();
    this.#dueAt = end + Math.max(this.#options.every, (end - start) / MOST_OF_THE_TIME);
  }

  async #write({ state, level, next }: SavedSearch, table: StateTable): Promise<void> {
    const { folder, run, sources } = this.#options;
    const generation = this.#generation;
    const content = {
      run,
      sources,
      generation,
      seconds: this.secondsBefore + (performance.now() - this.#start) / 1000,
      states: table.size,
      search: await writeStored(folder, `search-${generation}.bin`, [serialize(state)]),
      table: await writeStored(folder, `table-${generation}.bin`, [bytesOf(table.memory.slots)]),
      level: await writeFrontier(folder, `level-${generation}.bin`, level),
      next: await writeFrontier(folder, `next-${generation}.bin`, next),
    };
    const fresh = `${manifestName}.new`;
    await writeStored(folder, fresh, [Buffer.from(manifestText(content))]);
    await syncFolder(folder);
    await rename(join(folder, fresh), join(folder, manifestName));
    await syncFolder(folder);
  }

  async #loadFrontier({ blocks, ...file }: StoredFrontier, frontier: Frontier): Promise<Frontier> {
    await readStored(this.#options.folder, file, intoBlocks(blocks, frontier));
    return frontier;
  }
}

/** Does something with a folder that is locked; it stays so if that succeeds. */
function locked<T>(folder: string, use: (lock: FolderLock) => T): T {
  const lock = FolderLock.take(folder);
  try {
    return use(lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function expectManifest(folder: string): void {
  if (filesIn(folder).includes(manifestName)) return;
  throw new CheckpointError(`there is no checkpoint in ${folder}: expected ${manifestName}`);
}

/** Whether a file of this name can only be one that a search has made. */
function isOfFolder(name: string): boolean {
  return name === manifestName || isStoredName(name) || name.startsWith(lockName);
}

/** Removes the files of all checkpoints but one. */
function removeAllBut(generation: number | undefined, folder: string): void {
  for (const name of filesIn(folder)) {
    const isKept = generation !== undefined && name.endsWith(`-${generation}.bin`);
    if (isStoredName(name) && !isKept) rmSync(join(folder, name), { force: true });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw StorageError.of(`${folder} cannot be made`, error);
  }
}

/** Names of what is in a folder; `otherwise` is done where there is none. */
function filesIn(folder: string, otherwise: () => void = () => undefined): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = error instanceof Error ? error.message : String(error);
    if (!isMissing) throw new CheckpointError(`${folder} is no folder for checkpoints: ${why}`);
    otherwise();
    return [];
  }
}

async function writeFrontier(
  folder: string,
  name: string,
  frontier: Frontier,
): Promise<StoredFrontier> {
  const blocks: number[] = [];
  function* parts(): Generator<Uint8Array> {
    for (const block of frontier.blocks) {
      blocks.push(block.byteLength);
      yield bytesOf(block);
    }
  }
  return { ...(await writeStored(folder, name, parts())), blocks };
}

/** Makes room for each block, and adds it once it has been filled. */
function* intoBlocks(blocks: readonly number[], frontier: Frontier): Generator<Uint8Array> {
  for (const length of blocks) {
    const words = new Uint32Array(length / Uint32Array.BYTES_PER_ELEMENT);
    yield bytesOf(words);
    frontier.add(words);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Brings the names in a folder to the disk, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frontier } from '../checker/exhaustive/frontier.ts';
import { StorageError } from './storageError.ts';

/** Words of a block, about: what is written and read in one go. */
const BLOCK_WORDS = 1 << 18;

/** Records in memory, of which those from `start` to before `end` count. */
interface MemoryBlock {
  words: Uint32Array<ArrayBuffer>;
  start: number;
  end: number;
}

/** Records in the file. */
interface FileBlock {
  readonly position: number;
  readonly length: number;
}

let filesMade = 0;

/**
 * A frontier that keeps so many bytes in memory and the rest in a file. The first records to be taken
 * stay in memory, those that are added to the full frontier go to the file. The file is in the folder
 * for temporary files, and has no name there, so that it is gone with the process, whatever ends it.
 */
export class DiskFrontier implements Frontier {
  readonly #mostBytes: number;
  readonly #blockWords: number;
  readonly #blocks: (MemoryBlock | FileBlock)[] = [];
  #length = 0;
  #bytes = 0;
  #file: number | undefined;
  #fileEnd = 0;

  constructor(mostBytes: number, blockWords = BLOCK_WORDS) {
    this.#mostBytes = mostBytes;
    this.#blockWords = blockWords;
  }

  get length(): number {
    return this.#length;
  }
  get bytes(): number {
    return this.#bytes;
  }
  /** Bytes that were written to the file. */
  get bytesOnDisk(): number {
    return this.#fileEnd;
  }

  /** @throws StorageError when the file cannot be written. */
  add(records: Uint32Array): void {
    if (records.length === 0) return;
    this.#length += records.length;
    const last = this.#blocks.at(-1);
    if (isInMemory(last) && last.end + records.length <= last.words.length) {
      last.words.set(records, last.end);
      last.end += records.length;
      return;
    }
    // The last block is complete: only the one before it would be read sooner.
    if (isInMemory(last) && this.#bytes > this.#mostBytes) this.#spill(last);
    // From small to large: most searches are small.
    const size = Math.min(this.#blockWords, 2 * (isInMemory(last) ? last.words.length : 0));
    const words = new Uint32Array(Math.max(records.length, size));
    words.set(records);
    this.#blocks.push({ words, start: 0, end: records.length });
    this.#bytes += words.byteLength;
  }

  /** @throws StorageError when the file cannot be read. */
  take(words: number): Uint32Array<ArrayBuffer> {
    const block = this.#firstBlock();
    if (block === undefined) return new Uint32Array(0);
    const taken = block.words.slice(block.start, Math.min(block.start + words, block.end));
    block.start += taken.length;
    this.#length -= taken.length;
    if (block.start === block.end) {
      this.#blocks.shift();
      this.#bytes -= block.words.byteLength;
    }
    return taken;
  }

  putBack(records: Uint32Array<ArrayBuffer>): void {
    if (records.length === 0) return;
    this.#blocks.unshift({ words: records, start: 0, end: records.length });
    this.#length += records.length;
    this.#bytes += records.byteLength;
  }

  get blocks(): Iterable<Uint32Array<ArrayBuffer>> {
    return this.#eachBlock();
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#fileEnd = 0;
    this.#blocks.length = 0;
    this.#length = 0;
    this.#bytes = 0;
  }

  *#eachBlock(): Generator<Uint32Array<ArrayBuffer>> {
    for (const block of this.#blocks) {
      yield isInMemory(block) ? block.words.slice(block.start, block.end) : this.#read(block);
    }
  }

  /** The first block, in memory. */
  #firstBlock(): MemoryBlock | undefined {
    const [first] = this.#blocks;
    if (first === undefined || isInMemory(first)) return first;
    const words = this.#read(first);
    const block = { words, start: 0, end: words.length };
    this.#blocks[0] = block;
    this.#bytes += words.byteLength;
    return block;
  }

  /** Moves a block to the end of the file. */
  #spill(block: MemoryBlock): void {
    const records = block.words.subarray(block.start, block.end);
    this.#blocks[this.#blocks.indexOf(block)] = {
      position: this.#fileEnd,
      length: records.length,
    };
    this.#write(new Uint8Array(records.buffer, records.byteOffset, records.byteLength));
    this.#bytes -= block.words.byteLength;
  }

  #write(bytes: Uint8Array): void {
    try {
      this.#file ??= openNameless();
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#fileEnd + at);
      }
    } catch (error) {
      throw StorageError.of(
        `states that do not fit into memory cannot be written to ${tmpdir()}`,
        error,
      );
    }
    this.#fileEnd += bytes.length;
  }

  #read({ position, length }: FileBlock): Uint32Array<ArrayBuffer> {
    const words = new Uint32Array(length);
    const bytes = new Uint8Array(words.buffer);
    try {
      if (this.#file === undefined) throw new Error('the file is closed');
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(this.#file, bytes, at, bytes.length - at, position + at);
        if (read === 0) throw new Error('the file ends early');
        at += read;
      }
    } catch (error) {
      throw StorageError.of(`states that did not fit into memory cannot be read`, error);
    }
    return words;
  }
}

function isInMemory(block: MemoryBlock | FileBlock | undefined): block is MemoryBlock {
  return block !== undefined && 'words' in block;
}

/** Opens a file that nobody else can see, and that is gone once it is closed. */
function openNameless(): number {
  filesMade++;
  const path = join(tmpdir(), `highwater-${process.pid}-${filesMade}.frontier`);
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path);
  return file;
}

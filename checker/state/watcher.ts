import { addBlock, type Marks } from './blocks.ts';
import { ByteTrace } from './byteTrace.ts';

/** Is told when one byte is read or written. */
export interface Watcher {
  read(): void;
  written(): void;
}

/** Marks the block of one byte. */
class BlockWatcher implements Watcher {
  readonly #marks: Marks;
  readonly #plane: number;
  readonly #bit: number;

  constructor(marks: Marks, at: number) {
    const block = marks.blockOf[at] as number;
    this.#marks = marks;
    this.#plane = block >> 5;
    this.#bit = 1 << (block & 31);
  }
  read(): void {
    const { reads } = this.#marks;
    reads[this.#plane] = (reads[this.#plane] as number) | this.#bit;
  }
  written(): void {
    const { writes } = this.#marks;
    writes[this.#plane] = (writes[this.#plane] as number) | this.#bit;
  }
}

/** Traces one byte. */
class ByteWatcher implements Watcher {
  readonly #trace: ByteTrace;
  readonly #at: number;

  constructor(trace: ByteTrace, at: number) {
    this.#trace = trace;
    this.#at = at;
  }
  read(): void {
    this.#trace.reads(this.#at, 1);
  }
  written(): void {
    this.#trace.writes(this.#at, 1);
  }
}

/** Is told which of the bytes of one field are read or written. */
export interface StretchWatcher {
  reads(at: number, size: number): void;
  writes(at: number, size: number): void;
}

/** Marks the block of a field, whichever of its bytes are meant. */
class StretchInBlock implements StretchWatcher {
  readonly #block: BlockWatcher;

  constructor(marks: Marks, at: number) {
    this.#block = new BlockWatcher(marks, at);
  }
  reads(): void {
    this.#block.read();
  }
  writes(): void {
    this.#block.written();
  }
}

/** What tells marks or a trace, if there are any, of the bytes of the field at `at`, which has one block. */
export function stretchWatcherOf(
  marks: Marks | ByteTrace | undefined,
  at: number,
): StretchWatcher | undefined {
  if (marks === undefined || marks instanceof ByteTrace) return marks;
  return new StretchInBlock(marks, at);
}

/** What tells marks or a trace, if there are any, of the byte at `at`. */
export function watcherOf(marks: Marks | ByteTrace | undefined, at: number): Watcher | undefined {
  if (marks === undefined) return undefined;
  return marks instanceof ByteTrace ? new ByteWatcher(marks, at) : new BlockWatcher(marks, at);
}

/** Marks the blocks of a stretch of bytes as written. */
export function markWritten({ writes, blockOf }: Marks, at: number, size: number): void {
  for (let byte = at; byte < at + size; byte++) addBlock(writes, blockOf[byte] as number);
}

/**
 * What a view watches: nothing; the blocks that are read and written, which is cheap (see blocks.ts);
 * or every byte, in the order of the first reads (see byteTrace.ts).
 */
export type Watch = 'nothing' | 'blocks' | 'bytes';

/** A stretch of bytes, in source text, and the name of the block that it is in. */
export interface Stretch {
  readonly block: string;
  readonly at: string;
  readonly size: number | string;
}

/** Source text by which compiled views tell what is read and written. */
export class WatchSource {
  readonly watch: Watch;
  /** The blocks in which a class of views has bytes of its own. */
  readonly #blocks: readonly string[];

  constructor(watch: Watch, blocks: Iterable<string>) {
    this.watch = watch;
    this.#blocks = [...blocks];
  }

  /** Declares the private fields that the other sources use. */
  get fields(): string {
    if (this.watch === 'nothing') return '';
    if (this.watch === 'bytes') return '#trace;';
    return `#reads; #writes; ${this.#blocks.map(block => `#plane${block}; #bit${block};`).join(' ')}`;
  }

  /**
   * Notes what has to be known of the blocks.
   *
   * @param ats - Where each of the blocks has a byte, in source text.
   */
  note(ats: readonly string[]): string {
    if (this.watch === 'nothing') return '';
    if (this.watch === 'bytes') return 'this.#trace = memory.marks;';
    const notes = this.#blocks.map((block, place) => {
      const number = `memory.marks.blockOf[${ats[place]}]`;
      return `this.#plane${block} = ${number} >> 5; this.#bit${block} = 1 << (${number} & 31);`;
    });
    return `this.#reads = memory.marks.reads; this.#writes = memory.marks.writes; ${notes.join(' ')}`;
  }

  /** Marks bytes as read, or as written. */
  mark(what: 'reads' | 'writes', { block, at, size }: Stretch): string {
    if (this.watch === 'nothing') return '';
    if (this.watch === 'bytes') return `this.#trace.${what}(${at}, ${size});`;
    return `this.#${what}[this.#plane${block}] |= this.#bit${block};`;
  }

  /** The same where bytes are watched; the block of a whole has been marked with its length. */
  markBytes(what: 'reads' | 'writes', at: string, size: number | string): string {
    return this.watch === 'bytes' ? this.mark(what, { block: '', at, size }) : '';
  }

  /** Marks a stretch of bytes, of whatever blocks, as written. */
  markRange(at: string, size: number): string {
    if (this.watch === 'nothing') return '';
    if (this.watch === 'bytes') return `this.#trace.writes(${at}, ${size});`;
    return `markWritten(this.#memory.marks, ${at}, ${size});`;
  }
}

import { RandomSource } from '../core/randomSource.ts';

/**
 * Random numbers for one timed run, a stream for each purpose: that more is drawn for one changes nothing of what is
 * drawn for another, so that two settings can be compared under the same circumstances.
 */
export class RandomStreams {
  readonly #prefix: string;
  readonly #streams = new Map<string, RandomSource>();

  constructor(seed: number, run: number) {
    this.#prefix = `${seed}/${run}/`;
  }

  /** The numbers for a purpose: the same for the same seed, run and purpose, on any machine. */
  of(purpose: string): RandomSource {
    const known = this.#streams.get(purpose);
    if (known !== undefined) return known;
    const stream = new RandomSource(hashOf(this.#prefix + purpose));
    this.#streams.set(purpose, stream);
    return stream;
  }
}

/** FNV-1a, 32 bits, with the finalizer of MurmurHash3: texts that differ in a digit come to far apart seeds. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

import type { ModelState } from '../core/compiledModel.ts';
import { StateHash } from '../core/stateHash.ts';
import type { StateMemory } from '../state/permutation.ts';
import type { AnySchema } from '../state/schema.ts';
import { Canonicalizer } from '../state/symmetry.ts';

/** What tells states apart: their hash or, with symmetry, that of their canonical representative. */
export class Identity {
  readonly hash: StateHash;
  readonly canonicalizer: Canonicalizer | undefined;
  readonly #canonical: StateMemory;

  constructor(schema: AnySchema, symmetry: boolean) {
    this.hash = new StateHash(schema);
    const canonicalizer = symmetry ? new Canonicalizer(schema) : undefined;
    this.canonicalizer = canonicalizer?.types.length === 0 ? undefined : canonicalizer;
    const words = new Uint32Array(schema.wordLength);
    this.#canonical = { words, bytes: new Uint8Array(words.buffer) };
  }

  /** Makes {@link hash} that of a state. */
  of(state: ModelState): StateHash {
    if (this.canonicalizer === undefined) {
      this.hash.of(state.bytes);
    } else {
      this.canonicalizer.canonicalize(state, this.#canonical);
      this.hash.of(this.#canonical.bytes);
    }
    return this.hash;
  }
}

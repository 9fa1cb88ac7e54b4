import { MOST_OUTCOMES } from '../../limits.ts';
import { type DecisionForest, UNKNOWN } from './decisionForest.ts';
import { InternedLists } from './internedLists.ts';
import { ReadLog } from './readLog.ts';

/**
 * Remembers what several learned functions come to together, as one list: one path through a tree instead
 * of one for each. It holds nothing that cannot be found again, so that it is emptied when it is full.
 */
export class JointOutcomes {
  readonly #forest: DecisionForest;
  readonly #lists = new InternedLists();
  readonly #log: ReadLog;

  /** @param lineLength - Bytes of the line that functions read. */
  constructor(forest: DecisionForest, lineLength: number) {
    this.#forest = forest;
    this.#log = new ReadLog(lineLength);
  }

  get bytes(): number {
    return this.#forest.bytes + this.#lists.bytes;
  }

  get trees(): number {
    return this.#forest.trees;
  }

  /** A new tree. */
  addTree(): number {
    return this.#forest.addTree();
  }

  /** Forgets everything. */
  forget(): void {
    this.#forest.clear();
  }

  find(tree: number, bytes: Uint8Array): readonly number[] | undefined {
    const known = this.#forest.find(tree, bytes);
    return known === UNKNOWN ? undefined : this.#lists.get(known);
  }

  /**
   * Makes a list, and remembers it by what it depends on, which is logged meanwhile.
   *
   * @param sources - Of each byte of the line the one of `bytes` that has its value; negative where it is the
   * same whenever this tree is asked. If absent, the line is `bytes`.
   */
  learn(
    tree: number,
    bytes: Uint8Array,
    make: (log: ReadLog) => readonly number[],
    sources?: Int32Array,
  ): readonly number[] {
    const log = this.#log;
    log.clear();
    log.sources = sources;
    const list = make(log);
    if (this.#lists.count >= MOST_OUTCOMES) return list;
    if (this.#forest.isFull) this.#forest.clear();
    this.#forest.learn(tree, bytes, log.offsets, this.#lists.numberOf(list));
    return list;
  }
}

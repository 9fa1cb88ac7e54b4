import { StateTable } from '../core/stateTable.ts';

/** The states that random runs have seen, by hash, of which no more is to be known. */
export class StateSet {
  #table = new StateTable();

  get size(): number {
    return this.#table.size;
  }
  get bytes(): number {
    return this.#table.bytes;
  }

  add(low: number, high: number): void {
    if (this.#table.isFull) this.#table = this.#table.grown();
    this.#table.add(low, high, 0, 0);
  }
}

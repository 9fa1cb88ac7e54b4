import { MOST_TABLE_SLOTS } from '../limits.ts';
import { newMemory } from './memory.ts';
import type { StateKey } from './stateHash.ts';

/** Words of a slot: the two halves of a hash, and the parent. */
const SLOT = 3;
/** Slots in use, as a share of all, beyond which the table is to grow; it grows by half. */
const MAX_LOAD = 0.8;
const GROWTH = 1.5;
const FIRST_CAPACITY = 1 << 16;

/** The memory of a {@link StateTable}: what threads share. */
export interface TableMemory {
  readonly slots: Int32Array;
  /** One word: the number of states. */
  readonly size: Int32Array;
  /** States that may be added after it was found not to be full, before that is asked again. */
  readonly room: number;
}

/** Whether two hashes are the same to a table, in which no half is zero. */
export function sameKey(a: StateKey, b: StateKey): boolean {
  return (a.low | 0 || 1) === (b.low | 0 || 1) && (a.high | 0 || 1) === (b.high | 0 || 1);
}

/**
 * The set of states that were reached, by 64-bit hash, with the parent of each: open addressing with
 * linear probing, in memory that threads share. Insertion takes no lock: a slot belongs to whoever
 * first writes its first word.
 *
 * Of several parents in the level before, the one with the smallest hash stays, so that who
 * was faster makes no difference. Of its hash 30 bits are kept. The last two bits of the word say in
 * which level, modulo three, the state was reached, as long as that level has not been expanded.
 */
export class StateTable {
  readonly #slots: Int32Array;
  readonly #size: Int32Array;
  readonly #capacity: number;
  readonly #room: number;
  readonly #full: number;

  constructor(memory: TableMemory = firstMemory(0)) {
    this.#slots = memory.slots;
    this.#size = memory.size;
    this.#room = memory.room;
    this.#capacity = memory.slots.length / SLOT;
    this.#full = Math.min(Math.floor(this.#capacity * MAX_LOAD), this.#capacity - this.#room - 1);
  }

  /**
   * An empty table, or this one with other room.
   *
   * @param room - States that may be added before it is asked whether it is full.
   */
  static withRoom(room: number, table?: StateTable): StateTable {
    return new StateTable(table === undefined ? firstMemory(room) : { ...table.memory, room });
  }

  get memory(): TableMemory {
    return { slots: this.#slots, size: this.#size, room: this.#room };
  }
  get capacity(): number {
    return this.#capacity;
  }
  get size(): number {
    return Atomics.load(this.#size, 0);
  }
  get bytes(): number {
    return this.#slots.byteLength;
  }
  /** Whether it should grow before it takes more states. */
  get isFull(): boolean {
    return (this.#size[0] as number) >= this.#full;
  }
  /** Whether there can be no larger one. */
  get isLargest(): boolean {
    return this.#capacity >= MOST_TABLE_SLOTS;
  }
  /** Bytes of that memory. */
  get largerBytes(): number {
    return this.#larger * SLOT * Int32Array.BYTES_PER_ELEMENT;
  }
  /** The memory of a table that is half as large again, if that may be, and holds nothing as yet. */
  largerMemory(): TableMemory {
    return { slots: slotsFor(this.#larger), size: this.#size, room: this.#room };
  }
  /**
   * This table in larger memory, for a thread that has it alone.
   *
   * @throws RangeError when there is no larger one.
   */
  grown(): StateTable {
    if (this.isLargest) throw new RangeError(`a table holds at most ${MOST_TABLE_SLOTS} slots`);
    const larger = new StateTable(this.largerMemory());
    larger.takeOver(this.memory, 0, this.#capacity);
    return larger;
  }
  get #larger(): number {
    return Math.min(Math.floor(this.#capacity * GROWTH), MOST_TABLE_SLOTS);
  }

  /**
   * Adds a state that was reached from `parent` in a step to `level`.
   *
   * @param parent - The first half of the parent's hash; 0 for an initial state.
   * @returns whether it is new.
   */
  add(low: number, high: number, parent: number, level: number): boolean {
    const slots = this.#slots;
    const [first, second] = [low | 0 || 1, high | 0 || 1];
    const link = (parent & ~3) | tagOf(level);
    let at = this.#home(first) * SLOT;
    for (;;) {
      let held = slots[at] as number;
      if (held === 0) {
        held = Atomics.compareExchange(slots, at, 0, first);
        if (held === 0) {
          slots[at + 2] = link;
          // The last word to be written: from here on others see the slot as whole.
          Atomics.store(slots, at + 1, second);
          Atomics.add(this.#size, 0, 1);
          return true;
        }
      }
      if (held === first && this.#second(at) === second) {
        this.#lower(at + 2, link);
        return false;
      }
      at += SLOT;
      if (at === slots.length) at = 0;
    }
  }

  /** Whether a state was reached. */
  has({ low, high }: StateKey): boolean {
    return this.#slotOf(low, high) >= 0;
  }

  /** Whether a state that was reached has been expanded. */
  isExpanded({ low, high }: StateKey): boolean {
    return ((this.#slots[this.#find(low, high) + 2] as number) & 3) === 0;
  }

  /** Says that a state is being expanded: its parent is final. */
  settle(low: number, high: number): void {
    Atomics.and(this.#slots, this.#find(low, high) + 2, ~3);
  }

  /** The states that can be the parent of this one, smallest first; of an initial state none is. */
  parentsOf({ low, high }: StateKey): StateKey[] {
    const parent = (this.#slots[this.#find(low, high) + 2] as number) & ~3;
    const found: StateKey[] = [];
    const slots = this.#slots;
    // The bits that are not kept may make a difference of one slot.
    const last = this.#home(parent | 3) * SLOT;
    let at = this.#home(parent) * SLOT;
    for (let isBefore = true; isBefore || slots[at] !== 0; at = (at + SLOT) % slots.length) {
      if (at === last) isBefore = false;
      if (slots[at] === 0 || ((slots[at] as number) & ~3) !== parent) continue;
      found.push({ low: slots[at] as number, high: slots[at + 1] as number });
    }
    return found.sort((a, b) => a.low - b.low || a.high - b.high);
  }

  /** Adds what the slots from `start` to before `end` of a smaller table hold. */
  takeOver(smaller: TableMemory, start: number, end: number): void {
    const slots = this.#slots;
    for (let from = start * SLOT; from < end * SLOT; from += SLOT) {
      const first = smaller.slots[from] as number;
      if (first === 0) continue;
      let at = this.#home(first) * SLOT;
      while (slots[at] !== 0 || Atomics.compareExchange(slots, at, 0, first) !== 0) {
        at += SLOT;
        if (at === slots.length) at = 0;
      }
      slots[at + 1] = smaller.slots[from + 1] as number;
      slots[at + 2] = smaller.slots[from + 2] as number;
    }
  }

  /** Where the search for a state begins: by size, so that near hashes are near each other. */
  #home(first: number): number {
    return Math.floor(((first >>> 0) / 0x100000000) * this.#capacity);
  }

  /** Where a state is that is there. */
  #find(low: number, high: number): number {
    const at = this.#slotOf(low, high);
    if (at < 0) throw new Error('a state is looked up that was not reached');
    return at;
  }

  /** Where a state is, or -1. */
  #slotOf(low: number, high: number): number {
    const slots = this.#slots;
    const [first, second] = [low | 0 || 1, high | 0 || 1];
    let at = this.#home(first) * SLOT;
    while (slots[at] !== first || slots[at + 1] !== second) {
      if (slots[at] === 0) return -1;
      at += SLOT;
      if (at === slots.length) at = 0;
    }
    return at;
  }

  /** The second word of a slot, which another thread may be about to write. */
  #second(at: number): number {
    let second = 0;
    // In this order, so that the parent that is read next is no older than this.
    while (second === 0) second = Atomics.load(this.#slots, at + 1);
    return second;
  }

  /** Makes a parent smaller, if it is of the same level. */
  #lower(at: number, link: number): void {
    let held = this.#slots[at] as number;
    while ((held & 3) === (link & 3) && held >>> 2 > link >>> 2) {
      const before = Atomics.compareExchange(this.#slots, at, held, link);
      if (before === held) return;
      held = before;
    }
  }
}

/** 1, 2 or 3: levels that are open at the same time have different ones. */
function tagOf(level: number): number {
  return 1 + (level % 3);
}

/** Large enough for initial states and successors of which it is known only how many there can be. */
function firstMemory(room: number): TableMemory {
  const capacity = Math.min(Math.max(FIRST_CAPACITY, 2 * (room + 1)), MOST_TABLE_SLOTS);
  const size = new Int32Array(newMemory(Int32Array.BYTES_PER_ELEMENT));
  return { slots: slotsFor(capacity), size, room };
}

function slotsFor(capacity: number): Int32Array {
  return new Int32Array(newMemory(capacity * SLOT * Int32Array.BYTES_PER_ELEMENT));
}

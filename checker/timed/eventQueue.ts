/** Something that is due at a time; of two at the same time the one that was added first comes first. */
interface Event<Item> {
  readonly at: number;
  readonly order: number;
  readonly item: Item;
}

/** Events by the time at which they are due: a binary heap. */
export class EventQueue<Item> {
  readonly #heap: Event<Item>[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#added = 0;
  }

  add(at: number, item: Item): void {
    const heap = this.#heap;
    const event = { at, order: this.#added++, item };
    let place = heap.length;
    heap.push(event);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isBefore(heap[parent] as Event<Item>, event)) break;
      heap[place] = heap[parent] as Event<Item>;
      place = parent;
    }
    heap[place] = event;
  }

  /** Takes out what is due first; undefined if there is nothing. */
  take(): Event<Item> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child] as Event<Item>)) child++;
      if (isBefore(last, heap[child] as Event<Item>)) break;
      heap[place] = heap[child] as Event<Item>;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(one: Event<unknown>, other: Event<unknown>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

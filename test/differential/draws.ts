import type fc from 'fast-check';

/** Draws of everything, from the source of random numbers of fast-check. */
export class Draws {
  readonly #random: fc.Random;

  constructor(random: fc.Random) {
    this.#random = random;
  }
  below(limit: number): number {
    return this.#random.nextInt(0, limit - 1);
  }
  between(min: number, max: number): number {
    return this.#random.nextInt(min, max);
  }
  chance(percent: number): boolean {
    return this.#random.nextInt(0, 99) < percent;
  }
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  pick<Item>(items: readonly Item[]): Item | undefined;
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.below(items.length)];
  }
}

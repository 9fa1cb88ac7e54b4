import { expectWritable } from './viewSource.ts';
import type { WatchSource } from './watchSource.ts';

/** Source of the methods that look for elements of a list. What they return is no view. */
export const lookingSource = `findIndex(test) {
        for (let index = 0; index < this.length; index++) if (test(this.get(index))) return index;
        return -1;
      }
      find(test) {
        const index = this.findIndex(test);
        return index < 0 ? undefined : plain(this.get(index));
      }
      some(test) { return this.findIndex(test) >= 0; }
      every(test) { return this.findIndex(element => !test(element)) < 0; }
      filter(test) { return Array.from(this).filter(element => test(element)).map(plain); }`;

/** Source of the method that puts a value in the place of another. */
export function settingSource(
  source: WatchSource,
  element: {
    readonly at: string;
    readonly size: number;
    /** Absent of a record, which does it by itself. */
    readonly write: string | undefined;
    readonly get: string;
  },
): string {
  const writes = source.mark('writes', { block: 'List', at: element.at, size: element.size });
  const replace = `${element.get} view_element.assign(element, value); view_element.blank(element);`;
  return `set(index, value) {
        ${expectWritable()} ${source.markBytes('reads', 'this.#at', 1)}
        if (index !== index >>> 0 || index >= this.#bytes[this.#at]) noElement(this.#path, index);
        ${element.write === undefined ? replace : `${writes} ${element.write}`}
      }`;
}

/** Source of the methods that take elements away from a list. */
export function shorteningSource(source: WatchSource, size: number): string {
  const first = 'this.#at + 1';
  const writesLength = source.mark('writes', { block: 'List', at: 'this.#at', size: 1 });
  const readsLength = source.markBytes('reads', 'this.#at', 1);
  return `truncate(length) {
        ${expectWritable()}
        if (!(length >= 0) || length % 1 > 0) noElement(this.#path, length);
        ${readsLength}
        const end = this.#bytes[this.#at];
        if (length >= end) return;
        ${writesLength} ${source.markBytes('writes', `${first} + length * ${size}`, `(end - length) * ${size}`)}
        this.#bytes.fill(0, ${first} + length * ${size}, ${first} + end * ${size});
        this.#bytes[this.#at] = length;
        ListView.#leave(this, length, end);
      }
      removeFirst(count) {
        ${expectWritable()}
        if (!(count >= 0) || count % 1 > 0) noElement(this.#path, count);
        ${readsLength}
        const end = this.#bytes[this.#at];
        const kept = count >= end ? 0 : end - count;
        ${source.markBytes('reads', first, `end * ${size}`)}
        ${writesLength} ${source.markBytes('writes', first, `end * ${size}`)}
        const first = ${first};
        this.#bytes.copyWithin(first, first + (end - kept) * ${size}, first + end * ${size});
        this.#bytes.fill(0, first + kept * ${size}, first + end * ${size});
        this.#bytes[this.#at] = kept;
        if (count > 0) ListView.#leave(this, 0, end);
      }
      removeAt(index) {
        ${expectWritable()}
        const removed = plain(this.get(index));
        const end = this.#bytes[this.#at];
        const at = ${first} + index * ${size};
        const rest = (end - index) * ${size};
        ${source.markBytes('reads', 'at', 'rest')}
        ${writesLength} ${source.markBytes('writes', 'at', 'rest')}
        this.#bytes.copyWithin(at, at + ${size}, at + rest);
        this.#bytes.fill(0, at + rest - ${size}, at + rest);
        this.#bytes[this.#at] = end - 1;
        ListView.#leave(this, index, end);
        return removed;
      }
      shift() { return this.removeAt(0); }`;
}

/**
 * Source that retires the views of the elements of a list between two places. To make views is slow, so
 * each place has up to two: one that was retired in an earlier step, which no code can still hold, takes
 * the place of the one that is retired now.
 */
export function leaveSource(): string {
  return `const { turn } = view.#memory;
  for (let index = from; index < to; index++) {
    const element = view.#elements[index];
    if (element === undefined) continue;
    view_element.retire(element);
    const former = view.#former[index];
    const isFree = former !== undefined && view.#leftAt[index] !== turn;
    if (isFree) view_element.revive(former);
    view.#elements[index] = isFree ? former : undefined;
    view.#former[index] = element;
    view.#leftAt[index] = turn;
  }`;
}

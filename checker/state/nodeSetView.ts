import type { Node, NodeType } from './nodeType.ts';
import type { StateMemory } from './stateMemory.ts';
import { unwrapped } from './strictView.ts';
import { gone, outOfBounds, readOnly } from './viewErrors.ts';
import { ContainerView } from './viewObjects.ts';
import type { NodeSetView, ReadonlyNodeSetView } from './viewTypes.ts';
import { type Watcher, watcherOf } from './watcher.ts';

/** The view of a `nodeSet` field: one byte, one bit per node. */
export class NodeSetBits extends ContainerView implements NodeSetView<string> {
  #bytes: Uint8Array;
  #gone: Uint8Array | undefined;
  readonly #at: number;
  readonly #path: string;
  readonly #memory: StateMemory;
  readonly #type: NodeType<string>;
  readonly #watcher: Watcher | undefined;

  constructor(at: number, path: string, memory: StateMemory, type: NodeType<string>) {
    super(path);
    this.#bytes = memory.bytes;
    this.#at = at;
    this.#path = path;
    this.#memory = memory;
    this.#type = type;
    this.#watcher = watcherOf(memory.marks, at);
  }
  get isEmpty(): boolean {
    return this.#read() === 0;
  }
  get size(): number {
    let size = 0;
    for (let rest = this.#read(); rest !== 0; rest &= rest - 1) size++;
    return size;
  }
  has(node: Node<string>): boolean {
    return ((this.#read() >> node) & 1) === 1;
  }
  isSubsetOf(other: ReadonlyNodeSetView<string>): boolean {
    return (this.#read() & ~bitsOf(other)) === 0;
  }
  every(test: (node: Node<string>) => boolean): boolean {
    for (const node of this.#type.all) if (this.has(node) && !test(node)) return false;
    return true;
  }
  some(test: (node: Node<string>) => boolean): boolean {
    for (const node of this.#type.all) if (this.has(node) && test(node)) return true;
    return false;
  }
  add(node: Node<string>): void {
    this.#write(this.#read() | (1 << node));
  }
  delete(node: Node<string>): void {
    this.#write(this.#read() & ~(1 << node));
  }
  clear(): void {
    this.#write(0);
  }
  assign(other: ReadonlyNodeSetView<string>): void {
    this.#write(bitsOf(other));
  }
  override *[Symbol.iterator](): Iterator<Node<string>> {
    for (const node of this.#type.all) if (this.has(node)) yield node;
  }
  toJSON(): readonly Node<string>[] {
    return [...this];
  }

  #read(): number {
    this.#watcher?.read();
    return this.#bytes[this.#at] as number;
  }
  /** Types tell sets apart by the name of their node type only: there may be two of one name. */
  #write(bits: number): void {
    if (!this.#memory.isWritable) readOnly(this.#path);
    const { name, count } = this.#type;
    if (bits >>> count !== 0) outOfBounds(`a set of ${count} ${name}s`, 'only these', bits);
    this.#watcher?.written();
    this.#bytes[this.#at] = bits;
  }

  static bitsOf(set: object): number | undefined {
    return #bytes in set ? set.#read() : undefined;
  }
  static assign(set: NodeSetBits, other: NodeSetBits): void {
    set.assign(other);
  }
  /** Makes every further use of a set an error: its place was moved or removed. */
  static retire(set: NodeSetBits): void {
    set.#bytes = set.#gone ??= gone(set.#path);
  }
  /** Lets it be used again. */
  static revive(set: NodeSetBits): void {
    set.#bytes = set.#memory.bytes;
  }
}

function bitsOf(set: object): number {
  // Unwrapped only where need be, for that is slow.
  const bits = NodeSetBits.bitsOf(set) ?? NodeSetBits.bitsOf(unwrapped(set));
  if (bits !== undefined) return bits;
  throw new TypeError('a set of nodes can only be compared with another set of the same schema');
}

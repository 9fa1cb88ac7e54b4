import { addBlock, type Marks } from './blocks.ts';
import { ByteTrace } from './byteTrace.ts';
import { BoundsError } from './errors.ts';
import { LifecycleError, type LifecycleTable } from './lifecycleTable.ts';
import type { Node, NodeType } from './nodeType.ts';
import type { EffectHandlers, ReadonlyNodeSetView } from './viewTypes.ts';

/** Counts of lifecycle transitions taken, one counter per entry of a table's `next`. */
export type TransitionHits = ReadonlyMap<LifecycleTable<string, string, string>, Uint32Array>;

/** The view of a `nodeSet` field: one byte, one bit per node. */
export class NodeSetBits implements ReadonlyNodeSetView<string> {
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #type: NodeType<string>;

  constructor(bytes: Uint8Array, at: number, type: NodeType<string>) {
    this.#bytes = bytes;
    this.#at = at;
    this.#type = type;
  }
  get bits(): number {
    return this.#bytes[this.#at] as number;
  }
  get isEmpty(): boolean {
    return this.bits === 0;
  }
  get size(): number {
    let size = 0;
    for (let rest = this.bits; rest !== 0; rest &= rest - 1) size++;
    return size;
  }
  has(node: Node<string>): boolean {
    return ((this.bits >> node) & 1) === 1;
  }
  isSubsetOf(other: ReadonlyNodeSetView<string>): boolean {
    return (this.bits & ~bitsOf(other)) === 0;
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
    this.#store(this.bits | (1 << node));
  }
  delete(node: Node<string>): void {
    this.#bytes[this.#at] = this.bits & ~(1 << node);
  }
  clear(): void {
    this.#bytes[this.#at] = 0;
  }
  assign(other: ReadonlyNodeSetView<string>): void {
    this.#store(bitsOf(other));
  }
  /** Types tell sets apart by the name of their node type only: there may be two of one name. */
  #store(bits: number): void {
    const { name, count } = this.#type;
    if (bits >>> count !== 0) outOfBounds(`a set of ${count} ${name}s`, 'only these', bits);
    this.#bytes[this.#at] = bits;
  }
}

function bitsOf(set: ReadonlyNodeSetView<string>): number {
  if (set instanceof NodeSetBits) return set.bits;
  throw new TypeError('a set of nodes can only be compared with another set of the same schema');
}

/** Is told when one byte is read or written. */
interface Watcher {
  read(): void;
  written(): void;
}

/** Marks the block of one byte. */
class BlockWatcher implements Watcher {
  readonly #marks: Marks;
  readonly #plane: number;
  readonly #bit: number;

  constructor(marks: Marks, at: number) {
    const block = marks.blockOf[at] as number;
    this.#marks = marks;
    this.#plane = block >> 5;
    this.#bit = 1 << (block & 31);
  }
  read(): void {
    const { reads } = this.#marks;
    reads[this.#plane] = (reads[this.#plane] as number) | this.#bit;
  }
  written(): void {
    const { writes } = this.#marks;
    writes[this.#plane] = (writes[this.#plane] as number) | this.#bit;
  }
}

/** Traces one byte. */
class ByteWatcher implements Watcher {
  readonly #trace: ByteTrace;
  readonly #at: number;

  constructor(trace: ByteTrace, at: number) {
    this.#trace = trace;
    this.#at = at;
  }
  read(): void {
    this.#trace.reads(this.#at, 1);
  }
  written(): void {
    this.#trace.writes(this.#at, 1);
  }
}

/** What tells marks or a trace of the byte at `at`. */
export function watcherOf(marks: Marks | ByteTrace, at: number): Watcher {
  return marks instanceof ByteTrace ? new ByteWatcher(marks, at) : new BlockWatcher(marks, at);
}

/** Marks the blocks of a stretch of bytes as written. */
export function markWritten({ writes, blockOf }: Marks, at: number, size: number): void {
  for (let byte = at; byte < at + size; byte++) addBlock(writes, blockOf[byte] as number);
}

/** A set of nodes that tells whenever it is read or written. */
export class WatchedNodeSet extends NodeSetBits {
  readonly #watcher: Watcher;

  constructor(bytes: Uint8Array, at: number, type: NodeType<string>, watcher: Watcher) {
    super(bytes, at, type);
    this.#watcher = watcher;
  }
  override get bits(): number {
    this.#watcher.read();
    return super.bits;
  }
  override add(node: Node<string>): void {
    this.#watcher.read();
    this.#watcher.written();
    super.add(node);
  }
  override delete(node: Node<string>): void {
    this.#watcher.read();
    this.#watcher.written();
    super.delete(node);
  }
  override clear(): void {
    this.#watcher.written();
    super.clear();
  }
  override assign(other: ReadonlyNodeSetView<string>): void {
    // In this order: the other may be this one.
    super.assign(other);
    this.#watcher.written();
  }
}

/** Where a lifecycle is stored, and what is counted of it. */
export interface LifecyclePlace {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly path: string;
  readonly table: LifecycleTable<string, string, string>;
  readonly hits: TransitionHits;
}

/** The view of a `lifecycle` field: one byte, the index of the machine's state. */
export class LifecycleByte {
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #path: string;
  readonly #table: LifecycleTable<string, string, string>;
  readonly #hits: Uint32Array;

  constructor({ bytes, at, path, table, hits }: LifecyclePlace) {
    this.#bytes = bytes;
    this.#at = at;
    this.#path = path;
    this.#table = table;
    this.#hits = hits.get(table) ?? new Uint32Array(table.next.length);
  }
  get state(): string {
    return this.#table.states[this.#bytes[this.#at] as number] as string;
  }
  send<Subject>(event: string, effects: EffectHandlers<string, Subject>, subject: Subject): void {
    const table = this.#table;
    const column = table.events.indexOf(event);
    const entry = (this.#bytes[this.#at] as number) * table.events.length + column;
    const target = column < 0 ? -1 : (table.next[entry] as number);
    if (target < 0) throw new LifecycleError(this.#path, table, this.state, event);
    this.#bytes[this.#at] = target;
    this.#hits[entry] = (this.#hits[entry] as number) + 1;
    for (const effect of table.effects[entry] as readonly string[]) effects[effect]?.(subject);
  }
}

/** A lifecycle that tells whenever its state is read or changed. */
export class WatchedLifecycle extends LifecycleByte {
  readonly #watcher: Watcher;

  constructor(place: LifecyclePlace, watcher: Watcher) {
    super(place);
    this.#watcher = watcher;
  }
  override get state(): string {
    this.#watcher.read();
    return super.state;
  }
  override send<Subject>(
    event: string,
    effects: EffectHandlers<string, Subject>,
    subject: Subject,
  ): void {
    this.#watcher.read();
    this.#watcher.written();
    super.send(event, effects, subject);
  }
}

/** Reports a value outside its field's bounds. */
export function outOfBounds(path: string, expected: string, value: unknown): never {
  throw new BoundsError(path, `expected ${expected}, found ${String(value)}`);
}
/** Reports a node that is read before it was set. */
export function unset(path: string): never {
  throw new BoundsError(path, 'the node is read before it was set');
}
/** Reports a list that is full. */
export function full(path: string, capacity: number): never {
  throw new BoundsError(path, `the list is full (capacity ${capacity})`);
}
/** Reports an index or a node for which there is no element. */
export function noElement(path: string, index: unknown): never {
  throw new BoundsError(path, `there is no element ${String(index)}`);
}

import { LifecycleError, type LifecycleTable } from './lifecycleTable.ts';
import type { StateMemory } from './stateMemory.ts';
import { gone, readOnly } from './viewErrors.ts';
import { ContainerView } from './viewObjects.ts';
import type { EffectHandlers, LifecycleView } from './viewTypes.ts';
import { type Watcher, watcherOf } from './watcher.ts';

/** The view of a `lifecycle` field: one byte, the index of the machine's state. */
export class LifecycleByte extends ContainerView implements LifecycleView<string, string, string> {
  #bytes: Uint8Array;
  #gone: Uint8Array | undefined;
  readonly #at: number;
  readonly #path: string;
  readonly #memory: StateMemory;
  readonly #table: LifecycleTable<string, string, string>;
  readonly #hits: Uint32Array;
  readonly #watcher: Watcher | undefined;

  constructor(
    at: number,
    path: string,
    memory: StateMemory,
    table: LifecycleTable<string, string, string>,
  ) {
    super(path);
    this.#bytes = memory.bytes;
    this.#at = at;
    this.#path = path;
    this.#memory = memory;
    this.#table = table;
    this.#hits = memory.hits.get(table) ?? new Uint32Array(table.next.length);
    this.#watcher = watcherOf(memory.marks, at);
  }
  get state(): string {
    return this.#table.states[this.#read()] as string;
  }
  send<Subject>(event: string, effects: EffectHandlers<string, Subject>, subject: Subject): void {
    if (!this.#memory.isWritable) readOnly(this.#path);
    const table = this.#table;
    const column = table.events.indexOf(event);
    const entry = this.#read() * table.events.length + column;
    const target = column < 0 ? -1 : (table.next[entry] as number);
    if (target < 0) throw new LifecycleError(this.#path, table, this.state, event);
    this.#watcher?.written();
    this.#bytes[this.#at] = target;
    this.#hits[entry] = (this.#hits[entry] as number) + 1;
    for (const effect of table.effects[entry] as readonly string[]) effects[effect]?.(subject);
  }
  toJSON(): string {
    return this.state;
  }

  #read(): number {
    this.#watcher?.read();
    return this.#bytes[this.#at] as number;
  }

  /** Makes every further use of a lifecycle an error: its place was moved or removed. */
  static retire(view: LifecycleByte): void {
    view.#bytes = view.#gone ??= gone(view.#path);
  }
  /** Lets it be used again. */
  static revive(view: LifecycleByte): void {
    view.#bytes = view.#memory.bytes;
  }
}

import { isObject } from '../declarations.ts';
import { type Blocks, blocksOf, type Marks, PLANES } from './blocks.ts';
import type { ByteTrace } from './byteTrace.ts';
import { checkParts, checkSize } from './checkFields.ts';
import { type Fields, type IntField, type RecordField, record } from './fields.ts';
import { sizeOf } from './layout.ts';
import type { LifecycleTable } from './lifecycleTable.ts';
import type { NodeType } from './nodeType.ts';
import { lifecycleTablesOf, nodeTypesOf } from './schemaParts.ts';
import type { StateMemory, TransitionHits } from './stateMemory.ts';
import { compileView, type ViewClass } from './viewCompiler.ts';
import type { RecordView } from './viewTypes.ts';

/** How many faults, records and other bounded events are left. */
export type BudgetFields = { readonly [name: string]: IntField };

/**
 * The declaration of a model's state in its three parts. `protocol` is what the real system knows;
 * `ghost` is kept for properties only; `budget` bounds the search. All three are part of the
 * fingerprint, so no two states that differ anywhere are ever taken for one.
 */
export interface Schema<P extends Fields, G extends Fields, B extends BudgetFields> {
  readonly protocol: RecordField<P>;
  readonly ghost: RecordField<G>;
  readonly budget: RecordField<B>;
  /** The three parts as one record. */
  readonly whole: RecordField<{
    protocol: RecordField<P>;
    ghost: RecordField<G>;
    budget: RecordField<B>;
  }>;
  /** Bytes of a state, before they are padded to whole words. */
  readonly byteLength: number;
  /** Words of a state: its bytes, padded with zeros to a multiple of four. */
  readonly wordLength: number;
  readonly nodeTypes: readonly NodeType<string>[];
  readonly lifecycles: readonly LifecycleTable<string, string, string>[];
  /**
   * A new state, zeroed: every field has its initial value.
   *
   * @param words - The memory to make it in, {@link wordLength} words.
   */
  create(words?: Uint32Array): StoredState<P, G, B>;
  /**
   * The same, but its views mark every block that is read or written through them. What code returned
   * stays true while no block that it read has changed.
   */
  createObserved(): ObservedState<P, G, B>;
  /** The same, but its views tell the trace every byte that is read or written through them. */
  createTraced(trace: ByteTrace): StoredState<P, G, B>;
  /** The division of a state in which reads and changes are observed. */
  readonly blocks: Blocks;
}

/** A state as far as a model may see all of it: typed views. */
export interface State<P extends Fields, G extends Fields, B extends BudgetFields> {
  readonly protocol: RecordView<P>;
  readonly ghost: RecordView<G>;
  readonly budget: RecordView<B>;
}

/** A state with the bytes that its views are over. Copying a state is copying its words. */
interface StoredState<P extends Fields, G extends Fields, B extends BudgetFields>
  extends State<P, G, B> {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** How often each lifecycle transition was taken through these views. */
  readonly transitionHits: TransitionHits;
  /** What the views share: whether the state may be changed through them. */
  readonly memory: Pick<StateMemory, 'isWritable' | 'turn'>;
}

/** A state that observes what is read of it. */
interface ObservedState<P extends Fields, G extends Fields, B extends BudgetFields>
  extends StoredState<P, G, B> {
  /** The set of blocks that were read since it was last cleared: one bit each. */
  readonly reads: Int32Array;
  /** The set of blocks that were written, whether or not with another value. */
  readonly writes: Int32Array;
}

/** What a state is made of: its memory, and who watches its views. */
interface Under {
  readonly words?: Uint32Array;
  readonly marks?: Marks | ByteTrace;
}

/** A schema of which only the common shape is known. */
export type AnySchema = Schema<Fields, Fields, BudgetFields>;
/** A state of which only the common shape is known. */
export type AnyState = StoredState<Fields, Fields, BudgetFields>;

/**
 * Declares the state of a model.
 *
 * @throws SchemaError when a field cannot be laid out.
 */
export function defineSchema<P extends Fields, G extends Fields, B extends BudgetFields>(parts: {
  readonly protocol: P;
  readonly ghost: G;
  readonly budget: B;
}): Schema<P, G, B> {
  checkParts(parts);
  const protocol = record(parts.protocol);
  const ghost = record(parts.ghost);
  const budget = record(parts.budget);
  const whole = record({ protocol, ghost, budget });
  const byteLength = sizeOf(whole);
  checkSize(whole, byteLength);
  const wordLength = Math.ceil(byteLength / 4);
  const lifecycles = lifecycleTablesOf(whole);
  // Compiled when the first state of its kind is made: most searches need one kind only, and who asks
  // what a model has, as a plan does of some hundreds, none.
  const plainView = once(() => compileView(whole, 'nothing'));
  const observedView = once(() => compileView(whole, 'blocks'));
  const tracedView = once(() => compileView(whole, 'bytes'));
  const blocks = once(() => blocksOf(whole));

  const createWith = (
    view: ViewClass,
    { words = new Uint32Array(wordLength), marks }: Under,
  ): StoredState<P, G, B> => {
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    const transitionHits = new Map(
      lifecycles.map(table => [table, new Uint32Array(table.next.length)]),
    );
    const memory: StateMemory = { bytes, hits: transitionHits, marks, isWritable: true, turn: 0 };
    // The compiled view has exactly the shape that the declared types compute from the same fields.
    const root = view.make(0, '', memory) as State<P, G, B>;
    const { protocol: protocolView, ghost: ghostView, budget: budgetView } = root;
    return {
      bytes,
      words,
      protocol: protocolView,
      ghost: ghostView,
      budget: budgetView,
      transitionHits,
      memory,
    };
  };
  return {
    protocol,
    ghost,
    budget,
    whole,
    byteLength,
    wordLength,
    nodeTypes: nodeTypesOf(whole),
    lifecycles,
    create: words => createWith(plainView(), words === undefined ? {} : { words }),
    createObserved() {
      const [reads, writes] = [new Int32Array(PLANES), new Int32Array(PLANES)];
      const marks = { reads, writes, blockOf: blocks().ofByte };
      const state = createWith(observedView(), { marks });
      return { ...state, reads, writes };
    },
    createTraced: trace => createWith(tracedView(), { marks: trace }),
    get blocks() {
      return blocks();
    },
  };
}

/** Whether a value is what {@link defineSchema} returns, be it that of another copy of this file. */
export function isSchema(value: unknown): value is AnySchema {
  return isObject(value) && 'create' in value && 'whole' in value && 'nodeTypes' in value;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Copies `from` into `to`. */
export function copyState(
  from: { readonly words: Uint32Array },
  to: { readonly words: Uint32Array },
): void {
  to.words.set(from.words);
}

/** Whether two states are the same, byte for byte. */
export function equalStates(
  a: { readonly words: Uint32Array },
  b: { readonly words: Uint32Array },
): boolean {
  const [left, right] = [a.words, b.words];
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return left.length === right.length;
}

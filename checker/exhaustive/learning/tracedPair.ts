import type { ActionInstance, CompiledModel, ModelState } from '../../core/compiledModel.ts';
import type { TakenAction } from '../../model/property.ts';
import { ByteTrace } from '../../state/byteTrace.ts';
import type { StateMemory } from '../../state/permutation.ts';

/** Bytes of the number of an instance. */
export const INSTANCE_BYTES = 3;

/**
 * The memory of a step: the state before it, the state after it, and the number of the instance that
 * was taken. What code reads of it has an offset in one line of bytes.
 */
export class StepMemory {
  readonly bytes: Uint8Array;
  readonly before: StateMemory;
  readonly after: StateMemory;
  readonly #instanceAt: number;

  /** @param words - Of a state. */
  constructor(words: number) {
    const memory = new Uint32Array(2 * words + 1);
    this.bytes = new Uint8Array(memory.buffer);
    this.before = memoryOf(memory.subarray(0, words));
    this.after = memoryOf(memory.subarray(words, 2 * words));
    this.#instanceAt = 8 * words;
  }

  get instance(): number {
    const [at, bytes] = [this.#instanceAt, this.bytes];
    return (
      (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16)
    );
  }
  set instance(index: number) {
    this.bytes[this.#instanceAt] = index & 255;
    this.bytes[this.#instanceAt + 1] = (index >> 8) & 255;
    this.bytes[this.#instanceAt + 2] = index >> 16;
  }
}

function memoryOf(words: Uint32Array): StateMemory {
  return { words, bytes: new Uint8Array(words.buffer, words.byteOffset, words.byteLength) };
}

/** The states of a step, and the action, of which it is traced what code reads. */
export class TracedPair {
  /** Offsets in the bytes of a {@link StepMemory}, in the order in which they were first read. */
  readonly read: number[] = [];
  readonly before: ModelState;
  readonly after: ModelState;
  readonly beforeTrace: ByteTrace;
  readonly #afterTrace: ByteTrace;
  readonly #actionTrace: ByteTrace;
  readonly #instances: readonly ActionInstance[];

  constructor(model: CompiledModel) {
    const size = model.schema.wordLength * 4;
    const { read } = this;
    this.beforeTrace = new ByteTrace(size, { read, from: 0 });
    this.#afterTrace = new ByteTrace(size, { read, from: size });
    this.#actionTrace = new ByteTrace(INSTANCE_BYTES, { read, from: 2 * size });
    this.before = model.createTracedState(this.beforeTrace);
    this.after = model.createTracedState(this.#afterTrace);
    this.#instances = model.instances;
    this.end();
  }

  /** Makes the first state this one, of which nothing has been read. */
  begin(before: StateMemory): void {
    this.read.length = 0;
    this.beforeTrace.clear();
    this.before.words.set(before.words);
  }

  /** Makes both states those of a step, of which nothing has been read. */
  beginStep({ before, after }: StepMemory): void {
    this.begin(before);
    this.#afterTrace.clear();
    this.#actionTrace.clear();
    this.after.words.set(after.words);
  }

  /** Nobody may read the states any more. */
  end(): void {
    this.beforeTrace.close();
    this.#afterTrace.close();
  }

  actionOf(instance: number): TakenAction {
    return tracedAction(this.#instances[instance] as ActionInstance, this.#actionTrace);
  }
}

/** Whoever reads any part of the action depends on which instance it is. */
function tracedAction({ taken }: ActionInstance, trace: ByteTrace): TakenAction {
  return {
    get name() {
      trace.reads(0, INSTANCE_BYTES);
      return taken.name;
    },
    get actor() {
      trace.reads(0, INSTANCE_BYTES);
      return taken.actor;
    },
    get params() {
      trace.reads(0, INSTANCE_BYTES);
      return taken.params;
    },
  };
}

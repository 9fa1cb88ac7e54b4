import type { CompiledModel } from '../../core/compiledModel.ts';
import type { GroupElement, SymmetryGroup } from '../../core/symmetryGroup.ts';
import type { StateMemory } from '../../state/permutation.ts';
import type { ReadLog } from './readLog.ts';
import { StepMemory, TracedPair } from './tracedPair.ts';

/**
 * The line of bytes that guards, steps and properties are computed from – of a step the state before, the
 * state after, and the instance – and what it is when nodes change names.
 */
export class RenamedLines {
  readonly group: SymmetryGroup;
  /** What is computed is computed on these views. */
  readonly pair: TracedPair;
  readonly #lines: readonly StepMemory[];
  /** For each renaming and offset in the line: the offset of which it is made. */
  readonly #sources: readonly Uint32Array[];
  #isStep = false;
  /** How many of the lines are those of the present one. */
  #made = 1;

  constructor(model: CompiledModel, group: SymmetryGroup) {
    this.group = group;
    this.pair = new TracedPair(model);
    this.#lines = group.elements.map(() => new StepMemory(model.schema.wordLength));
    const { length } = this.#first.bytes;
    this.#sources = group.elements.map(({ states: { sources } }) =>
      Uint32Array.from({ length }, (_, at) => {
        // Both states of a step are renamed alike; the number of the instance is read as a whole.
        if (at >= 2 * sources.length) return at;
        const inState = at % sources.length;
        return at - inState + (sources[inState] as number);
      }),
    );
  }

  /** Makes the line that of one state. */
  setState({ words }: StateMemory): void {
    this.#first.before.words.set(words);
    this.#isStep = false;
    this.#made = 1;
  }

  /** Makes the line that of a step. */
  setStep(step: StepMemory): void {
    this.#first.bytes.set(step.bytes);
    this.#isStep = true;
    this.#made = 1;
  }

  /** The line as it is after a renaming; that with the number 0 changes nothing. */
  line(renaming: number): StepMemory {
    for (; this.#made <= renaming; this.#made++) this.#rename(this.#made);
    return this.#lines[renaming] as StepMemory;
  }

  /** Makes the views those of a line, of which nothing has been read. */
  begin(renaming: number): StepMemory {
    const line = this.line(renaming);
    if (this.#isStep) this.pair.beginStep(line);
    else this.pair.begin(line.before);
    return line;
  }

  /** Adds the offsets of which the bytes at these offsets of the renamed line are made. */
  addSources(renaming: number, offsets: readonly number[], log: ReadLog): void {
    const sources = this.#sources[renaming] as Uint32Array;
    for (let index = 0; index < offsets.length; index++) {
      log.add(sources[offsets[index] as number] as number);
    }
  }

  get #first(): StepMemory {
    return this.#lines[0] as StepMemory;
  }

  #rename(renaming: number): void {
    const { states, instances } = this.group.elements[renaming] as GroupElement;
    const line = this.#lines[renaming] as StepMemory;
    states.apply(this.#first.before, line.before);
    if (!this.#isStep) return;
    states.apply(this.#first.after, line.after);
    line.instance = instances[this.#first.instance] as number;
  }
}

import type {
  ActionInstance,
  CompiledModel,
  ModelState,
} from '../../checker/core/compiledModel.ts';
import type { AnyProperty, TakenAction } from '../../checker/model/property.ts';
import { ByteTrace } from '../../checker/state/byteTrace.ts';
import { addAll, addBytes, type ByteSet, emptyByteSet } from './byteSet.ts';

/** Which bytes of the state are touched: the finest division that views can tell apart. */
export interface Footprint {
  readonly reads: ByteSet;
  readonly writes: ByteSet;
}

/** What is known of one step. */
export interface ObservedStep {
  readonly after: ModelState;
  /** What the guard and the step touched. */
  readonly touched: Footprint;
  /** The same with what the properties of steps read. */
  readonly withProperties: Footprint;
  /** What the properties of steps say of it. */
  readonly finding: string;
}

/** What is found of a property in a state, or in a step: its antecedent may be false. */
type Finding = 'broken' | 'reached' | 'held' | 'idle';

/** A state that says what is read and written of it. */
class Watched {
  readonly trace: ByteTrace;
  readonly state: ModelState;

  constructor(model: CompiledModel) {
    this.trace = new ByteTrace(model.schema.wordLength * 4, { read: [], from: 0 });
    this.state = model.createTracedState(this.trace);
  }

  clear(): void {
    this.trace.read.length = 0;
    this.trace.clear();
  }
}

/** Plays guards, steps and properties on watched states, and keeps what they touch. */
export class Observer {
  /** Everything that a property read in any state that was looked at. */
  readonly propertyReads: ByteSet;
  /** By instance: everything that it touched in any state that was looked at. */
  readonly footprints: readonly Footprint[];
  readonly #model: CompiledModel;
  readonly #before: Watched;
  readonly #after: Watched;
  readonly #invariants: readonly AnyProperty[];
  readonly #ofSteps: readonly AnyProperty[];

  constructor(model: CompiledModel, properties: readonly AnyProperty[]) {
    this.#model = model;
    this.#before = new Watched(model);
    this.#after = new Watched(model);
    const applicable = properties.filter(({ notApplicable }) => notApplicable === undefined);
    this.#invariants = applicable.filter(({ kind }) => kind === 'invariant');
    this.#ofSteps = applicable.filter(({ kind }) => kind !== 'invariant');
    this.propertyReads = this.#noPlaces();
    this.footprints = model.instances.map(() => this.#nothing());
  }

  /** Looks at a state from now on. */
  look(words: Uint32Array): void {
    this.#before.state.words.set(words);
  }

  /** Whether the instance is enabled in the state; `reads` is what its guard read, until the next. */
  enabled(instance: number): { readonly isEnabled: boolean; readonly reads: readonly number[] } {
    this.#before.clear();
    const { budget } = this.#instanceOf(instance);
    // The budget is not read through views.
    if (budget !== undefined) this.#before.trace.reads(budget.at, budget.width);
    const isEnabled = this.#model.enabled(this.#before.state, instance) === true;
    const { read } = this.#before.trace;
    addBytes(this.#footprintOf(instance).reads, read);
    return { isEnabled, reads: read };
  }

  /** Takes the instance, which must be enabled; the state after it is valid until the next step. */
  step(instance: number): ObservedStep {
    const { state, trace } = this.#after;
    const touched = this.#nothing();
    addBytes(touched.reads, this.enabled(instance).reads);
    state.words.set(this.#before.state.words);
    this.#after.clear();
    this.#model.step(state, instance);
    addBytes(touched.reads, trace.read);
    addBytes(touched.writes, trace.written);
    const whole = this.#footprintOf(instance);
    addAll(whole.reads, touched.reads);
    addAll(whole.writes, touched.writes);
    const { finding, reads } = this.#ofStep(instance);
    addAll(reads, touched.reads);
    const withProperties = { reads, writes: touched.writes };
    return { after: state, touched, withProperties, finding };
  }

  /** What the invariants say of the state. */
  ofState(): string {
    this.#before.clear();
    const { state, trace } = this.#before;
    const text = this.#invariants.map(property => findingOf(property, state)).join();
    addBytes(this.propertyReads, trace.read);
    return text;
  }

  /** What the properties of steps say of the step that was just taken, and what they read. */
  #ofStep(instance: number): { readonly finding: string; readonly reads: ByteSet } {
    const { taken } = this.#instanceOf(instance);
    const [before, after] = [this.#before, this.#after];
    before.clear();
    after.clear();
    const findings = this.#ofSteps.map(property =>
      findingOf(property, before.state, after.state, taken),
    );
    const reads = this.#noPlaces();
    addBytes(reads, before.trace.read);
    addBytes(reads, after.trace.read);
    addAll(this.propertyReads, reads);
    return { finding: findings.join(), reads };
  }

  /** The names of the properties with what was found of them, for texts of {@link ofState}. */
  foundInStates(texts: Iterable<string>): string[] {
    return named(this.#invariants, texts);
  }

  /** The same for texts of {@link ofStep}. */
  foundInSteps(texts: Iterable<string>): string[] {
    return named(this.#ofSteps, texts);
  }

  #noPlaces(): ByteSet {
    return emptyByteSet(this.#model.schema.wordLength * 4);
  }

  #nothing(): Footprint {
    return { reads: this.#noPlaces(), writes: this.#noPlaces() };
  }

  #instanceOf(instance: number): ActionInstance {
    const found = this.#model.instances[instance];
    if (found === undefined) throw new Error(`no instance ${instance}`);
    return found;
  }

  #footprintOf(instance: number): Footprint {
    const footprint = this.footprints[instance];
    if (footprint === undefined) throw new Error(`no instance ${instance}`);
    return footprint;
  }
}

function findingOf(
  property: AnyProperty,
  before: ModelState,
  after: ModelState = before,
  taken: TakenAction = { name: '', actor: '', params: {} },
): Finding {
  const [from, to] = [before.propertyScope, after.propertyScope];
  if (property.kind === 'sometimes') {
    return property.reaches(from, to, taken) ? 'reached' : 'idle';
  }
  if (property.kind === 'invariant') {
    if (property.when?.(from) === false) return 'idle';
    return property.holds(from) === true ? 'held' : 'broken';
  }
  if (property.when?.(from, to, taken) === false) return 'idle';
  return property.holds(from, to, taken) === true ? 'held' : 'broken';
}

/** Each property with what was found of it, as `name: broken`; that it was idle is nothing. */
function named(properties: readonly AnyProperty[], texts: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    text.split(',').forEach((finding, place) => {
      const name = properties[place]?.name;
      if (name !== undefined && finding !== 'idle') found.add(`${name}: ${finding}`);
    });
  }
  return [...found].sort();
}

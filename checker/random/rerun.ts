import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import { type Judgement, judge } from '../core/judgement.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { copyState, equalStates } from '../state/schema.ts';
import { hashOf, type StateHash } from './observedRun.ts';

/** A run as it was when it was drawn. */
export interface DrawnRun {
  readonly walk: Walk;
  /** The hash of each state, the initial one first. */
  readonly hashes: readonly StateHash[];
  /**
   * For each property that was asked: after how many steps it was found violated or reached, undefined if it
   * was not.
   */
  readonly found: ReadonlyMap<AnyProperty, number | undefined>;
}

/** The first so many runs, and then one in so many, are made again and held to themselves. */
const REPEAT_FIRST = 8;
const REPEAT_EVERY = 488;

/** Whether a run, by its number from 1, is made again in any case. */
export function isRepeated(run: number): boolean {
  return run <= REPEAT_FIRST || run % REPEAT_EVERY === 1;
}

/** Words of the states of a run that are kept, to go back through them. */
const MOST_KEPT_WORDS = 2 ** 24;
/** Guards that are asked in a state, so that repeating costs about as much as drawing. */
const GUARDS_ASKED = 32;

/** Steps after which a run goes on with new states; other ones in each run that is made again. */
const RENEW_EVERY = 8;

/** What is said by code that throws: it may be that nobody asked it when the run was drawn. */
type Thrown = 't';

/** What guards and properties say in one state of the run. */
interface Said {
  /** Of some of the live instances, in order, whether they can be taken. */
  readonly enabled: readonly (boolean | Thrown)[];
  /** Of each property. */
  readonly judgements: readonly (Judgement | Thrown)[];
}

/**
 * Makes a run again, twice, with everything asked anew, and holds it to itself: what a step leads to,
 * what guards say and what properties say must be the same whenever the state is. The first time goes
 * forward; the second goes back from state to state, so that what code remembers of the way is
 * something else. Both are held to what the run was when it was drawn, where guards and properties are not
 * asked again if nothing that they read has changed.
 */
export class Rerun {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  #before: ModelState;
  #after: ModelState;
  readonly #scratch: ModelState;
  #checks = 0;
  /** By initial state, what was said of it in the first run that began there. */
  readonly #saidAtFirst = new Map<number, Said>();

  constructor(model: CompiledModel, properties: readonly AnyProperty[]) {
    this.#model = model;
    this.#properties = properties;
    // Of the kind that runs are drawn on: code that sees views of several kinds is slower with all of them.
    this.#before = model.createObservedState();
    this.#after = model.createObservedState();
    this.#scratch = model.createObservedState();
  }

  /**
   * Sees only that the same steps lead to the same states.
   *
   * @throws NondeterminismError naming the action that differs.
   */
  retrace(drawn: DrawnRun): void {
    for (let at = 0; at <= drawn.walk.actions.length; at++) this.#goTo(drawn, at);
  }

  /**
   * @throws NondeterminismError naming the action or the property that differs, with the steps to where it
   * does.
   */
  check(drawn: DrawnRun): void {
    const kept: Uint32Array[] = [];
    const said: Said[] = [];
    const most = Math.floor(MOST_KEPT_WORDS / this.#after.words.length);
    const open = new Map(drawn.found);
    this.#checks++;
    for (let at = 0; at <= drawn.walk.actions.length; at++) {
      if (at % RENEW_EVERY === this.#checks % RENEW_EVERY) this.#renew();
      this.#goTo(drawn, at);
      const now = this.#saidAt(drawn.walk, at);
      if (at === 0) this.#compareToFirst(drawn.walk, now);
      this.#compareToDrawn(drawn, { at, open, said: now });
      if (at >= most) continue;
      kept.push(Uint32Array.from(this.#after.words));
      said.push(now);
    }
    for (let at = kept.length - 1; at >= 0; at--) this.#goBackTo(drawn.walk, { at, kept, said });
  }

  /** Goes on with states that code has not seen: what it remembers of others, by their views, must not matter. */
  #renew(): void {
    const after = this.#model.createObservedState();
    copyState(this.#after, after);
    this.#after = after;
    this.#before = this.#model.createObservedState();
  }

  /** Takes the next step, to the state of this number. */
  #goTo({ walk, hashes }: DrawnRun, at: number): void {
    if (at === 0) {
      this.#expect(walk, { at, what: 'the initial state' }, () => {
        this.#model.initialize(this.#after, walk.initialState);
        return isHash(this.#after, hashes[0]);
      });
      return;
    }
    copyState(this.#after, this.#before);
    const index = walk.actions[at - 1] as number;
    this.#expect(walk, { at: at - 1, what: `the guard of ${this.#labelOf(index)}`, index }, () => {
      return this.#model.enabled(this.#before, index) === true;
    });
    this.#expect(walk, { at: at - 1, what: this.#labelOf(index), index }, () => {
      this.#model.step(this.#after, index);
      return isHash(this.#after, hashes[at]);
    });
  }

  #saidAt(walk: Walk, at: number): Said {
    const enabled = Array.from(guardsAskedAt(this.#model, at), index =>
      orThrown(() => this.#model.enabled(this.#after, index) === true),
    );
    const judgements = this.#properties.map(property =>
      orThrown(() => this.#judgementOf(property, walk, at)),
    );
    return { enabled, judgements };
  }

  #judgementOf(property: AnyProperty, { actions }: Walk, at: number): Judgement {
    if (at === 0) return judge(property, this.#after);
    const { taken } = this.#model.instances[actions[at - 1] as number] as ActionInstance;
    return judge(property, this.#after, { before: this.#before, taken });
  }

  /** Runs begin in few states: what is said of one is what was said of it before. */
  #compareToFirst(walk: Walk, said: Said): void {
    const first = this.#saidAtFirst.get(walk.initialState);
    if (first === undefined) this.#saidAtFirst.set(walk.initialState, said);
    else this.#compare(walk, { at: 0, first, again: said });
  }

  #compareToDrawn(
    { walk, found }: DrawnRun,
    { at, open, said }: { at: number; open: Map<AnyProperty, unknown>; said: Said },
  ): void {
    this.#properties.forEach((property, place) => {
      if (!open.has(property)) return;
      const judgement = said.judgements[place];
      const isFound = judgement === 'v' || judgement === 'r';
      const wasFound = found.get(property) === at;
      if (isFound !== wasFound || judgement === 't')
        this.#differs(walk, { at, what: `property "${property.name}"` });
      // From then on it was not looked at.
      if (isFound) open.delete(property);
    });
  }

  /** Asks everything in a state again, of which those before it have not been asked since. */
  #goBackTo(
    walk: Walk,
    { at, kept, said }: { at: number; kept: readonly Uint32Array[]; said: readonly Said[] },
  ): void {
    this.#after.words.set(kept[at] as Uint32Array);
    if (at > 0) this.#before.words.set(kept[at - 1] as Uint32Array);
    this.#compare(walk, { at, first: said[at] as Said, again: this.#saidAt(walk, at) });
    if (at === 0) return;
    const index = walk.actions[at - 1] as number;
    this.#expect(walk, { at: at - 1, what: this.#labelOf(index), index }, () => {
      copyState(this.#before, this.#scratch);
      this.#model.step(this.#scratch, index);
      return equalStates(this.#scratch, this.#after);
    });
  }

  #compare(
    walk: Walk,
    { at, first, again }: { readonly at: number; readonly first: Said; readonly again: Said },
  ): void {
    const asked = guardsAskedAt(this.#model, at);
    again.enabled.forEach((isEnabled, place) => {
      if (isEnabled === first.enabled[place]) return;
      const index = asked[place] as number;
      this.#differs(walk, { at, what: `the guard of ${this.#labelOf(index)}`, index });
    });
    again.judgements.forEach((judgement, place) => {
      if (judgement === first.judgements[place]) return;
      this.#differs(walk, { at, what: `property "${this.#properties[place]?.name}"` });
    });
  }

  /** Does something again; if it throws now, it is as different as can be. */
  #expect(walk: Walk, place: Place, isAsBefore: () => boolean): void {
    try {
      if (isAsBefore()) return;
    } catch (cause) {
      this.#differs(walk, place, cause);
    }
    this.#differs(walk, place);
  }

  #differs({ actions }: Walk, { at, what, index }: Place, cause?: unknown): never {
    const steps = this.#model.stepsOf([
      ...actions.slice(0, at),
      ...(index === undefined ? [] : [index]),
    ]);
    throw new NondeterminismError(nondeterminismMessage(what), steps, cause);
  }

  #labelOf(index: number): string {
    return labelOf((this.#model.instances[index] as ActionInstance).taken);
  }
}

/** What is asked, after how many steps, and of which instance, if of one. */
interface Place {
  readonly at: number;
  readonly what: string;
  readonly index?: number;
}

function isHash({ words }: ModelState, hash: StateHash | undefined): boolean {
  const { low, high } = hashOf(new Int32Array(words.buffer, words.byteOffset, words.length));
  return hash !== undefined && low === hash.low && high === hash.high;
}

/** The guards that are asked after so many steps, others each time: in many states all of them are. */
export function guardsAskedAt({ live }: CompiledModel, at: number): Uint32Array {
  const first = (at * GUARDS_ASKED) % Math.max(1, live.length);
  return live.subarray(first, first + GUARDS_ASKED);
}

function orThrown<Answer>(ask: () => Answer): Answer | Thrown {
  try {
    return ask();
  } catch {
    return 't';
  }
}

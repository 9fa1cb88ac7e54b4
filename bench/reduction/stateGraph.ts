import { CompiledModel } from '../../checker/core/compiledModel.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { fingerprintOf, formatFingerprint } from '../../checker/state/fingerprint.ts';
import { type Footprint, Observer } from './observer.ts';

/** A step from a state, by the numbers of the instance and of the state that it leads to. */
export interface Edge {
  readonly instance: number;
  readonly target: number;
  /** What the properties of steps say of it. */
  readonly finding: string;
  /** What this very step touched, without and with what the properties of steps read. */
  readonly touched: Footprint;
  readonly withProperties: Footprint;
}

/** Every state of a scope with every step, and what each instance touched on all of them. */
export class StateGraph {
  readonly model: CompiledModel;
  readonly observer: Observer;
  readonly initial: readonly number[];
  /** By state: its steps, in the order of their instances. */
  readonly edges: Edge[][] = [];
  /** By state: what the invariants say of it. */
  readonly findings: string[] = [];
  /** The steps of all states. */
  steps = 0;
  readonly #numbers = new Map<string, number>();
  readonly #words: Uint32Array[] = [];

  /** @throws Error when there are more states than `most`. */
  constructor(model: AnyModel, properties: readonly AnyProperty[], most: number) {
    this.model = new CompiledModel(model);
    this.observer = new Observer(this.model, properties);
    const state = this.model.createState();
    this.initial = model.initialStates.map((_, index) => {
      this.model.initialize(state, index);
      return this.#numberOf(state.words);
    });
    for (let at = 0; at < this.#words.length; at++) {
      if (at >= most) throw new Error(`${model.name}: more than ${most} states`);
      this.#expand(at);
    }
  }

  get size(): number {
    return this.edges.length;
  }

  /** The state that an instance leads to, or undefined if it is not enabled. */
  after(state: number, instance: number): number | undefined {
    return this.edgesOf(state).find(edge => edge.instance === instance)?.target;
  }

  /** The steps of a state. */
  edgesOf(state: number): readonly Edge[] {
    const edges = this.edges[state];
    if (edges === undefined) throw new Error(`no state ${state}`);
    return edges;
  }

  /** Lets the observer look at a state. */
  look(state: number): void {
    const words = this.#words[state];
    if (words === undefined) throw new Error(`no state ${state}`);
    this.observer.look(words);
  }

  /** What is found of the properties in these states and by steps with these findings. */
  found(states: Iterable<number>, steps: Iterable<string>): string[] {
    const reached = new Set([...states].map(state => this.findings[state] ?? ''));
    return [...this.observer.foundInStates(reached), ...this.observer.foundInSteps(steps)];
  }

  /** What is found in the whole scope. */
  everything(): string[] {
    const steps = new Set(this.edges.flatMap(edges => edges.map(({ finding }) => finding)));
    return this.found(this.edges.keys(), steps);
  }

  #expand(at: number): void {
    this.look(at);
    this.findings.push(intern(this.observer.ofState()));
    const edges: Edge[] = [];
    for (const instance of this.model.live) {
      if (!this.observer.enabled(instance).isEnabled) continue;
      const { after, finding, touched, withProperties } = this.observer.step(instance);
      const target = this.#numberOf(after.words);
      edges.push({ instance, target, finding: intern(finding), touched, withProperties });
    }
    this.edges.push(edges);
    this.steps += edges.length;
  }

  #numberOf(words: Uint32Array): number {
    const fingerprint = { low: 0, high: 0 };
    fingerprintOf(words, fingerprint);
    const text = formatFingerprint(fingerprint);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#words.length);
    this.#words.push(words.slice());
    return this.#words.length - 1;
  }
}

const interned = new Map<string, string>();

/** One copy of each text: findings repeat. */
function intern(text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  interned.set(text, text);
  return text;
}

import type { ActionInstance, CompiledModel, ModelState } from '../explore/compiledModel.ts';
import { nondeterminismMessage } from '../explore/errors.ts';
import { fanOutOf } from '../state/fanOut.ts';
import { DecisionForest, UNKNOWN } from './decisionForest.ts';
import { Effects } from './effects.ts';
import type { Judge } from './judge.ts';
import { NumberedLists } from './numberedLists.ts';
import { StepMemory, TracedPair } from './tracedPair.ts';

/** An effect that is not remembered: the step is to be taken. */
export const UNLEARNED = -1;

/** When so many different outcomes are known, no more are remembered. */
const MOST_OUTCOMES = 1 << 20;

/** Instances whose guards are asked together. */
interface Group {
  readonly tree: number;
  readonly instances: readonly number[];
}

/**
 * A model and its properties, which are not asked again where it is known what they come to: guards, steps
 * and properties are functions of the few bytes that they read, and are computed once for each choice
 * of these (see {@link DecisionForest}). When memory for it is used up they are computed.
 */
export class LearnedModel {
  readonly memory: StepMemory;
  readonly effects = new Effects();
  readonly #model: CompiledModel;
  readonly #judge: Judge;
  readonly #pair: TracedPair;
  readonly #ofStates: DecisionForest;
  readonly #ofSteps: DecisionForest;
  /** Guards that often look at the same: those of the same actor. */
  readonly #groups: readonly Group[];
  /** By instance. */
  readonly #effectTrees: readonly number[];
  readonly #invariantsTree: number;
  #stepTree: number;
  /** Lists of instances that are enabled, and of properties with what they came to. */
  readonly #lists = new NumberedLists();

  constructor(model: CompiledModel, instances: Uint32Array, judge: Judge) {
    this.#model = model;
    this.#judge = judge;
    this.memory = new StepMemory(model);
    this.#pair = new TracedPair(model);
    const fanOut = [...fanOutOf(model.schema)];
    const count = model.instances.length;
    const ofInstance = [Math.min(256, count), (count >> 8) + 1];
    const ofStates = new DecisionForest(Uint16Array.from(fanOut));
    this.#ofStates = ofStates;
    this.#ofSteps = new DecisionForest(Uint16Array.from([...fanOut, ...fanOut, ...ofInstance]));
    this.#groups = [...groupsOf(model, instances).values()].map(members => ({
      tree: ofStates.plant(),
      instances: members,
    }));
    this.#effectTrees = model.instances.map(() => ofStates.plant());
    this.#invariantsTree = ofStates.plant();
    this.#stepTree = this.#ofSteps.plant();
  }

  get bytes(): number {
    return this.#ofStates.bytes + this.#ofSteps.bytes + this.effects.writes.bytes;
  }

  /** Say that other step properties are asked from now on. */
  forgetSteps(): void {
    this.#stepTree = this.#ofSteps.plant();
  }

  /** Writes the instances that are enabled in the state before into `into`, and returns how many. */
  enabled(into: Uint32Array): number {
    let count = 0;
    for (let index = 0; index < this.#groups.length; index++) {
      const group = this.#groups[index] as Group;
      const known = this.#ofStates.find(group.tree, this.memory.before.bytes);
      const list = known === UNKNOWN ? this.#learnGroup(group) : this.#lists.get(known);
      for (let place = 0; place < list.length; place++) into[count++] = list[place] as number;
    }
    return count;
  }

  #learnGroup({ tree, instances }: Group): readonly number[] {
    const { before } = this.memory;
    const pair = this.#pair;
    pair.begin(before);
    const enabled = instances.filter(instance => {
      this.#model.traceBudget(instance, pair.beforeTrace);
      return this.#model.enabled(pair.before, instance) === true;
    });
    this.#learn(this.#ofStates, { tree, bytes: before.bytes, list: enabled });
    return enabled;
  }

  /** The effect of an instance, which is enabled, on the state before: a number, or {@link UNLEARNED}. */
  effectOf(instance: number): number {
    const tree = this.#effectTrees[instance] as number;
    const known = this.#ofStates.find(tree, this.memory.before.bytes);
    return known === UNKNOWN ? this.#learnEffect(instance, tree) : known;
  }

  #learnEffect(instance: number, tree: number): number {
    if (this.#ofStates.isFull || this.effects.count > MOST_OUTCOMES) return UNLEARNED;
    const { before } = this.memory;
    const pair = this.#pair;
    const state = pair.before;
    pair.begin(before);
    for (const counts of state.transitionHits.values()) counts.fill(0);
    this.#model.step(state, instance);
    const { written } = pair.beforeTrace;
    const effect = this.effects.numberOf(state.bytes, written, state.transitionHits);
    if (!this.#ofStates.learn(tree, before.bytes, pair.read, effect)) throw new ForgetfulError();
    return effect;
  }

  /** The invariants that say something of a state, each with whether it is violated: see {@link Judge}. */
  judgeState(state: ModelState): readonly number[] {
    const tree = this.#invariantsTree;
    const known = this.#ofStates.find(tree, state.bytes);
    if (known !== UNKNOWN) return this.#lists.get(known);
    if (!this.#mayLearn(this.#ofStates)) return this.#judge.state(state);
    this.#pair.begin(state);
    const list = this.#judge.state(this.#pair.before);
    this.#learn(this.#ofStates, { tree, bytes: state.bytes, list });
    return list;
  }

  /** The same of step properties and goals, on the step in memory. */
  judgeStep(instance: number): readonly number[] {
    const { bytes } = this.memory;
    const known = this.#ofSteps.find(this.#stepTree, bytes);
    if (known !== UNKNOWN) return this.#lists.get(known);
    if (!this.#mayLearn(this.#ofSteps)) {
      const { taken } = this.#model.instances[instance] as ActionInstance;
      return this.#judge.step(this.memory, taken);
    }
    this.#pair.beginStep(this.memory);
    const list = this.#judge.step(this.#pair, this.#pair.actionOf(instance));
    this.#learn(this.#ofSteps, { tree: this.#stepTree, bytes, list });
    return list;
  }

  #mayLearn(forest: DecisionForest): boolean {
    return !forest.isFull && this.#lists.count < MOST_OUTCOMES;
  }

  #learn(
    forest: DecisionForest,
    { tree, bytes, list }: { tree: number; bytes: Uint8Array; list: readonly number[] },
  ): void {
    if (!this.#mayLearn(forest)) return;
    const outcome = this.#lists.numberOf(list);
    if (!forest.learn(tree, bytes, this.#pair.read, outcome)) throw new ForgetfulError();
  }
}

/** A function read something else, or in another order, although all that it had read was the same. */
export class ForgetfulError extends Error {
  constructor() {
    super(nondeterminismMessage('a guard, a step or a property'));
  }
}

function groupsOf(model: CompiledModel, instances: Uint32Array): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const index of instances) {
    const { taken } = model.instances[index] as ActionInstance;
    const group = groups.get(taken.actor) ?? [];
    groups.set(taken.actor, group);
    group.push(index);
  }
  return groups;
}

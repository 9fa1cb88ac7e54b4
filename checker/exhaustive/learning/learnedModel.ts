import type { SymmetryCheck } from '../../core/asymmetry.ts';
import type {
  ActionInstance,
  CompiledModel,
  ModelState,
  StrictModelState,
} from '../../core/compiledModel.ts';
import { ModelError } from '../../core/errors.ts';
import { type Evaluator, outcomesOf } from '../../core/evaluator.ts';
import { comparesIdentity, identityMessage } from '../../core/objectIdentity.ts';
import { SymmetryGroup } from '../../core/symmetryGroup.ts';
import { MOST_OUTCOMES } from '../../limits.ts';
import type { AnyProperty } from '../../model/property.ts';
import { byteCardinalities } from '../../state/cardinalities.ts';
import type { NodeType } from '../../state/nodeType.ts';
import { DecisionForest, UNKNOWN } from './decisionForest.ts';
import { Deltas } from './deltas.ts';
import { Guards } from './guards.ts';
import { JointOutcomes } from './jointOutcomes.ts';
import { type Functions, LearnedFunctions } from './learnedFunctions.ts';
import type { ReadLog } from './readLog.ts';
import { RenamedLines } from './renamedLines.ts';
import { StepSources } from './stepSources.ts';
import { INSTANCE_BYTES, StepMemory } from './tracedPair.ts';

/** A delta that is not remembered: the step is to be taken. */
export const UNLEARNED = -1;

/** Instances of the same actor, which often read the same. */
interface Actor {
  readonly tree: number;
  /** Numbers of {@link Guards}. */
  readonly members: readonly number[];
}

export interface LearningOptions {
  /** With symmetry: the types whose nodes are interchangeable. */
  readonly types?: readonly NodeType<string>[] | undefined;
  /** Words of each forest, if not as many as there may be. */
  readonly forestWords?: number | undefined;
}

/**
 * A model and its properties, which are not computed again where it is known what they come to: guards, steps
 * and properties are functions of the few bytes that they read, and are computed once for each choice
 * of these ({@link LearnedFunctions}). What several of them come to together is remembered as well, since
 * it is found faster ({@link JointOutcomes}). When memory for it is used up they are computed.
 */
export class LearnedModel {
  readonly memory: StepMemory;
  /** The states in that memory. */
  readonly before: ModelState;
  readonly after: ModelState;
  readonly deltas: Deltas;
  readonly #evaluator: Evaluator;
  readonly #lines: RenamedLines;
  readonly #ofStates: DecisionForest;
  readonly #ofSteps: DecisionForest;
  readonly #guards: Guards;
  readonly #learnedGuards: LearnedFunctions;
  readonly #steps: LearnedFunctions;
  readonly #invariants: LearnedFunctions;
  readonly #stepProperties: LearnedFunctions;
  /** Which instances are enabled, by actor; which invariants say something. */
  readonly #ofStateJointly: JointOutcomes;
  /** By delta: which step properties and goals say something. */
  readonly #ofStepJointly: JointOutcomes;
  readonly #sources: StepSources;
  readonly #actors: readonly Actor[];
  readonly #invariantsTree: number;

  constructor(
    model: CompiledModel,
    instances: Uint32Array,
    evaluator: Evaluator,
    { types = [], forestWords }: LearningOptions = {},
  ) {
    this.#evaluator = evaluator;
    this.memory = new StepMemory(model.schema.wordLength);
    this.before = model.createState(this.memory.before.words);
    this.after = model.createState(this.memory.after.words);
    const lines = new RenamedLines(model, SymmetryGroup.of(model, types));
    this.#lines = lines;
    const ofState = byteCardinalities(model.schema);
    const ofStep = stepCardinalities(ofState, model.instances.length);
    this.deltas = new Deltas(ofState);
    this.#ofStates = new DecisionForest(ofState, forestWords);
    this.#ofSteps = new DecisionForest(ofStep, forestWords);
    this.#guards = new Guards(model, instances);
    this.#learnedGuards = new LearnedFunctions(this.#guards, this.#ofStates, lines);
    this.#steps = new LearnedFunctions(deltasOf(model, this.deltas), this.#ofStates, lines);
    this.#invariants = new LearnedFunctions(invariantsOf(evaluator), this.#ofStates, lines);
    this.#stepProperties = new LearnedFunctions(
      stepPropertiesOf(model, evaluator),
      this.#ofSteps,
      lines,
    );
    this.#ofStateJointly = new JointOutcomes(
      new DecisionForest(ofState, forestWords),
      ofStep.length,
    );
    this.#ofStepJointly = new JointOutcomes(
      new DecisionForest(ofState, forestWords),
      ofStep.length,
    );
    this.#sources = new StepSources(this.memory);
    this.#actors = this.#guards
      .byActor()
      .map(members => ({ tree: this.#ofStateJointly.addTree(), members }));
    this.#invariantsTree = this.#ofStateJointly.addTree();
  }

  /** Memory of all that grows while it learns. */
  get bytes(): number {
    const { bytes: ofStates } = this.#ofStates;
    const joint = this.#ofStateJointly.bytes + this.#ofStepJointly.bytes;
    return ofStates + this.#ofSteps.bytes + joint + this.#guards.bytes + this.deltas.bytes;
  }

  /** Whether memory is used up, so that what is not known is computed each time. */
  get isFull(): boolean {
    return this.#ofStates.isFull || this.#ofSteps.isFull || this.deltas.count > MOST_OUTCOMES;
  }

  get symmetryCheck(): SymmetryCheck {
    const { elements, order } = this.#lines.group;
    const all = [this.#learnedGuards, this.#steps, this.#invariants, this.#stepProperties];
    const unchecked = all.reduce((sum, functions) => sum + functions.unchecked, 0);
    return { renamings: elements.length, of: order, unchecked };
  }

  /** To be called when other step properties are evaluated from now on. */
  forgetSteps(): void {
    this.#ofStepJointly.forget();
  }

  /** Writes the instances that are enabled in the state before into `into`, and returns how many. */
  enabled(into: Uint32Array): number {
    let count = 0;
    for (let index = 0; index < this.#actors.length; index++) {
      const actor = this.#actors[index] as Actor;
      const list =
        this.#ofStateJointly.find(actor.tree, this.memory.before.bytes) ?? this.#learnActor(actor);
      for (let index = 0; index < list.length; index++) into[count++] = list[index] as number;
    }
    return count;
  }

  #learnActor({ tree, members }: Actor): readonly number[] {
    const { before } = this.memory;
    this.#lines.setState(before);
    return this.#ofStateJointly.learn(tree, before.bytes, log =>
      members.flatMap(member =>
        this.#guards.enabledBy(this.#learnedGuards.outcomeFor(member, log)),
      ),
    );
  }

  /** The delta of an instance, which is enabled, on the state before: a number, or {@link UNLEARNED}. */
  deltaOf(instance: number): number {
    const known = this.#steps.find(instance, this.memory.before.bytes);
    return known === UNKNOWN ? this.#learnDelta(instance) : known;
  }

  #learnDelta(instance: number): number {
    if (this.#ofStates.isFull || this.deltas.count > MOST_OUTCOMES) {
      this.#steps.unchecked++;
      return UNLEARNED;
    }
    this.#lines.setState(this.memory.before);
    const delta = this.#steps.learn(instance);
    while (this.#ofStepJointly.trees < this.deltas.count) this.#ofStepJointly.addTree();
    return delta;
  }

  /** The outcomes of invariants in a state, of those that are not silent (see `outcomesOf`). */
  outcomesInState(state: ModelState): readonly number[] {
    const known = this.#ofStateJointly.find(this.#invariantsTree, state.bytes);
    if (known !== undefined) return known;
    this.#lines.setState(state);
    return this.#ofStateJointly.learn(this.#invariantsTree, state.bytes, log =>
      outcomesOf(this.#evaluator.invariants, index => this.#invariants.outcomeFor(index, log)),
    );
  }

  /**
   * The same of step properties and goals, on the step in memory, which is that of a delta: instance and
   * delta make the state after of the state before, so that all depends on bytes of the latter.
   */
  outcomesOnStep(delta: number): readonly number[] {
    const { before } = this.memory;
    if (delta === UNLEARNED) return this.#outcomesOnStep();
    const known = this.#ofStepJointly.find(delta, before.bytes);
    if (known !== undefined) return known;
    const sources = this.#sources.afterWrites(this.deltas, delta);
    return this.#ofStepJointly.learn(
      delta,
      before.bytes,
      log => this.#outcomesOnStep(log),
      sources,
    );
  }

  #outcomesOnStep(log?: ReadLog): readonly number[] {
    this.#lines.setStep(this.memory);
    return outcomesOf(this.#evaluator.onSteps, index =>
      this.#stepProperties.outcomeFor(index, log),
    );
  }
}

function deltasOf(model: CompiledModel, deltas: Deltas): Functions {
  return {
    ...namesOf(model),
    compute(instance, { before, beforeTrace }) {
      for (const counts of before.transitionHits.values()) counts.fill(0);
      model.step(before, instance);
      const step = { written: beforeTrace.written, hits: before.transitionHits };
      return deltas.numberOf(instance, before.bytes, step);
    },
    isRenamed: (delta, image, renaming) => deltas.isRenamed(delta, image, renaming),
  };
}

function namesOf({ instances }: CompiledModel): Pick<Functions, 'count' | 'renamed' | 'partOf'> {
  return {
    count: instances.length,
    renamed: (instance, renaming) => renaming.instances[instance] as number,
    partOf: instance => ({
      kind: 'action',
      name: (instances[instance] as ActionInstance).action.name,
    }),
  };
}

function invariantsOf(evaluator: Evaluator): Functions {
  return {
    ...propertiesOf(evaluator),
    compute: (index, { before }) => evaluator.inState(index, before),
  };
}

function stepPropertiesOf(model: CompiledModel, evaluator: Evaluator): Functions {
  let equal: readonly [StrictModelState, StrictModelState] | undefined;
  return {
    ...propertiesOf(evaluator),
    compute(index, pair, { instance, after }) {
      const outcome = evaluator.onStep(index, pair, pair.actionOf(instance));
      pair.end();
      equal ??= [model.createStrictState(), model.createStrictState()];
      for (const { words, trace } of equal) {
        words.set(after.words);
        trace.open();
      }
      const property = evaluator.properties[index] as AnyProperty;
      const { taken } = model.instances[instance] as ActionInstance;
      const isMistaken = comparesIdentity(property, equal, taken);
      for (const { trace } of equal) trace.close();
      if (isMistaken) throw new ModelError(identityMessage(property), []);
      return outcome;
    },
  };
}

function propertiesOf({ properties }: Evaluator): Pick<Functions, 'count' | 'renamed' | 'partOf'> {
  return {
    count: properties.length,
    renamed: index => index,
    partOf: index => ({ kind: 'property', name: properties[index]?.name ?? '' }),
  };
}

function stepCardinalities(ofState: Uint16Array, instances: number): Uint16Array {
  const ofInstance = Array.from({ length: INSTANCE_BYTES }, (_, byte) =>
    Math.min(256, ((instances - 1) >> (8 * byte)) + 1),
  );
  return Uint16Array.from([...ofState, ...ofState, ...ofInstance]);
}

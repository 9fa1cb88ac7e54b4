import type { SymmetryCheck } from '../../core/asymmetry.ts';
import type {
  ActionInstance,
  CompiledModel,
  ModelState,
  StrictModelState,
} from '../../core/compiledModel.ts';
import { ModelError } from '../../core/errors.ts';
import { type Judge, saidBy } from '../../core/judge.ts';
import { comparesIdentity, identityMessage } from '../../core/objectIdentity.ts';
import { SymmetryGroup } from '../../core/symmetryGroup.ts';
import { MOST_OUTCOMES } from '../../limits.ts';
import type { AnyProperty } from '../../model/property.ts';
import { fanOutOf } from '../../state/fanOut.ts';
import type { NodeType } from '../../state/nodeType.ts';
import { DecisionForest, UNKNOWN } from './decisionForest.ts';
import { Effects } from './effects.ts';
import { Guards } from './guards.ts';
import { JointAnswers } from './jointAnswers.ts';
import { type Functions, LearnedFunctions } from './learnedFunctions.ts';
import { RenamedLines } from './renamedLines.ts';
import { INSTANCE_BYTES, StepMemory } from './tracedPair.ts';

/** An effect that is not remembered: the step is to be taken. */
export const UNLEARNED = -1;

/** Instances of the same actor, which often look at the same. */
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
 * A model and its properties, which are not asked again where it is known what they come to: guards, steps
 * and properties are functions of the few bytes that they read, and are computed once for each choice
 * of these ({@link LearnedFunctions}). What several of them come to together is remembered as well, since
 * it is found faster ({@link JointAnswers}). When memory for it is used up they are computed.
 */
export class LearnedModel {
  readonly memory: StepMemory;
  /** The states in that memory. */
  readonly before: ModelState;
  readonly after: ModelState;
  readonly effects: Effects;
  readonly #judge: Judge;
  readonly #lines: RenamedLines;
  readonly #ofStates: DecisionForest;
  readonly #ofSteps: DecisionForest;
  readonly #guards: Guards;
  readonly #learnedGuards: LearnedFunctions;
  readonly #steps: LearnedFunctions;
  readonly #invariants: LearnedFunctions;
  readonly #stepProperties: LearnedFunctions;
  /** Which instances are enabled, by actor; which invariants say something. */
  readonly #states: JointAnswers;
  /** Which step properties and goals say something. */
  readonly #taken: JointAnswers;
  readonly #actors: readonly Actor[];
  readonly #invariantsTree: number;
  readonly #stepTree: number;

  constructor(
    model: CompiledModel,
    instances: Uint32Array,
    judge: Judge,
    { types = [], forestWords }: LearningOptions = {},
  ) {
    this.#judge = judge;
    this.memory = new StepMemory(model.schema.wordLength);
    this.before = model.createState(this.memory.before.words);
    this.after = model.createState(this.memory.after.words);
    const lines = new RenamedLines(model, new SymmetryGroup(model, types));
    this.#lines = lines;
    const ofState = fanOutOf(model.schema);
    const ofStep = fanOutOfSteps(ofState, model.instances.length);
    this.effects = new Effects(ofState);
    this.#ofStates = new DecisionForest(ofState, forestWords);
    this.#ofSteps = new DecisionForest(ofStep, forestWords);
    this.#guards = new Guards(model, instances);
    this.#learnedGuards = new LearnedFunctions(this.#guards, this.#ofStates, lines);
    this.#steps = new LearnedFunctions(effectsOf(model, this.effects), this.#ofStates, lines);
    this.#invariants = new LearnedFunctions(invariantsOf(judge), this.#ofStates, lines);
    this.#stepProperties = new LearnedFunctions(
      stepPropertiesOf(model, judge),
      this.#ofSteps,
      lines,
    );
    this.#states = new JointAnswers(new DecisionForest(ofState, forestWords), ofStep.length);
    this.#taken = new JointAnswers(new DecisionForest(ofStep, forestWords), ofStep.length);
    this.#actors = this.#guards.byActor().map(members => ({ tree: this.#states.plant(), members }));
    this.#invariantsTree = this.#states.plant();
    this.#stepTree = this.#taken.plant();
  }

  /** Memory of all that grows while it learns. */
  get bytes(): number {
    const { bytes: ofStates } = this.#ofStates;
    const joint = this.#states.bytes + this.#taken.bytes;
    return ofStates + this.#ofSteps.bytes + joint + this.#guards.bytes + this.effects.bytes;
  }

  /** Whether memory is used up, so that what is not known is computed each time. */
  get isFull(): boolean {
    return this.#ofStates.isFull || this.#ofSteps.isFull || this.effects.count > MOST_OUTCOMES;
  }

  get symmetryCheck(): SymmetryCheck {
    const { elements, order } = this.#lines.group;
    const all = [this.#learnedGuards, this.#steps, this.#invariants, this.#stepProperties];
    const unchecked = all.reduce((sum, functions) => sum + functions.unchecked, 0);
    return { renamings: elements.length, of: order, unchecked };
  }

  /** Say that other step properties are asked from now on. */
  forgetSteps(): void {
    this.#taken.forget();
  }

  /** Writes the instances that are enabled in the state before into `into`, and returns how many. */
  enabled(into: Uint32Array): number {
    let count = 0;
    for (let index = 0; index < this.#actors.length; index++) {
      const actor = this.#actors[index] as Actor;
      const list =
        this.#states.find(actor.tree, this.memory.before.bytes) ?? this.#learnActor(actor);
      for (let place = 0; place < list.length; place++) into[count++] = list[place] as number;
    }
    return count;
  }

  #learnActor({ tree, members }: Actor): readonly number[] {
    const { before } = this.memory;
    this.#lines.setState(before);
    return this.#states.learn(tree, before.bytes, log =>
      members.flatMap(member => this.#guards.enabledBy(this.#learnedGuards.ask(member, log))),
    );
  }

  /** The effect of an instance, which is enabled, on the state before: a number, or {@link UNLEARNED}. */
  effectOf(instance: number): number {
    const known = this.#steps.find(instance, this.memory.before.bytes);
    return known === UNKNOWN ? this.#learnEffect(instance) : known;
  }

  #learnEffect(instance: number): number {
    if (this.#ofStates.isFull || this.effects.count > MOST_OUTCOMES) {
      this.#steps.unchecked++;
      return UNLEARNED;
    }
    this.#lines.setState(this.memory.before);
    return this.#steps.learn(instance);
  }

  /** What invariants say of a state: the places of those that do not keep silent, with what they say. */
  judgeState(state: ModelState): readonly number[] {
    const known = this.#states.find(this.#invariantsTree, state.bytes);
    if (known !== undefined) return known;
    this.#lines.setState(state);
    return this.#states.learn(this.#invariantsTree, state.bytes, log =>
      saidBy(this.#judge.invariants, place => this.#invariants.ask(place, log)),
    );
  }

  /** The same of step properties and goals, on the step in memory. */
  judgeStep(): readonly number[] {
    const { memory } = this;
    const known = this.#taken.find(this.#stepTree, memory.bytes);
    if (known !== undefined) return known;
    this.#lines.setStep(memory);
    return this.#taken.learn(this.#stepTree, memory.bytes, log =>
      saidBy(this.#judge.onSteps, place => this.#stepProperties.ask(place, log)),
    );
  }
}

function effectsOf(model: CompiledModel, effects: Effects): Functions {
  return {
    ...namesOf(model),
    compute(instance, { before, beforeTrace }) {
      for (const counts of before.transitionHits.values()) counts.fill(0);
      model.step(before, instance);
      return effects.numberOf(before.bytes, beforeTrace.written, before.transitionHits);
    },
    isRenamed: (effect, image, { states }) => effects.isRenamed(effect, image, states),
  };
}

function namesOf({ instances }: CompiledModel): Pick<Functions, 'count' | 'renamed' | 'whoIs'> {
  return {
    count: instances.length,
    renamed: (instance, renaming) => renaming.instances[instance] as number,
    whoIs: instance => ({
      kind: 'action',
      name: (instances[instance] as ActionInstance).action.name,
    }),
  };
}

function invariantsOf(judge: Judge): Functions {
  return {
    ...propertiesOf(judge),
    compute: (place, { before }) => judge.state(place, before),
  };
}

function stepPropertiesOf(model: CompiledModel, judge: Judge): Functions {
  let equal: readonly [StrictModelState, StrictModelState] | undefined;
  return {
    ...propertiesOf(judge),
    compute(place, pair, { instance, after }) {
      const said = judge.step(place, pair, pair.actionOf(instance));
      pair.end();
      equal ??= [model.createStrictState(), model.createStrictState()];
      for (const { words, trace } of equal) {
        words.set(after.words);
        trace.open();
      }
      const property = judge.properties[place] as AnyProperty;
      const { taken } = model.instances[instance] as ActionInstance;
      const isMistaken = comparesIdentity(property, equal, taken);
      for (const { trace } of equal) trace.close();
      if (isMistaken) throw new ModelError(identityMessage(property), []);
      return said;
    },
  };
}

function propertiesOf({ properties }: Judge): Pick<Functions, 'count' | 'renamed' | 'whoIs'> {
  return {
    count: properties.length,
    renamed: place => place,
    whoIs: place => ({ kind: 'property', name: properties[place]?.name ?? '' }),
  };
}

function fanOutOfSteps(ofState: Uint16Array, instances: number): Uint16Array {
  const ofInstance = Array.from({ length: INSTANCE_BYTES }, (_, byte) =>
    Math.min(256, ((instances - 1) >> (8 * byte)) + 1),
  );
  return Uint16Array.from([...ofState, ...ofState, ...ofInstance]);
}

/*
 * The trace file format. Plain JSON-shaped interfaces without imports: the JSON Schema beside this
 * file is generated from them (`npm run schema`) and checked against them in CI.
 */

/** Any JSON value. */
export type TraceJson =
  | null
  | boolean
  | number
  | string
  | TraceJson[]
  | { [key: string]: TraceJson };

/** A run of a model, kept to be shown and replayed: a counterexample, or a witness of a goal. */
export interface TraceFile {
  format: 'highwater-trace';
  /** Version of this format. */
  formatVersion: 1;
  kind: 'counterexample' | 'witness';
  model: TraceModel;
  property: TraceProperty;
  /** The state before the first step. */
  initial: TraceInitialState;
  steps: TraceStep[];
  /** Of a temporal property: what repeats for ever. */
  loop?: TraceLoop;
  /** Of a temporal property that was only tried for some time: from when on it was. */
  settling?: TraceSettling;
  explored: TraceExplored;
  /** What only the model can tell about the run; absent where it was not asked. */
  commentary?: TraceCommentary;
}

/** The model that the run is of; enough to build the same model again. */
export interface TraceModel {
  name: string;
  /**
   * Version of the model: its meaning, a whole number.
   *
   * @minimum 1
   * @TJS-type integer
   */
  version: number;
  config: { [key: string]: TraceJson };
  /** The bounds of the scope, by name. */
  bounds: { [name: string]: number };
  /** Deliberate defects that were switched on. */
  defects: string[];
}

/** The property that the run breaks or reaches. */
interface TraceProperty {
  name: string;
  kind: 'invariant' | 'step' | 'sometimes' | 'eventually' | 'leadsTo';
  statement: string;
  /** What a user loses if it breaks. */
  loss: string;
  /** The clause that is false after the last step, with its values. */
  clause: string;
  /**
   * Where several counterexamples of the property were told apart: the actions that this one follows from, none
   * of whose steps can be left out.
   */
  cause?: string[];
}

/** How a run goes on for ever after its last step. */
interface TraceLoop {
  /**
   * The state that the last step returns to, by the number of the step that led to it first, 0 for the
   * initial state: the steps after that one repeat for ever. The number of steps where the run
   * stays in its last state for ever, since nothing has to happen there.
   *
   * @minimum 0
   * @TJS-type integer
   */
  from: number;
}

/** A run in which, after some steps, only what has to happen did, and still the goal was not reached. */
interface TraceSettling {
  /**
   * The last step before that, 0 for the initial state.
   *
   * @minimum 0
   * @TJS-type integer
   */
  from: number;
}

/** The state before the first step. */
interface TraceInitialState {
  /**
   * Which of the initial states.
   *
   * @minimum 0
   * @TJS-type integer
   */
  index: number;
  /**
   * Sixteen hexadecimal digits.
   *
   * @pattern ^[0-9a-f]{16}$
   */
  fingerprint: string;
  state: TraceJson;
}

/** One action and what it changed. */
export interface TraceStep {
  action: string;
  /** Who acted. */
  actor: string;
  params: { [name: string]: string | number | null };
  /**
   * Fingerprint of the state after the step.
   *
   * @pattern ^[0-9a-f]{16}$
   */
  fingerprint: string;
  changes: TraceChange[];
}

/** One field that a step changed. */
export interface TraceChange {
  /**
   * As in `protocol.servers.server-1.log[0]`.
   *
   * @maxLength 1000
   */
  path: string;
  before: TraceJson;
  after: TraceJson;
}

/** How the run was found. */
export interface TraceExplored {
  engine: 'exhaustive' | 'simulate' | 'script';
  /** Seed of a random search. */
  seed?: number;
  distinctStates: number;
  generatedStates: number;
  depth: number;
  /** Whether no shorter run breaks the property in the explored scope. */
  shortest: boolean;
  /** Why that is not known, where it is not. */
  unproved?: string;
}

/** What can be told of a run only with its model at hand. Steps are counted from 1. */
export interface TraceCommentary {
  /** One for each step, in their order. */
  steps: TraceStepComment[];
  /** Every message that was in flight at some time, in the order of sending. */
  messages: TraceMessage[];
  machines: TraceMachine[];
  properties: TracePropertyHistory[];
  explanation?: TraceExplanation;
  /** Of a temporal property. */
  liveness?: TraceLiveness;
}

/** What a step is, and what it follows from. */
export interface TraceStepComment {
  kind: 'protocol' | 'client' | 'fault' | 'recovery';
  /** What happens, in the words of the protocol. */
  phrase?: string;
  /**
   * The earlier steps whose effects this one depends on (happened before it), without those that
   * another of them depends on.
   *
   * @items {"type": "integer", "minimum": 1}
   */
  causes: number[];
}

/** A message from one node to another. */
export interface TraceMessage {
  name: string;
  from: string;
  to: string;
  /** What it says, in few words. */
  content: string;
  /**
   * The step that sent it; 0 if it was in flight from the beginning.
   *
   * @minimum 0
   * @TJS-type integer
   */
  sent: number;
  /**
   * The step after which it was not in flight any more; absent if it still is at the end.
   *
   * @minimum 1
   * @TJS-type integer
   */
  left?: number;
  /**
   * `ignored`: it arrived and changed nothing, as a stale one does; `givenUp`: its sender
   * or its receiver went on without it; `lost`: a fault took it out of flight.
   */
  fate: 'delivered' | 'ignored' | 'givenUp' | 'lost' | 'inFlight';
}

/** A lifecycle, and where in the state it is. */
export interface TraceMachine {
  name: string;
  /** The initial one first. */
  states: string[];
  moves: TraceMove[];
  /** The paths of the fields that hold a state of it. */
  fields: string[];
}

/** An event that a lifecycle accepts in a state. */
interface TraceMove {
  from: string;
  event: string;
  to: string;
}

/** What became of a property from state to state. */
export interface TracePropertyHistory {
  name: string;
  kind: 'invariant' | 'step' | 'sometimes' | 'eventually' | 'leadsTo';
  statement: string;
  /**
   * A letter for each state, the initial one first: `h` it holds, `n` it has nothing to say there,
   * `v` violated; for what must be reachable `r` reached in this step, `n` not; for what must happen
   * at some time `d` its goal is due, `h` the goal holds, `n` neither.
   *
   * @pattern ^[hnvrd]+$
   */
  truth: string;
}

/** Why the last state breaks the property, or how it is reached. */
export interface TraceExplanation {
  /**
   * The longest chain of steps that each depend on the one before, up to the last step.
   *
   * @items {"type": "integer", "minimum": 1}
   */
  chain: number[];
  /**
   * Steps that nothing depends on that the property looks at.
   *
   * @items {"type": "integer", "minimum": 1}
   */
  unrelated: number[];
  faults: TraceFault[];
  /** Of a counterexample with steps. */
  avoidable?: TraceAvoidable;
}

/** Why what must happen never does. States are named by the step that led to them, 0 the initial one. */
export interface TraceLiveness {
  /**
   * The state since which the goal is due without interruption.
   *
   * @minimum 0
   * @TJS-type integer
   */
  since: number;
  /** What could have happened instead of what repeats, or since faults stopped, and did not. */
  passedOver: TracePassedOver[];
}

/** An action that could have been taken and was not, although nothing is passed over for ever that must be. */
export interface TracePassedOver {
  action: string;
  actor: string;
  params: { [name: string]: string | number | null };
  /** What would happen, in the words of the protocol. */
  phrase?: string;
  kind: 'protocol' | 'client' | 'fault' | 'recovery';
  /**
   * `unfair`: it never has to happen. `early`: it is not due wherever it can be taken. `disabled`: it
   * can be taken or is due only now and then, or not any more. `heldBack`: only a bound of the scope
   * keeps it from being taken.
   */
  why: 'unfair' | 'early' | 'disabled' | 'heldBack';
  /**
   * A state in which it could have been taken, or would have been but for the bound.
   *
   * @minimum 0
   * @TJS-type integer
   */
  able: number;
  /**
   * `disabled`: a later state in which it could not be taken, or was not due; the first after it.
   *
   * @minimum 0
   * @TJS-type integer
   */
  unable?: number;
  /** What its guard says there. */
  because?: string;
}

/** A fault of the run, and what the same steps come to without it. */
export interface TraceFault {
  /**
   * @minimum 1
   * @TJS-type integer
   */
  step: number;
  /** Without it, what is left of the run does not break (or reach) the property. */
  necessary: boolean;
}

/**
 * Until when the violation could be avoided: after a step it can be, if without any further fault
 * there is a way to a state from which it cannot be reached any more.
 */
export interface TraceAvoidable {
  /**
   * The last such step, 0 for the initial state; absent if it is not known, or never was avoidable.
   *
   * @minimum 0
   * @TJS-type integer
   */
  until?: number;
  /** Why it is not known. */
  unknown?: string;
  /**
   * States that were looked at.
   *
   * @minimum 0
   * @TJS-type integer
   */
  states: number;
}

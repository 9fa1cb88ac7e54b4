import { AsymmetryError } from '../core/asymmetry.ts';
import type { ActionInstance, CompiledModel, ModelState } from '../core/compiledModel.ts';
import { NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import type { StateKey } from '../core/stateHash.ts';
import { type StateTable, sameKey } from '../core/stateTable.ts';
import type { TakenAction } from '../model/property.ts';
import { copyState } from '../state/schema.ts';
import type { Identity } from './identity.ts';

/** A run from an initial state. */
export interface Path {
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  /** Where it leads. */
  readonly state: ModelState;
}

/** What was searched, and how. */
interface SearchedGraph {
  readonly model: CompiledModel;
  readonly table: StateTable;
  readonly identity: Identity;
  /** The instances that may be taken. */
  readonly instances: Uint32Array;
  readonly mostSteps: number;
}

/**
 * Finds the runs that lead to states that were reached. The table knows of each state part of its
 * parent's hash; the run is found by playing it. With symmetry the states of the run need not be the
 * representatives that were explored: they are the same up to renaming.
 */
export class Paths {
  readonly #graph: SearchedGraph;
  #initialKeys: readonly StateKey[] | undefined;

  constructor(graph: SearchedGraph) {
    this.#graph = graph;
  }

  /**
   * A run to this state.
   *
   * @throws AsymmetryError when there is none: then renaming nodes makes a difference to the model.
   * NondeterminismError when there is none without symmetry.
   */
  to(target: StateKey): Path {
    for (const chain of this.#chainsTo(target)) {
      const path = this.#play(chain);
      if (path !== undefined) return path;
    }
    const { model, identity } = this.#graph;
    if (identity.canonicalizer === undefined) {
      throw new NondeterminismError(nondeterminismMessage('the run to a state'), []);
    }
    throw new AsymmetryError({ kind: 'model', name: model.model.name, nodes: [] });
  }

  /** The states, as the table has them, from an initial one to the target: most often there is one way. */
  *#chainsTo(target: StateKey): Generator<StateKey[]> {
    const { table, mostSteps } = this.#graph;
    const chain = [target];
    const choices: StateKey[][] = [];
    for (;;) {
      const first = chain[chain.length - 1] as StateKey;
      if (this.#initialStateAt(first) !== undefined) {
        yield chain.toReversed();
        choices.push([]);
      } else {
        choices.push(chain.length <= mostSteps ? table.parentsOf(first) : []);
      }
      while (choices.at(-1)?.length === 0) {
        choices.pop();
        chain.pop();
      }
      const next = choices.at(-1)?.shift();
      if (next === undefined) return;
      chain.push(next);
    }
  }

  #play(chain: readonly StateKey[]): Path | undefined {
    const initialState = this.#initialStateAt(chain[0] as StateKey);
    if (initialState === undefined) return undefined;
    const { model, identity, instances } = this.#graph;
    const [before, after] = [model.createState(), model.createState()];
    model.initialize(before, initialState);
    const steps: TakenAction[] = [];
    for (const next of chain.slice(1)) {
      const instance = instances.find(index => {
        if (model.enabled(before, index) !== true) return false;
        copyState(before, after);
        model.step(after, index);
        return sameKey(identity.of(after), next);
      });
      if (instance === undefined) return undefined;
      steps.push((model.instances[instance] as ActionInstance).taken);
      copyState(after, before);
    }
    return { initialState, steps, state: before };
  }

  #initialStateAt(key: StateKey): number | undefined {
    const { model, identity } = this.#graph;
    this.#initialKeys ??= model.model.initialStates.map((_, index) => {
      const state = model.createState();
      model.initialize(state, index);
      const { low, high } = identity.of(state);
      return { low, high };
    });
    const index = this.#initialKeys.findIndex(initial => sameKey(initial, key));
    return index < 0 ? undefined : index;
  }
}

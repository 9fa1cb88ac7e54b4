import type { Bounds } from '../../checker/model/model.ts';
import {
  type BoundsShape,
  type ConfigShape,
  recordOf,
  type Setting,
  type Settings,
} from './settings.ts';

/** A part of a model that is worth a column of its own. */
export interface ScopePlan {
  /** A few words. */
  readonly name: string;
  /** The column that this scope shares with others; one of its own, headed by its name, if absent. */
  readonly column?: string;
  /**
   * The only properties that it is for, or all but some, which the protocol itself does not keep there; all
   * of the model if absent.
   */
  readonly asks?: AskedNames;
  /** Settings that are not named have their default. */
  readonly config: Settings;
  /** Over the quiet scope of the model. */
  readonly bounds: Bounds;
  /**
   * `exhaustive` and `simulate` look at states and steps. `liveness` looks at what must happen at some
   * time: in every fair run, or, of a scope that has too many states, in random runs that settle, as
   * `settle` does of any scope.
   */
  readonly engine: 'exhaustive' | 'simulate' | 'liveness' | 'settle';
  /**
   * Where an exhaustive search gives up, so that every column takes seconds; where `liveness` goes on
   * with random runs.
   */
  readonly maxStates?: number;
  /**
   * The two kinds of events that it is there for, by their bounds. It is left out where bounds are asked
   * for, with which it would be about something else.
   */
  readonly events?: readonly [string, string];
  /** Steps, as traces print them, of a story that an exhaustive search tries before it begins. */
  readonly tryFirst?: readonly string[];
  /** Takes too long for every change: explored only where it is asked for (`check --long`). */
  readonly isLong?: true;
}

/** Properties by name: these alone, or all others. */
export type AskedNames = readonly string[] | { readonly allBut: readonly string[] };

/** The properties that are left out by name; none where those are named that are asked. */
export function leftOut(asks: AskedNames | undefined): readonly string[] {
  return asks !== undefined && 'allBut' in asks ? asks.allBut : [];
}

/** What `check` explores of a model. */
export interface MainJob {
  readonly title: string;
  /** The bounds that count events of which every two are explored together; none if absent. */
  readonly events?: readonly string[];
  /**
   * Actions and lifecycle transitions that none of the scopes shows, by name: all others, every property and every
   * goal are to be seen in some scope.
   */
  readonly untaken?: readonly string[];
  /** It is made of other models, whose own scopes show their lifecycles: only its actions are to be seen. */
  readonly isOfParts?: true;
  readonly plans: readonly ScopePlan[];
}

/** Makes the plans of one model, typed by its settings and bounds. */
export interface Planner<Config, ModelBounds> {
  /** A scope that is explored completely; what is not named is as by default, and quiet. */
  covering(name: string, bounds: Partial<ModelBounds>, config?: Partial<Config>): ScopePlan;
  /** Random runs in the large scope. */
  random(name: string, config?: Partial<Config>): ScopePlan;
  /** A scope of which every fair run is looked at, for what must happen at some time. */
  fairRuns(name: string, bounds: Partial<ModelBounds>, config?: Partial<Config>): ScopePlan;
  /** The same at random in the large scope. */
  settling(name: string, config?: Partial<Config>): ScopePlan;
}

/** The planner of a model with this large scope, and with these settings where a plan has no others. */
export function plannerFor<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>(largeScope: ModelBounds, base: Partial<Config> = {}): Planner<Config, ModelBounds> {
  const plan = (
    name: string,
    bounds: Partial<ModelBounds>,
    config: Partial<Config> = {},
  ): Omit<ScopePlan, 'engine'> => {
    return {
      name,
      config: recordOf<Config, Setting>({ ...base, ...config }),
      bounds: recordOf<ModelBounds, number>(bounds),
    };
  };
  return {
    covering: (name, bounds, config) => ({ ...plan(name, bounds, config), engine: 'exhaustive' }),
    random: (name, config) => ({ ...plan(name, largeScope, config), engine: 'simulate' }),
    fairRuns: (name, bounds, config) => ({ ...plan(name, bounds, config), engine: 'liveness' }),
    settling: (name, config) => ({ ...plan(name, largeScope, config), engine: 'settle' }),
  };
}

/** The plans in one column of the verdict table. */
export function column(title: string, plans: readonly ScopePlan[]): ScopePlan[] {
  return plans.map(plan => ({ ...plan, column: title }));
}

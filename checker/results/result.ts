import type { Asymmetry, SymmetryCheck } from '../core/asymmetry.ts';
import type { StopReason } from '../core/control.ts';
import type { TakenAction } from '../model/property.ts';
import type { ClaimKind } from '../model/specification.ts';
import type { LifecycleTable } from '../state/lifecycleTable.ts';
import type { TransitionHits } from '../state/stateMemory.ts';
import type { Extent, PropertyReport } from './monitor.ts';

/**
 * `holds`: the whole bounded space was explored and nothing broke. `violated`: there is a trace.
 * `vacuous`: nothing broke, but something was never put to the test. `nothing found`: all random runs
 * that were asked for were made, put everything to the test, and broke nothing, which is no proof.
 * `inconclusive`: a limit ended the search first.
 */
export type Verdict = 'holds' | 'violated' | 'vacuous' | 'nothing found' | 'inconclusive';

/** A property that broke, with the steps from an initial state to where it did. */
export interface Violation {
  readonly property: string;
  readonly kind: ClaimKind;
  /** The false clause, with the values that make it so. */
  readonly clause: string;
  /** Which initial state the steps start from. */
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  /** Whether no shorter counterexample exists in the explored scope. */
  readonly shortest: boolean;
  /** Why it is not known to be a shortest one, where it is not. */
  readonly unproved?: string;
  /** Random runs: the number of the one that broke it, counted from 1. */
  readonly run?: number;
  /**
   * Where several counterexamples of a property were asked for: the actions that it follows from. No two of one
   * property have the same ones, and each is the shortest that was found of its cause.
   */
  readonly cause?: readonly string[];
}

/** Where several counterexamples of a property were asked for: how many there were to choose from. */
export interface ComparedBreaks {
  readonly property: string;
  /** Steps that break it; of random runs, runs that do beyond the first. */
  readonly found: number;
  /** Those of them whose causes were looked for. */
  readonly compared: number;
}

/** How often each action was taken and each lifecycle transition happened. */
export interface Coverage {
  readonly actions: Readonly<Record<string, number>>;
  readonly transitions: Readonly<Record<string, number>>;
}

/** The outcome of an exploration, whichever engine made it. */
export interface ExplorationResult {
  readonly engine: 'exhaustive' | 'simulate';
  readonly verdict: Verdict;
  /** Why the search ended early, if it did. */
  readonly stopped?: StopReason;
  readonly symmetry: boolean;
  /**
   * Why symmetry was not used although it was asked for; of random runs: in the proof that a
   * counterexample is shortest.
   */
  readonly asymmetry?: Asymmetry;
  /** With symmetry: how far it was checked that it makes no difference. */
  readonly symmetryCheck?: SymmetryCheck;
  /** Memory for what is learned of the model was used up: that makes a search slower, and nothing else. */
  readonly isLearningFull?: boolean;
  readonly distinctStates: number;
  /** Random runs: distinct abstract states, which leave out numbers, logs and who the nodes are. */
  readonly abstractStates?: number;
  readonly generatedStates: number;
  /** Levels of the breadth-first search, the initial states being the first; longest run in steps. */
  readonly depth: number;
  /** Steps taken: generated states less the initial ones. */
  readonly steps: number;
  /** Random runs made; absent for an exhaustive search. */
  readonly runs?: number;
  /** Random runs: a hash over every state in order, equal whenever the same runs are made again. */
  readonly chain?: string;
  readonly violations: readonly Violation[];
  /** For each property that broke, where several counterexamples were asked for. */
  readonly compared?: readonly ComparedBreaks[];
  readonly properties: readonly PropertyReport[];
  readonly coverage: Coverage;
  /** For each goal that was reached: the run to the first state that shows it. */
  readonly witnesses: readonly Witness[];
}

/** A run that reaches a goal. */
export interface Witness {
  readonly property: string;
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
}

/** The verdict that follows from the properties' own. */
export function overallVerdict(
  reports: readonly Pick<PropertyReport, 'verdict' | 'elsewhere'>[],
  extent: Extent,
): Verdict {
  const owed = reports.filter(({ elsewhere }) => elsewhere !== true);
  const verdicts = new Set(owed.map(report => report.verdict));
  // States were explored, and nothing was asked of them that they could answer.
  const silent = owed.every(({ verdict }) => verdict === 'not applicable');
  if (silent && reports.length > 0) return 'vacuous';
  if (verdicts.has('violated')) return 'violated';
  if (extent === 'part' || verdicts.has('inconclusive')) return 'inconclusive';
  if (verdicts.has('vacuous') || verdicts.has('unreached')) return 'vacuous';
  return extent === 'whole' ? 'holds' : 'nothing found';
}

/**
 * The coverage of lifecycle transitions, by name; a transition that never happened counts 0. Tables
 * of one name, such as two compilations of one machine, count together.
 */
export function transitionCoverage(hits: TransitionHits): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [table, taken] of hits) {
    for (const { name, entry } of transitionsOf(table)) {
      counts[name] = (counts[name] ?? 0) + (taken[entry] ?? 0);
    }
  }
  return counts;
}

/** Every transition of a lifecycle as `server: running -crash-> stopped`. */
export function transitionsOf(
  table: LifecycleTable<string, string, string>,
): { name: string; entry: number }[] {
  return table.next.flatMap((target, entry) => {
    if (target < 0) return [];
    const from = table.states[Math.floor(entry / table.events.length)];
    const event = table.events[entry % table.events.length];
    return [{ name: `${table.name}: ${from} -${event}-> ${table.states[target]}`, entry }];
  });
}

/** How many transitions the lifecycles of a state have, possible or not: one counter for each. */
export function transitionTotal(hits: TransitionHits): number {
  let total = 0;
  for (const counts of hits.values()) total += counts.length;
  return total;
}

/** Moves how often each transition was taken to counters of all tables in order. */
export function takeHits(hits: TransitionHits, into: Float64Array): void {
  let entry = 0;
  for (const counts of hits.values()) {
    for (const times of counts) {
      into[entry] = (into[entry] as number) + times;
      entry++;
    }
    counts.fill(0);
  }
}

/** The same, the other way. */
export function putHits(from: Float64Array, hits: TransitionHits): void {
  let entry = 0;
  for (const counts of hits.values()) {
    for (let index = 0; index < counts.length; index++) counts[index] = from[entry++] as number;
  }
}

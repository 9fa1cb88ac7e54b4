import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { Coverage, ExplorationResult } from '../../checker/results/result.ts';
import type { Failure } from '../tasks/failure.ts';

/** A property that broke, and the seed that did it first. */
export interface FirstBroken {
  readonly property: string;
  readonly seed: number;
  /** The false clause, as it was before anything was shortened. */
  readonly clause: string;
}

/** What some seeds came to: plain data, which can be put together with what later seeds came to. */
export interface Tally {
  /** How many seeds were played. */
  readonly seeds: number;
  readonly runs: number;
  readonly steps: number;
  /** The longest run, in steps. */
  readonly longest: number;
  /** Distinct states of each seed, added up: seeds may have seen the same ones. */
  readonly statesOfSeeds: number;
  /** Of each seed, in their order, a hash over every state that it came to. */
  readonly chains: readonly string[];
  /** How often each property was evaluated, and where its antecedent was true. */
  readonly properties: Readonly<Record<string, Pick<PropertyReport, 'evaluated' | 'antecedent'>>>;
  readonly coverage: Coverage;
  /** In the order of seeds. */
  readonly broken: readonly FirstBroken[];
  /** An error of the model, which ends everything. */
  readonly crash?: { readonly seed: number; readonly failure: Failure };
}

/** Of no seeds. */
export const nothing: Tally = {
  seeds: 0,
  runs: 0,
  steps: 0,
  longest: 0,
  statesOfSeeds: 0,
  chains: [],
  properties: {},
  coverage: { actions: {}, transitions: {} },
  broken: [],
};

/** Of one seed that was played to its end. */
export function tallyOf(seed: number, result: ExplorationResult): Tally {
  const { runs = 0, steps, depth, distinctStates, chain = '', properties, coverage } = result;
  return {
    seeds: 1,
    runs,
    steps,
    longest: depth,
    statesOfSeeds: distinctStates,
    chains: [chain],
    properties: Object.fromEntries(
      properties.map(({ name, evaluated, antecedent }) => [name, { evaluated, antecedent }]),
    ),
    coverage,
    broken: result.violations.map(({ property, clause }) => ({ property, seed, clause })),
  };
}

/** Of these seeds and of those that follow them. */
export function together(before: Tally, after: Tally): Tally {
  const known = new Set(before.broken.map(({ property }) => property));
  const { crash } = after;
  return {
    seeds: before.seeds + after.seeds,
    runs: before.runs + after.runs,
    steps: before.steps + after.steps,
    longest: Math.max(before.longest, after.longest),
    statesOfSeeds: before.statesOfSeeds + after.statesOfSeeds,
    chains: [...before.chains, ...after.chains],
    properties: propertiesTogether(before.properties, after.properties),
    coverage: {
      actions: added(before.coverage.actions, after.coverage.actions),
      transitions: added(before.coverage.transitions, after.coverage.transitions),
    },
    broken: [...before.broken, ...after.broken.filter(({ property }) => !known.has(property))],
    ...(crash === undefined ? {} : { crash }),
  };
}

/** Whether what follows these seeds is not asked for any more. */
export function isOver({ broken, crash }: Tally, { keepGoing }: { keepGoing: boolean }): boolean {
  return crash !== undefined || (!keepGoing && broken.length > 0);
}

type Counts = Readonly<Record<string, number>>;

function added(before: Counts, after: Counts): Counts {
  const sum: Record<string, number> = { ...before };
  for (const [name, count] of Object.entries(after)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

function propertiesTogether(
  before: Tally['properties'],
  after: Tally['properties'],
): Tally['properties'] {
  const sum = { ...before };
  for (const [name, { evaluated, antecedent }] of Object.entries(after)) {
    const known = sum[name] ?? { evaluated: 0, antecedent: 0 };
    sum[name] = {
      evaluated: known.evaluated + evaluated,
      antecedent: known.antecedent + antecedent,
    };
  }
  return sum;
}

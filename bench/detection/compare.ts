import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { byCommands, byThisEngine, byUniformWalk, type Detection, type Search } from './methods.ts';
import type { Subject } from './subjects.ts';

/** The ways of searching, in the order of the columns. */
const methods = {
  engine: byThisEngine,
  'fc.commands': byCommands({}),
  'fc.commands size max': byCommands({ maxCommands: 100, size: 'max' }),
  'uniform walk': byUniformWalk,
} as const;

export type MethodName = keyof typeof methods;
export const methodNames = Object.keys(methods) as readonly MethodName[];

/** One method on one defect, over all seeds. */
export interface Summary {
  readonly found: number;
  readonly seeds: number;
  /** Steps to the first counterexample; a seed that missed counts with the cap. */
  readonly meanSteps: number;
  readonly medianSteps: number;
  readonly meanSeconds: number;
  /** Of those that were found: how many were shrunk to the breadth-first length. */
  readonly shortest: number;
  /** Mean length after shrinking. */
  readonly meanLength: number;
  /** This engine: how many were at the breadth-first length before the breadth-first search. */
  readonly shortestByChanging?: number;
}

/**
 * Steps for each detection: all steps of all seeds by the number of seeds that found it. Searches draw
 * one run after the other, so this does not depend on where a cap ended those that missed.
 */
export function stepsPerFind({ meanSteps, seeds, found }: Summary): number {
  return (meanSteps * seeds) / Math.max(1, found);
}

/** A defect with what each method made of it. */
export interface Comparison {
  readonly defect: string;
  /** The length of the shortest counterexample, by an exhaustive search. */
  readonly shortest: number;
  /** Steps after which the other methods count as having missed it. */
  readonly cap: number;
  readonly methods: Readonly<Record<MethodName, Summary>>;
}

/** This engine's own limit: far beyond what it needs. */
const ENGINE_CAP = 1_000_000;
/** The others get this many times the engine's mean, within bounds that keep the bench finite. */
const CAP_FACTOR = 15;
const [LEAST_CAP, MOST_CAP] = [800, 2_500];

/** Compares the methods on one defect. */
export async function compare(subject: Subject, seeds: number): Promise<Comparison> {
  const { violations } = await exploreExhaustively(subject.model, [subject.property], {
    symmetry: true,
  });
  const shortest = violations[0]?.steps.length ?? Number.NaN;
  const engine = await searches('engine', subject, seeds, ENGINE_CAP);
  const own = summarize(engine, shortest);
  const cap = Math.round(Math.min(MOST_CAP, Math.max(LEAST_CAP, CAP_FACTOR * own.meanSteps)));
  const others = methodNames
    .slice(1)
    .map(
      async (method): Promise<[MethodName, Summary]> => [
        method,
        summarize(await searches(method, subject, seeds, cap), shortest),
      ],
    );
  const all = [['engine', own] as const, ...(await Promise.all(others))];
  return {
    defect: subject.name,
    shortest,
    cap,
    methods: Object.fromEntries(all) as Record<MethodName, Summary>,
  };
}

async function searches(
  method: MethodName,
  { model, property }: Subject,
  seeds: number,
  cap: number,
): Promise<Detection[]> {
  const found: Detection[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const search: Search = { model, property, seed, cap };
    found.push(await methods[method](search));
  }
  return found;
}

function summarize(detections: readonly Detection[], shortest: number): Summary {
  const found = detections.filter(detection => detection.found);
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
  const steps = detections.map(detection => detection.steps).sort((a, b) => a - b);
  const changed = found.flatMap(({ changedOnly }) => changedOnly ?? []);
  return {
    found: found.length,
    seeds: detections.length,
    meanSteps: mean(steps),
    medianSteps: steps[steps.length >> 1] ?? 0,
    meanSeconds: mean(detections.map(({ seconds }) => seconds)),
    shortest: found.filter(({ length }) => length === shortest).length,
    meanLength: mean(found.flatMap(({ length }) => length ?? [])),
    ...(changed.length === 0
      ? {}
      : { shortestByChanging: changed.filter(length => length === shortest).length }),
  };
}

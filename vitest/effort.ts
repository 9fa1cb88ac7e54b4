import { randomInt } from 'node:crypto';
import { fingerprintOf } from '../checker/state/fingerprint.ts';
import { SETTLE_STEPS } from '../corpus/searchLiveness.ts';
import { MOST_STATES } from './matcherTypes.ts';

/** How much a model test does, as its options, the environment and vitest say. */
export interface EffortOptions {
  /** The seed of every random choice; otherwise HIGHWATER_SEED, `sequence.seed`, or a fixed one. */
  readonly seed?: number;
  /** Random runs to make; otherwise HIGHWATER_RUNS, or 1000. */
  readonly runs?: number;
  /** The longest run, in steps: 100 unless it is given. */
  readonly maxSteps?: number;
  /**
   * Milliseconds for the random runs, and for each search for what must happen at some time; otherwise
   * HIGHWATER_TIME_LIMIT (such as 90s), or a minute.
   */
  readonly timeLimit?: number;
  /**
   * Of temporal properties: distinct states up to which every fair run is looked at, before random runs
   * that settle take over; 20,000 unless it is given.
   */
  readonly maxStates?: number;
  /** Of those runs: steps after the last fault in which what is due must happen; otherwise 300. */
  readonly settleSteps?: number;
}

/** How much a model test does. Times are in milliseconds. */
export type Effort = Required<EffortOptions>;

/** What the options are completed from. */
export interface Surroundings {
  readonly modelName: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** vitest's `sequence.seed`, if there is one. */
  readonly sequenceSeed: number | undefined;
}

/** Seeds have 31 bits; one that vitest draws from the clock, to shuffle, has more. */
const LARGEST_SEED = 0x7fff_ffff;
const LARGEST = {
  runs: 1_000_000_000,
  maxSteps: 100_000,
  timeLimit: 24 * 3_600_000,
  maxStates: 10_000_000,
  settleSteps: 100_000,
} as const;
const DEFAULTS = {
  runs: 1000,
  maxSteps: 100,
  timeLimit: 60_000,
  maxStates: MOST_STATES,
  settleSteps: SETTLE_STEPS,
} as const;

/** @throws RangeError naming the option or variable that is out of range. */
export function effortOf(options: EffortOptions, surroundings: Surroundings): Effort {
  const { environment, sequenceSeed, modelName } = surroundings;
  const variable = (name: string): string | undefined => environment[name] || undefined;
  const seed = options.seed ?? seedIn(variable('HIGHWATER_SEED'));
  const chosen = sequenceSeed !== undefined && isSeed(sequenceSeed) ? sequenceSeed : undefined;
  const runs = options.runs ?? numberIn(variable('HIGHWATER_RUNS')) ?? DEFAULTS.runs;
  const maxSteps = options.maxSteps ?? DEFAULTS.maxSteps;
  const timeLimit =
    options.timeLimit ?? durationIn(variable('HIGHWATER_TIME_LIMIT')) ?? DEFAULTS.timeLimit;
  const { maxStates = DEFAULTS.maxStates, settleSteps = DEFAULTS.settleSteps } = options;
  expectWhole('seed (or HIGHWATER_SEED)', seed ?? 0, 0, LARGEST_SEED);
  expectWhole('runs (or HIGHWATER_RUNS)', runs, 1, LARGEST.runs);
  expectWhole('maxSteps', maxSteps, 1, LARGEST.maxSteps);
  expectWhole('timeLimit (or HIGHWATER_TIME_LIMIT)', timeLimit, 1, LARGEST.timeLimit);
  expectWhole('maxStates', maxStates, 1, LARGEST.maxStates);
  expectWhole('settleSteps', settleSteps, 1, LARGEST.settleSteps);
  const chosenSeed = seed ?? chosen ?? seedOf(modelName);
  return { seed: chosenSeed, runs, maxSteps, timeLimit, maxStates, settleSteps };
}

function isSeed(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED;
}

/** A seed that stays the same for one model, and is another for another. */
function seedOf(modelName: string): number {
  const fingerprint = { low: 0, high: 0 };
  fingerprintOf(
    Uint32Array.from(modelName, letter => letter.codePointAt(0) ?? 0),
    fingerprint,
  );
  return fingerprint.low & LARGEST_SEED;
}

/** `random` draws one: it is told with whatever the test comes to. */
function seedIn(text: string | undefined): number | undefined {
  return text === 'random' ? randomInt(LARGEST_SEED) : numberIn(text);
}

/** Not a number where the text is none, so that it is out of every range. */
function numberIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

const units = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function durationIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  return Math.round(Number(amount || Number.NaN) * (units.get(unit) ?? 1));
}

function expectWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name}: expected a whole number from ${least} to ${most}`);
}

import fc from 'fast-check';
import { type Compared, compareModel } from './compareModel.ts';
import { Difference } from './difference.ts';
import { type DrawnModel, describeModel } from './drawnModel.ts';
import { ModelArbitrary } from './modelArbitrary.ts';

/** Models that are tried to make one that shows a difference smaller. */
const MOST_ATTEMPTS = 4000;

/** What is drawn. */
export interface Draw {
  readonly seed: number;
  /** Whether code may look at views as a whole. */
  readonly looksAtViews: boolean;
}

/** The model with this number: each can be drawn alone. */
export function modelNumber({ seed, looksAtViews }: Draw, number: number): DrawnModel {
  const own = Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b);
  const [model] = fc.sample(new ModelArbitrary(looksAtViews), { seed: own, numRuns: 1 });
  return model as DrawnModel;
}

/** A model that those who look at it say different things of, made as small as it goes. */
export interface Found {
  readonly number: number;
  readonly comparison: string;
  readonly problem: string;
  readonly model: DrawnModel;
}

/** Compares one model. */
export async function tryModel(draw: Draw, number: number): Promise<Compared | Found | undefined> {
  const model = modelNumber(draw, number);
  try {
    return await compareModel(model, number);
  } catch (error) {
    return { number, model, ...toldBy(error) };
  }
}

function toldBy(error: unknown): Pick<Found, 'comparison' | 'problem'> {
  if (error instanceof Difference) return { comparison: error.comparison, problem: error.message };
  const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { comparison: 'nothing can be compared', problem };
}

/**
 * The smallest model that differs in the same comparison, as far as a few thousand attempts find one.
 *
 * @param goesOn - Asked before each attempt.
 */
export async function smallest(
  found: Found,
  goesOn: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<Found> {
  const arbitrary = new ModelArbitrary(true);
  let best = found;
  let attempts = 0;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const { value: model } of arbitrary.shrink(best.model)) {
      if (++attempts > MOST_ATTEMPTS || !(await goesOn())) return best;
      const told = await compareModel(model, found.number).then(() => undefined, toldBy);
      if (told?.comparison !== found.comparison) continue;
      best = { number: found.number, model, ...told };
      isSmaller = true;
      break;
    }
  }
  return best;
}

/** What to read of a difference: which comparison, the model, and how to see it again. */
export function foundText(draw: Draw, found: Found): string {
  const views = draw.looksAtViews ? '' : ' --no-views';
  return [
    `model ${found.number}: ${found.problem}`,
    describeModel(found.model),
    JSON.stringify(found.model),
    `again: npm run differential -- --seed ${draw.seed} --from ${found.number} --models 1${views}`,
  ].join('\n');
}

/** How the models of a run are distributed. */
export class Distribution {
  readonly #states: number[] = [];
  #tooLarge = 0;
  #errors = 0;
  #violated = 0;
  #asymmetric = 0;
  #learningFull = 0;
  #hopesBroken = 0;

  add(compared: Compared | undefined): void {
    if (compared === undefined) {
      this.#tooLarge++;
      return;
    }
    const { states, outcome, isAsymmetric, isLearningFull, isViolated, hopesBroken } = compared;
    this.#states.push(states);
    if (outcome.kind === 'error') this.#errors++;
    if (isViolated) this.#violated++;
    if (isAsymmetric) this.#asymmetric++;
    if (isLearningFull) this.#learningFull++;
    if (hopesBroken > 0) this.#hopesBroken++;
  }

  get data() {
    const states = this.#states.toSorted((a, b) => a - b);
    const at = (share: number): number => states[Math.floor(share * (states.length - 1))] ?? 0;
    return {
      compared: states.length,
      tooLarge: this.#tooLarge,
      states: { tenth: at(0.1), half: at(0.5), nineTenths: at(0.9), most: at(1) },
      withError: this.#errors,
      violated: this.#violated,
      asymmetric: this.#asymmetric,
      learningFull: this.#learningFull,
      temporalViolated: this.#hopesBroken,
    };
  }
}

import { type TestContext, type TestOptions, test } from 'vitest';
import { DeclarationError } from '../checker/declarationError.ts';
import {
  expectFlagIfAny,
  expectLimit,
  expectOptions,
  type KeysOf,
} from '../checker/declarations.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { claimsOf, type Specification } from '../checker/model/specification.ts';
import { type Thresholds, thresholdKinds } from '../checker/results/thresholds.ts';
import { type CallSite, callSiteOf } from './callSite.ts';
import { type Effort, type EffortOptions, effortOf } from './effort.ts';
import { runModelTest } from './runModelTest.ts';
import { sequenceSeed } from './sequenceSeed.ts';
import { noteTested } from './testedProperties.ts';

/** How a model is tested. */
export interface ModelTestOptions extends EffortOptions {
  /** Further properties, beside those of the specification. */
  readonly properties?: readonly AnyProperty[];
  /** The folder of the corpus, from the folder of the test file: `traces` unless it is given. */
  readonly corpus?: string;
  /** Properties that need not be put to the test, by name. */
  readonly allowVacuous?: readonly string[];
  /**
   * Counterexamples of each property, told apart by the actions that they follow from: 1 unless it is given. With
   * more all runs are made. Of temporal properties one is told.
   */
  readonly counterexamples?: number;
  /**
   * Whether the proof that a counterexample is shortest counts states that differ by renaming nodes as
   * one: it does unless this is false.
   */
  readonly symmetry?: boolean;
  /** What must have been seen in the random runs; else the test fails as vacuous. */
  readonly thresholds?: Thresholds;
}

/** Registers one vitest test of this name. */
export type RegisterModelTest = (
  name: string,
  specification: Specification,
  options?: ModelTestOptions,
) => void;

type RegisterTest = (
  name: string,
  options: TestOptions,
  run: (context: TestContext) => Promise<void>,
) => void;

/** Time, beyond that for the searches, to replay the corpus, shorten what was found and write it down. */
const MORE_TIME = 120_000;
/** Random runs; of temporal properties every fair run, and random runs that settle. */
const MOST_SEARCHES = 3;

/**
 * Tests a model under random interleavings: one vitest test, which first replays the traces that
 * earlier failures left in the corpus, and fails where one is still reproduced or cannot be
 * replayed. What the random runs break is shortened and kept there, as is a run in which a temporal
 * property of the specification fails: every fair run is looked at where the scope is small enough,
 * random ones that settle elsewhere.
 *
 * An antecedent that was never true, a goal that was not reached, and what was never due or never came
 * about fail the test as vacuous. The time limit ends the runs, without failure unless none was made.
 */
export const modelTest: RegisterModelTest & {
  readonly only: RegisterModelTest;
  readonly skip: RegisterModelTest;
} = Object.assign(registerBy(test), {
  only: registerBy(test.only),
  skip: registerBy(test.skip),
});

function registerBy(register: RegisterTest): RegisterModelTest {
  return function registerModelTest(name, specification, options = {}) {
    const site = callSiteOf(registerModelTest);
    const effort = effortHere(specification, options, site);
    const {
      properties = [],
      corpus,
      allowVacuous = [],
      thresholds = {},
      symmetry = true,
      counterexamples = 1,
    } = options;
    expectKnown(options, site);
    expectThresholds(thresholds, site);
    const extended = {
      ...specification,
      properties: [...specification.properties, ...properties],
    };
    noteTested(site.file, claimsOf(extended));
    register(name, { timeout: MOST_SEARCHES * effort.timeLimit + MORE_TIME }, context =>
      runModelTest({
        specification: extended,
        effort,
        corpus,
        allowVacuous,
        thresholds,
        symmetry,
        counterexamples,
        site,
        context,
      }),
    );
  };
}

function effortHere({ model }: Specification, options: ModelTestOptions, site: CallSite): Effort {
  const surroundings = {
    modelName: model.name,
    environment: process.env,
    sequenceSeed: sequenceSeed(),
  };
  try {
    return effortOf(options, surroundings);
  } catch (error) {
    throw error instanceof RangeError ? site.failure(error.message) : error;
  }
}

const optionKeys: KeysOf<ModelTestOptions> = {
  seed: true,
  runs: true,
  maxSteps: true,
  timeLimit: true,
  maxStates: true,
  settleSteps: true,
  properties: true,
  corpus: true,
  allowVacuous: true,
  symmetry: true,
  counterexamples: true,
  thresholds: true,
};

/** Tests are often not type-checked before they run. */
function expectKnown(options: ModelTestOptions, site: CallSite): void {
  try {
    expectOptions('modelTest', options, optionKeys);
    expectFlagIfAny('modelTest: symmetry', options.symmetry);
    expectLimit('modelTest: counterexamples', options.counterexamples, 1);
  } catch (error) {
    throw error instanceof DeclarationError ? site.failure(error.message) : error;
  }
}

function expectThresholds(thresholds: Thresholds, site: CallSite): void {
  const kinds = new Map(Object.entries(thresholdKinds));
  for (const [name, value] of Object.entries(thresholds)) {
    const kind = kinds.get(name);
    if (kind === undefined) {
      const known = [...kinds.keys()].join(', ');
      throw site.failure(`thresholds.${name}: expected one of ${known}`);
    }
    if (value === undefined || kind.is(value)) continue;
    const found = JSON.stringify(value);
    throw site.failure(`thresholds.${name}: expected ${kind.expected}, found ${found}`);
  }
}

import { type TestContext, type TestOptions, test } from 'vitest';
import type { AnyProperty } from '../checker/model/property.ts';
import type { Specification } from '../checker/model/specification.ts';
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

/** Time, beyond that for the runs, to replay the corpus, shorten what was found and write it down. */
const MORE_TIME = 120_000;

/**
 * Tests a model under random interleavings: one vitest test, which first replays the traces that
 * earlier failures left in the corpus, and fails where one is still reproduced or cannot be
 * replayed. What the random runs break is shortened and kept there.
 *
 * An antecedent that was never true and a goal that was not reached fail the test as vacuous. The
 * time limit ends the runs, without failure unless none was made.
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
    const { properties = [], corpus, allowVacuous = [] } = options;
    const extended = {
      model: specification.model,
      properties: [...specification.properties, ...properties],
    };
    noteTested(site.file, extended.properties);
    register(name, { timeout: effort.timeLimit + MORE_TIME }, context =>
      runModelTest({
        specification: extended,
        effort,
        corpus,
        allowVacuous,
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

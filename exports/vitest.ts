/* `highwater/vitest`: model tests, and matchers for `expect` by importing it. */
export * from '../vitest/matchers.ts';
export { type ModelTestOptions, modelTest } from '../vitest/modelTest.ts';

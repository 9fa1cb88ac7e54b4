import { atomicityCases } from './cases/atomicity.ts';
import { fencingCases } from './cases/fencing.ts';
import { goalCases } from './cases/goals.ts';
import { processingCases } from './cases/processing.ts';
import type { Cases } from './handBuilt.ts';

/** Every hand-built case of two processes in version 2, by property. */
export const transactionsCases: Readonly<Record<string, Cases>> = {
  ...atomicityCases,
  ...fencingCases,
  ...processingCases,
  ...goalCases,
};

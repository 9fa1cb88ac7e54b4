import { commitmentCases } from './cases/commitment.ts';
import { electionCases, lifecycleCases } from './cases/elections.ts';
import { faultCases } from './cases/faults.ts';
import { goalCases } from './cases/goals.ts';
import { logCases } from './cases/logs.ts';
import { memoryCases } from './cases/memory.ts';
import { networkCases } from './cases/network.ts';
import { voterCases } from './cases/voters.ts';
import type { Cases } from './handBuilt.ts';

/** Every hand-built case, by property. */
export const allCases: Readonly<Record<string, Cases>> = {
  ...commitmentCases,
  ...logCases,
  ...electionCases,
  ...lifecycleCases,
  ...networkCases,
  ...memoryCases,
  ...voterCases,
  ...faultCases,
  ...goalCases,
};

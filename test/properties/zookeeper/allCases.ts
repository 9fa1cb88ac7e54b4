import { controllerCases } from './cases/controllers.ts';
import { goalCases } from './cases/goals.ts';
import { settledCases } from './cases/settled.ts';
import type { Cases } from './handBuilt.ts';

/** For every property and goal of controllers and znodes, places where it is seen to hold, to fail and to be silent. */
export const zooKeeperCases: Readonly<Record<string, Cases>> = {
  ...controllerCases,
  ...settledCases,
  ...goalCases,
};

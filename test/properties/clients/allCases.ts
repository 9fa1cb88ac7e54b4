import { consumerCases } from './cases/consuming.ts';
import { deliveryCases, questionCases } from './cases/delivery.ts';
import { goalCases } from './cases/goals.ts';
import { numberCases } from './cases/numbers.ts';
import type { Cases } from './handBuilt.ts';

/** Every hand-built case of an idempotent producer and a consumer with auto commit, by property. */
export const clientsCases: Readonly<Record<string, Cases>> = {
  ...deliveryCases,
  ...numberCases,
  ...goalCases,
  ...questionCases,
  ...consumerCases,
};

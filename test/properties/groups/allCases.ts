import { goalCases } from './cases/goals.ts';
import { consumerOffsetCases, offsetCases } from './cases/offsets.ts';
import { consumerOwnershipCases, ownershipCases } from './cases/ownership.ts';
import { processingCases } from './cases/processing.ts';
import type { Cases } from './handBuilt.ts';

/** Every hand-built case of members of the classic protocol, by property. */
export const groupsCases: Readonly<Record<string, Cases>> = {
  ...offsetCases,
  ...ownershipCases,
  ...processingCases,
  ...goalCases,
};

/** Those of the consumer protocol, of what is said otherwise of it. */
export const consumerCases: Readonly<Record<string, Cases>> = {
  ...consumerOffsetCases,
  ...consumerOwnershipCases,
};

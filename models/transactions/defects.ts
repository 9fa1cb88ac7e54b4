import { applicationDefects } from './defects/applications.ts';
import { coordinatorDefects } from './defects/coordinator.ts';
import { leaderDefects } from './defects/leader.ts';
import { transactionsHazards } from './defects/settings.ts';
import type { TransactionsDefect } from './rules.ts';

/** The deliberate defects of the model of transactions, and what they do not survive. */
export const transactionsDefects: readonly TransactionsDefect[] = [
  ...coordinatorDefects,
  ...leaderDefects,
  ...applicationDefects,
  ...transactionsHazards,
];

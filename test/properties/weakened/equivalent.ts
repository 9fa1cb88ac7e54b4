/*
 * Conditions that say the same when they are true, or false, for ever, each with the reason. Every other one is
 * noticed by a hand-built case.
 */

const pairsTwice =
  'Asks each two twice, and one about itself: what it says is the same of two in either order, it is asked of them ' +
  'in this order first, and nobody differs from itself.';

export const equivalentInReplication: ReadonlyMap<string, string> = new Map([
  ['logs.ts sameEpochSameRecord.holds: a >= b is false', pairsTwice],
]);

export const equivalentInKraft: ReadonlyMap<string, string> = new Map([
  ['logs.ts sameEpochSameRecord.holds: a >= b is false', pairsTwice],
  ['goals/elections.ts splitVote.reaches: a >= b is false', pairsTwice],
]);

export const equivalentInClients: ReadonlyMap<string, string> = new Map([]);

export const equivalentInTransactions: ReadonlyMap<string, string> = new Map([]);

export const equivalentInGroups: ReadonlyMap<string, string> = new Map([]);

export const equivalentInZooKeeper: ReadonlyMap<string, string> = new Map([]);

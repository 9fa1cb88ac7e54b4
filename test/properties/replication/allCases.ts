import { causeCases } from './cases/causes.ts';
import { clientCases } from './cases/clients.ts';
import { committedCases } from './cases/committed.ts';
import { goalCases } from './cases/goals.ts';
import { leadershipCases } from './cases/leadership.ts';
import { logCases } from './cases/logs.ts';
import { metadataCases } from './cases/metadata.ts';
import { operatorCases } from './cases/operators.ts';
import { topicCases } from './cases/topics.ts';
import { uncleanElectionCases } from './cases/uncleanElections.ts';
import type { Cases } from './handBuilt.ts';

/** For every property and goal of the model, places where it is seen to hold, to fail and to be silent. */
export const allCases: Readonly<Record<string, Cases>> = {
  ...clientCases,
  ...metadataCases,
  ...leadershipCases,
  ...logCases,
  ...uncleanElectionCases,
  ...causeCases,
  ...committedCases,
  ...goalCases,
  ...topicCases,
  ...operatorCases,
};

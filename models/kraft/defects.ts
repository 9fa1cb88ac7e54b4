import { commitmentDefects } from './defects/commitment.ts';
import { controllerDefects } from './defects/controllers.ts';
import { electionDefects } from './defects/elections.ts';
import { fetchingDefects } from './defects/fetching.ts';
import { restartDefects } from './defects/restarts.ts';
import { snapshotDefects } from './defects/snapshots.ts';
import { voterChangeDefects } from './defects/voterChanges.ts';
import type { KraftDefect } from './rules.ts';

/** Every deliberate defect of the quorum model. */
export const kraftDefects: readonly KraftDefect[] = [
  ...electionDefects,
  ...restartDefects,
  ...commitmentDefects,
  ...fetchingDefects,
  ...snapshotDefects,
  ...voterChangeDefects,
  ...controllerDefects,
];

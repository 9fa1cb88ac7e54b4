import type { KraftDefect } from '../kraft/rules.ts';
import { commitmentDefects } from './kraft/commitment.ts';
import { controllerDefects } from './kraft/controllers.ts';
import { electionDefects } from './kraft/elections.ts';
import { fetchingDefects } from './kraft/fetching.ts';
import { restartDefects } from './kraft/restarts.ts';
import { snapshotDefects } from './kraft/snapshots.ts';
import { voterChangeDefects } from './kraft/voterChanges.ts';

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

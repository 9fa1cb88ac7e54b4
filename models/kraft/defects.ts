import { commitmentDefects } from './defects/commitment.ts';
import { controllerDefects } from './defects/controllers.ts';
import { electionDefects } from './defects/elections.ts';
import { fetchingDefects } from './defects/fetching.ts';
import { kraftProgressDefects } from './defects/progress.ts';
import { restartDefects } from './defects/restarts.ts';
import { snapshotDefects } from './defects/snapshots.ts';
import { voterChangeDefects } from './defects/voterChanges.ts';
import type { KraftDefect } from './rules.ts';

/** The deliberate defects of the quorum model that some state or step shows. */
export const kraftDefects: readonly KraftDefect[] = [
  ...electionDefects,
  ...restartDefects,
  ...commitmentDefects,
  ...fetchingDefects,
  ...snapshotDefects,
  ...voterChangeDefects,
  ...controllerDefects,
];

/** Every deliberate defect of the quorum model: those too that only show in what never happens. */
export const everyKraftDefect: readonly KraftDefect[] = [...kraftDefects, ...kraftProgressDefects];

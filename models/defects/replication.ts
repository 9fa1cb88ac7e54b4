import type { ReplicationDefect } from '../replication/rules.ts';
import { acknowledgedBeforeReplication } from './acknowledgedBeforeReplication.ts';
import { electionOutsideIsr } from './electionOutsideIsr.ts';
import { highWatermarkIgnoresIsr } from './highWatermarkIgnoresIsr.ts';
import { isrChangeWithoutEpochs } from './isrChangeWithoutEpochs.ts';
import { leaderEpochNotBumped } from './leaderEpochNotBumped.ts';
import { readsToLogEnd } from './readsToLogEnd.ts';
import { skippedEpochKeepsFollowerState } from './skippedEpochKeepsFollowerState.ts';
import { truncatesToHighWatermark } from './truncatesToHighWatermark.ts';

/** Every deliberate defect of the replication model. */
export const replicationDefects: readonly ReplicationDefect[] = [
  truncatesToHighWatermark,
  electionOutsideIsr,
  highWatermarkIgnoresIsr,
  acknowledgedBeforeReplication,
  isrChangeWithoutEpochs,
  leaderEpochNotBumped,
  readsToLogEnd,
  skippedEpochKeepsFollowerState,
];

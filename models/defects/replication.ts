import type { ReplicationDefect } from '../replication/rules.ts';
import { clientDefects } from './clients.ts';
import { electionDefects } from './elections.ts';
import { eligibleLeaderDefects } from './eligibleLeaders.ts';
import { fetchingDefects } from './fetching.ts';
import { highWatermarkDefects } from './highWatermark.ts';
import { isrMembershipDefects } from './isrMembership.ts';
import { metadataDefects } from './metadata.ts';
import { reassignmentDefects } from './reassignment.ts';
import { registrationDefects } from './registration.ts';
import { truncationDefects } from './truncation.ts';

/** Every deliberate defect of the replication model. */
export const replicationDefects: readonly ReplicationDefect[] = [
  ...truncationDefects,
  ...fetchingDefects,
  ...highWatermarkDefects,
  ...clientDefects,
  ...isrMembershipDefects,
  ...electionDefects,
  ...eligibleLeaderDefects,
  ...registrationDefects,
  ...metadataDefects,
  ...reassignmentDefects,
];

import type { ReplicationDefect } from '../replication/rules.ts';
import { clientDefects } from './replication/clients.ts';
import { electionDefects } from './replication/elections.ts';
import { eligibleLeaderDefects } from './replication/eligibleLeaders.ts';
import { fetchingDefects } from './replication/fetching.ts';
import { highWatermarkDefects } from './replication/highWatermark.ts';
import { isrMembershipDefects } from './replication/isrMembership.ts';
import { metadataDefects } from './replication/metadata.ts';
import { reassignmentDefects } from './replication/reassignment.ts';
import { registrationDefects } from './replication/registration.ts';
import { truncationDefects } from './replication/truncation.ts';

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

import { clientDefects } from './defects/clients.ts';
import { diskDefects } from './defects/disks.ts';
import { electionDefects } from './defects/elections.ts';
import { eligibleLeaderDefects } from './defects/eligibleLeaders.ts';
import { fetchingDefects } from './defects/fetching.ts';
import { highWatermarkDefects } from './defects/highWatermark.ts';
import { inRepairedRelease } from './defects/inRepairedRelease.ts';
import { isrMembershipDefects } from './defects/isrMembership.ts';
import { metadataDefects } from './defects/metadata.ts';
import { replicationProgressDefects } from './defects/progress.ts';
import { reassignmentDefects } from './defects/reassignment.ts';
import { registrationDefects } from './defects/registration.ts';
import { topicDefects } from './defects/topics.ts';
import { truncationDefects } from './defects/truncation.ts';
import type { ReplicationDefect } from './rules.ts';

/** The deliberate defects of the replication model that some state or step shows. */
export const replicationDefects: readonly ReplicationDefect[] = [
  ...truncationDefects,
  ...fetchingDefects,
  ...highWatermarkDefects,
  ...clientDefects,
  ...isrMembershipDefects,
  ...electionDefects,
  ...eligibleLeaderDefects,
  ...registrationDefects,
  ...diskDefects,
  ...metadataDefects,
  ...reassignmentDefects,
  ...topicDefects,
].map(inRepairedRelease);

/** Every deliberate defect of the replication model: those too that only show in what never happens. */
export const everyReplicationDefect: readonly ReplicationDefect[] = [
  ...replicationDefects,
  ...replicationProgressDefects,
];

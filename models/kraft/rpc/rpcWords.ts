import type { Rpc } from '../schema.ts';

/** What each request is called in sentences; with "answer" behind it, the answer to it. */
export const rpcWords: Readonly<Record<Rpc, string>> = {
  preVote: 'pre-vote',
  vote: 'vote',
  beginQuorumEpoch: 'BeginQuorumEpoch',
  endQuorumEpoch: 'EndQuorumEpoch',
  // Brokers fetch from leaders of topic partitions as well.
  fetch: 'metadata fetch',
  fetchSnapshot: 'snapshot fetch',
  addVoter: 'AddRaftVoter',
  removeVoter: 'RemoveRaftVoter',
  updateVoter: 'UpdateRaftVoter',
};

import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A node of the metadata quorum. `writeQuorumState` marks the moves that are durable: the
 * quorum-state file is written before the node acts on them. `solicit` and `resign` are in memory
 * only. A stopped node comes back by what that file says: a leader comes back resigned, in the epoch
 * that it led, and never leads it again.
 *
 * Before 4.0 nodes `stand` at once; since then they first `solicit` pre-votes (KIP-996). Observers
 * are only ever unattached or following.
 *
 * Source: QuorumState and the *State classes of org.apache.kafka.raft; KIP-595, KIP-996.
 */
export const raftNodeMachine = setup({
  types: {
    events: {} as
      | { type: 'startUnattached' }
      | { type: 'startFollowing' }
      | { type: 'startAsCandidate' }
      | { type: 'startResigned' }
      | { type: 'startLeading' }
      | { type: 'detach' }
      | { type: 'follow' }
      | { type: 'grantVote' }
      | { type: 'solicit' }
      | { type: 'stand' }
      | { type: 'win' }
      | { type: 'resign' }
      | { type: 'crash' },
  },
  actions: {
    writeQuorumState: () => undefined,
    resetConnections: () => undefined,
    requestPreVotes: () => undefined,
    requestVotes: () => undefined,
    beginEpoch: () => undefined,
    endEpoch: () => undefined,
    startFetching: () => undefined,
    loseMemory: () => undefined,
  },
}).createMachine({
  id: 'raftNode',
  initial: 'stopped',
  states: {
    stopped: {
      entry: 'loseMemory',
      on: {
        startUnattached: { target: 'unattached', actions: 'writeQuorumState' },
        startFollowing: { target: 'follower', actions: 'writeQuorumState' },
        startAsCandidate: { target: 'candidate', actions: 'writeQuorumState' },
        startResigned: { target: 'resigned', actions: 'writeQuorumState' },
        // Never sent by Kafka since KAFKA-10527; a defect does.
        startLeading: { target: 'leader', actions: 'writeQuorumState' },
      },
    },
    unattached: {
      exit: 'resetConnections',
      on: {
        detach: { target: 'unattached', reenter: true, actions: 'writeQuorumState' },
        follow: { target: 'follower', actions: 'writeQuorumState' },
        grantVote: { actions: 'writeQuorumState' },
        solicit: { target: 'prospective' },
        stand: { target: 'candidate', actions: 'writeQuorumState' },
        crash: { target: 'stopped' },
      },
    },
    prospective: {
      entry: 'requestPreVotes',
      exit: 'resetConnections',
      on: {
        detach: { target: 'unattached', actions: 'writeQuorumState' },
        follow: { target: 'follower', actions: 'writeQuorumState' },
        grantVote: { target: 'prospective', reenter: true, actions: 'writeQuorumState' },
        stand: { target: 'candidate', actions: 'writeQuorumState' },
        crash: { target: 'stopped' },
      },
    },
    candidate: {
      entry: 'requestVotes',
      exit: 'resetConnections',
      on: {
        detach: { target: 'unattached', actions: 'writeQuorumState' },
        follow: { target: 'follower', actions: 'writeQuorumState' },
        solicit: { target: 'prospective' },
        stand: { target: 'candidate', reenter: true, actions: 'writeQuorumState' },
        win: { target: 'leader', actions: 'writeQuorumState' },
        crash: { target: 'stopped' },
      },
    },
    leader: {
      entry: 'beginEpoch',
      exit: 'resetConnections',
      on: {
        detach: { target: 'unattached', actions: 'writeQuorumState' },
        follow: { target: 'follower', actions: 'writeQuorumState' },
        resign: { target: 'resigned' },
        crash: { target: 'stopped' },
      },
    },
    follower: {
      entry: 'startFetching',
      exit: 'resetConnections',
      on: {
        detach: { target: 'unattached', actions: 'writeQuorumState' },
        follow: { target: 'follower', reenter: true, actions: 'writeQuorumState' },
        solicit: { target: 'prospective' },
        stand: { target: 'candidate', actions: 'writeQuorumState' },
        crash: { target: 'stopped' },
      },
    },
    resigned: {
      entry: 'endEpoch',
      exit: 'resetConnections',
      on: {
        detach: { target: 'unattached', actions: 'writeQuorumState' },
        follow: { target: 'follower', actions: 'writeQuorumState' },
        stand: { target: 'candidate', actions: 'writeQuorumState' },
        crash: { target: 'stopped' },
      },
    },
  },
});

/** {@link raftNodeMachine} as a transition table. */
export const raftNodeLifecycle = compileLifecycle(raftNodeMachine);

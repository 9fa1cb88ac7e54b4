import { type AnyModel, defineModel } from '../../checker/model/model.ts';
import { weakenedRules } from '../description/defect.ts';
import { exchangeActions } from './actions/exchange.ts';
import { applyRecord, becomeActive } from './actions/listener.ts';
import { append, cleanLog, flush, takeSnapshot } from './actions/log.ts';
import { electionTimeout, fetchTimeout, resignLeadership } from './actions/timeouts.ts';
import { addVoter, removeVoter } from './actions/voters.ts';
import { type KraftBounds, type KraftConfig, preVotesIn, validateKraft } from './config.ts';
import { type KraftContext, kraftContext } from './context.ts';
import { raftEffects } from './effects.ts';
import { crash, restart } from './faults/crash.ts';
import { loseQuorumState, replaceDisk } from './faults/diskLoss.ts';
import { delayMessage, deliverStray, duplicateMessage, loseMessage } from './faults/messages.ts';
import { cutLink, cutNode, healNetwork } from './faults/network.ts';
import { inFlight } from './inFlight.ts';
import { recorders } from './recorders.ts';
import { rulesOf } from './releaseRules.ts';
import { fetch } from './rpc/fetch.ts';
import { fetchSnapshot } from './rpc/fetchSnapshot.ts';
import { beginQuorumEpoch, endQuorumEpoch } from './rpc/quorumEpoch.ts';
import { preVote, vote } from './rpc/vote.ts';
import { addRaftVoter, removeRaftVoter, updateRaftVoter } from './rpc/voterRequests.ts';
import type { KraftDefect } from './rules.ts';
import type { Protocol } from './schema.ts';
import { initialVoters, loadVoters } from './voters.ts';

/** Every request that one node makes of another. */
const rpcs = [
  preVote,
  vote,
  beginQuorumEpoch,
  endQuorumEpoch,
  fetch,
  fetchSnapshot,
  addRaftVoter,
  removeRaftVoter,
  updateRaftVoter,
] as const;

/** What nodes do by themselves, then operators, then the environment. */
const actions = [
  electionTimeout,
  fetchTimeout,
  append,
  flush,
  takeSnapshot,
  cleanLog,
  applyRecord,
  becomeActive,
  addVoter,
  removeVoter,
  resignLeadership,
  crash,
  restart,
  loseQuorumState,
  replaceDisk,
  cutNode,
  cutLink,
  healNetwork,
  loseMessage,
  delayMessage,
  duplicateMessage,
] as const;

/**
 * Kafka's metadata quorum: how controllers elect a leader, replicate the metadata log by fetching
 * it, take snapshots and change their voters.
 *
 * @throws KraftConfigError when the configuration or a bound is outside what it is meant for.
 */
export function kraftModel(
  config: KraftConfig,
  bounds: KraftBounds,
  defects: readonly KraftDefect[] = [],
): AnyModel {
  validateKraft(config, bounds);
  const weakened = defects.map(defect => defect.rules);
  const rules = weakenedRules(rulesOf(config), weakened);
  const context = kraftContext(config, bounds, rules);
  return defineModel({
    name: 'kraft',
    version: 2,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        formatQuorum(context, protocol);
      },
    ],
    actions: [
      ...rpcs.flatMap(rpc => exchangeActions(context, rpc)),
      deliverStray(context, rpcs),
      ...actions.map(action => action(context)),
    ],
    messages: protocol => inFlight(context, protocol),
  });
}

/** A quorum that was just formatted and started: nobody leads, every log is empty. */
export function formatQuorum(context: KraftContext, protocol: Protocol): void {
  const { config, node: nodes } = context;
  const preVotes = preVotesIn(config.kafka);
  for (const node of nodes.all) {
    const view = protocol.nodes.get(node);
    if (node < config.voters) initialVoters(context, view.snapshot);
    const isOld = preVotes === 'allButLast' && node === config.voters - 1;
    view.preVoteSupported = preVotes !== 'none' && !isOld;
    loadVoters(context, view);
    const step = { context, protocol, node, record: silent };
    view.state.send('startUnattached', raftEffects, step);
  }
}

/** There is nothing to tell of a start. */
const silent = {
  led: () => undefined,
  voted: () => undefined,
  movedOn: () => undefined,
  committed: () => undefined,
};

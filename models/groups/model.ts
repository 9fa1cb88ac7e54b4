import { type AnyModel, defineModel } from '../../checker/model/model.ts';
import { weakenedRules } from '../description/defect.ts';
import { commitOffsets } from './actions/commits.ts';
import { load, replicate, resign, unload } from './actions/coordinate.ts';
import { heartbeat, reconcile } from './actions/heartbeat.ts';
import {
  completeJoin,
  findCoordinator,
  join,
  joinWithoutRebalance,
  prepareRevocation,
  start,
} from './actions/joining.ts';
import { fetchOffset, poll, processRecord } from './actions/processing.ts';
import { assign, getPartitions, hearOfLoss } from './actions/syncing.ts';
import { type GroupsBounds, type GroupsConfig, validateGroups } from './config.ts';
import { type GroupsContext, groupsContext } from './context.ts';
import { coordinatorEffects } from './coordination.ts';
import { failOver, failOverUncleanly, failOverUnnoticed, lookUpStale } from './faults/failOver.ts';
import { expireOffset } from './faults/forgetting.ts';
import { crash, exceedPollInterval, expireSession, leave, missSession } from './faults/members.ts';
import { inFlight } from './inFlight.ts';
import { recorders } from './recorders.ts';
import { rulesOf } from './releaseRules.ts';
import type { GroupsDefect } from './rules.ts';
import type { Protocol } from './schema.ts';

/** What members do, then coordinators, then the environment. */
const actions = [
  start,
  join,
  joinWithoutRebalance,
  assign,
  getPartitions,
  hearOfLoss,
  heartbeat,
  reconcile,
  findCoordinator,
  fetchOffset,
  poll,
  processRecord,
  commitOffsets,
  prepareRevocation,
  completeJoin,
  replicate,
  load,
  resign,
  unload,
  expireSession,
  crash,
  leave,
  missSession,
  exceedPollInterval,
  failOver,
  failOverUnnoticed,
  failOverUncleanly,
  lookUpStale,
  expireOffset,
] as const;

/**
 * A group of consumers and its coordinator: who owns which partition, where the group goes on, and what becomes of
 * both when members die, pause or come back, and when another broker becomes the coordinator.
 *
 * @throws GroupsConfigError when the configuration or a bound is outside what it is meant for.
 */
export function groupsModel(
  config: GroupsConfig,
  bounds: GroupsBounds,
  defects: readonly GroupsDefect[] = [],
): AnyModel {
  validateGroups(config, bounds);
  const weakened = defects.map(defect => defect.rules);
  const context = groupsContext(config, bounds, weakenedRules(rulesOf(config), weakened));
  return defineModel({
    name: 'groups',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        startGroup(context, protocol);
      },
    ],
    actions: actions.map(action => action(context)),
    messages: protocol => inFlight(context, protocol),
  });
}

/** The first broker is the coordinator of a group in which nobody is yet. */
export function startGroup(context: GroupsContext, protocol: Protocol): void {
  const [first] = context.broker.all;
  if (first === undefined) return;
  protocol.offsets.leader = first;
  const view = protocol.coordinators.get(first);
  view.state.send('elect', coordinatorEffects, { context, coordinator: view });
  view.state.send('load', coordinatorEffects, { context, coordinator: view });
  for (const member of context.member.all) protocol.members.get(member).coordinator = first;
}

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { commit } from '../../partitionLog/partitionLog.ts';
import type { GroupsContext, GroupsStep } from '../context.ts';
import { coordinatorEffects, giveUp } from '../coordination.ts';
import { clean, leads, readGroup } from '../offsetsLog.ts';
import { dropCommit } from '../reading.ts';
import { tellTarget } from '../reconciliation.ts';
import type { Broker, MemberNode, Protocol } from '../schema.ts';
import { getGeneration } from './joining.ts';

/**
 * load: the next coordinator reads the log of its partition, and serves the group.
 *
 * Who: a broker that was elected. Changes: it knows of the group what the last record says, and nothing that was in
 * memory alone: who has joined, and a generation of which the assignment was not written.
 *
 * Source: CoordinatorLoaderImpl.load (to the end of the log, which may not be committed yet),
 * CoordinatorRuntime.CoordinatorContext; GroupMetadataManager.loadGroup (before 4.0).
 */
export function load(context: GroupsContext): AnyAction {
  return context.action({
    name: 'load',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} loads the group, and is its coordinator',
    params: { broker: anyNode(context.broker) },
    enabled({ protocol }, { broker }) {
      if (protocol.coordinators.get(broker).state.state !== 'loading') return 'it does not load';
      return leads(protocol, broker) || 'another broker leads by now';
    },
    step({ protocol }, { broker }) {
      const { log, highWatermark } = protocol.offsets;
      const view = protocol.coordinators.get(broker);
      readGroup(context, log, context.rules.loadsToLogEnd ? log.length : highWatermark, view.group);
      view.state.send('load', coordinatorEffects, { context, coordinator: view });
    },
  });
}

/**
 * replicate: the next batch of the log is committed, and what waits for it is answered.
 *
 * Who: the replicas of the partition. Changes: the high watermark. A commit of which the coordinator leads in the
 * epoch in which it has written is told to be stored; with an assignment the group is stable.
 *
 * Source: CoordinatorRuntime.HighWatermarkListener, DeferredEventQueue; DelayedProduce (before 4.0).
 */
export function replicate(context: GroupsContext): AnyAction {
  return context.action({
    name: 'replicate',
    kind: 'protocol',
    actor: 'replicas',
    phrase: 'the next batch of the offsets partition is committed',
    params: {},
    enabled: ({ protocol }) =>
      protocol.offsets.highWatermark < protocol.offsets.log.length || 'everything is committed',
    step({ protocol, record }) {
      const step = { context, protocol, record };
      const index = protocol.offsets.highWatermark;
      const entry = protocol.offsets.log.get(index);
      if (entry.kind !== 'group') {
        for (const partition of context.partition.all) {
          if (entry.offsets.get(partition) !== undefined) record.superseded(partition);
        }
      }
      advance(protocol, index + 1);
      answer(step, index);
      clean(context, protocol);
    },
  });
}

/** Replicas have the log up to here. */
function advance({ offsets }: Protocol, end: number): void {
  if (end === offsets.log.length) commit(offsets);
  else offsets.highWatermark = end;
}

/** Answers what waits for the batch at an index, as the leader that has written it. */
function answer(step: GroupsStep, index: number): void {
  const { context, protocol } = step;
  const { leader } = protocol.offsets;
  const { state, group } = protocol.coordinators.get(leader);
  if (state.state !== 'active' || !leads(protocol, leader)) return;
  for (const member of context.member.all) {
    const { commit: waiting } = protocol.members.get(member);
    if (waiting?.broker === leader && waiting.at === index) tellCommitted(step, member);
    const { heartbeat } = protocol.members.get(member);
    if (heartbeat?.broker === leader && heartbeat.at === index) answerMember(step, member, index);
  }
  if (group.pendingAt !== index) return;
  group.pendingAt = undefined;
  if (group.state.state === 'completingRebalance') group.state.send('assign', {}, undefined);
}

/** The heartbeat of a member of the consumer protocol is answered, or that a static member is back. */
function answerMember({ context, protocol }: GroupsStep, member: MemberNode, index: number): void {
  if (context.config.protocol === 'consumer') {
    tellTarget(context, protocol, member, protocol.offsets.log.get(index));
    return;
  }
  const view = protocol.members.get(member);
  view.heartbeat = undefined;
  getGeneration(context, view, protocol.offsets.log.get(index).generation);
}

/** A member is told that what it commits is stored. */
export function tellCommitted({ context, protocol, record }: GroupsStep, member: MemberNode): void {
  const view = protocol.members.get(member);
  for (const partition of context.partition.all) {
    const reading = view.partitions.get(partition);
    const { committing } = reading;
    if (committing === undefined) continue;
    reading.committed = committing;
    record.acknowledged(partition, committing);
  }
  dropCommit(context, view);
}

/** resign: a broker that was deposed learns it, and gives up its state a little later. */
export function resign(context: GroupsContext): AnyAction {
  return context.action({
    name: 'resign',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} learns that it leads the offsets partition no more',
    params: { broker: anyNode(context.broker) },
    enabled({ protocol }, { broker }) {
      const { state } = protocol.coordinators.get(broker).state;
      if (state === 'inactive' || state === 'resigned') return 'it is no coordinator';
      return !leads(protocol, broker) || 'it leads';
    },
    step({ protocol }, { broker }) {
      const view = protocol.coordinators.get(broker);
      view.state.send('resign', coordinatorEffects, { context, coordinator: view });
    },
  });
}

/**
 * unload: who has resigned gives up its state, and answers what waits.
 *
 * Changes: commits that wait there fail (NOT_COORDINATOR): whether they are stored is not known. From 4.0 to 4.3.0 it
 * still listened to the high watermark of its replica, which by now has the log of the next leader: where that was
 * committed as far as a commit of its own had been, it told success (KAFKA-20634).
 *
 * Source: CoordinatorRuntime.scheduleUnloadOperation, CoordinatorPartitionWriter.ListenerAdapter (onBecomingFollower,
 * 4.3.1).
 */
export function unload(context: GroupsContext): AnyAction {
  return context.action({
    name: 'unload',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} gives up its state of the group',
    params: { broker: anyNode(context.broker) },
    enabled: ({ protocol }, { broker }) =>
      protocol.coordinators.get(broker).state.state === 'resigned' || 'it has not resigned',
    step({ protocol, record }, { broker }) {
      if (!context.rules.answersOnlyWhileLeading) {
        takeForOwn({ context, protocol, record }, broker);
      }
      giveUp(context, protocol, broker);
      clean(context, protocol);
    },
  });
}

/** Tells success of what waits at a broker for an index that the log of the next leader has passed. */
function takeForOwn(step: GroupsStep, broker: Broker): void {
  const { context, protocol } = step;
  for (const member of context.member.all) {
    const { commit: waiting } = protocol.members.get(member);
    if (waiting?.broker !== broker || waiting.at === undefined) continue;
    if (waiting.at < protocol.offsets.highWatermark) tellCommitted(step, member);
  }
}

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';
import type { LogView, PositionView, ReadonlyPositionView } from '../schema.ts';

type PositionState = ReadonlyPositionView['state']['state'];

/** The parameters of what a consumer does about one partition, and whether its position is in this state. */
function ofPosition({ consumer, partition }: ClientsContext) {
  return { consumer: anyNode(consumer), partition: anyNode(partition) };
}

/**
 * findPosition: a consumer asks where its group has committed.
 *
 * Who: a process that has just started. Changes: it goes on there, and first asks whether the log was cut below, if the
 * commit has an epoch; where nothing is committed the reset policy decides.
 *
 * Source: ConsumerCoordinator.initWithCommittedOffsetsIfNeeded, SubscriptionState.seekUnvalidated.
 */
export function findPosition(context: ClientsContext): AnyAction {
  return context.action({
    name: 'findPosition',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} asks where its group goes on in {partition}',
    params: ofPosition(context),
    enabled({ protocol }, { consumer, partition }) {
      const view = protocol.consumers.get(consumer);
      if (view.state.state !== 'running') return 'the consumer has stopped';
      return view.partitions.get(partition).state.state === 'initializing' || 'it has a position';
    },
    step({ protocol }, { consumer, partition }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      position.leaderEpoch = protocol.partitions.get(partition).leaderEpoch;
      const { committedOffset, committedEpoch } = position;
      if (committedOffset === undefined) {
        // Without a policy the application gets an exception, and begins at the start by itself.
        const isByPolicy = context.config.reset !== 'none';
        position.offset = protocol.partitions.get(partition).logStartOffset;
        position.state.send(isByPolicy ? 'lose' : 'begin', {}, undefined);
        return;
      }
      position.offset = committedOffset;
      position.epoch = committedEpoch;
      const isAsked = context.rules.validatesPositions && committedEpoch !== undefined;
      position.state.send(isAsked ? 'validate' : 'begin', {}, undefined);
    },
  });
}

/**
 * resetPosition: a consumer that has no position gets one by its policy.
 *
 * Source: OffsetsRequestManager, OffsetFetcher.resetPositionsIfNeeded; `auto.offset.reset`. By a duration it is one of
 * these two, or an offset between.
 */
export function resetPosition(context: ClientsContext): AnyAction {
  return context.action({
    name: 'resetPosition',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} resets its position in {partition}',
    params: ofPosition(context),
    enabled: ({ protocol }, { consumer, partition }) =>
      is(protocol.consumers.get(consumer).partitions.get(partition), 'awaitReset'),
    step({ protocol }, { consumer, partition }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      const { highWatermark, logStartOffset } = protocol.partitions.get(partition);
      position.offset = context.config.reset === 'latest' ? highWatermark : logStartOffset;
      position.epoch = undefined;
      position.state.send('reset', {}, undefined);
    },
  });
}

/**
 * learnEpoch: a consumer hears of a later leader epoch.
 *
 * Changes: it asks whether the log was cut below its position, if it knows the epoch of what it has read.
 *
 * Source: SubscriptionState.maybeValidatePositionForCurrentLeader; KIP-320.
 */
export function learnEpoch(context: ClientsContext): AnyAction {
  return context.action({
    name: 'learnEpoch',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} learns the leader epoch of {partition}',
    params: ofPosition(context),
    enabled({ protocol }, { consumer, partition }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      if (is(position, 'fetching') !== true) return 'the consumer does not fetch';
      const { leaderEpoch } = protocol.partitions.get(partition);
      return position.leaderEpoch < leaderEpoch || 'it knows it';
    },
    step({ protocol }, { consumer, partition }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      position.leaderEpoch = protocol.partitions.get(partition).leaderEpoch;
      if (!context.rules.validatesPositions || position.epoch === undefined) return;
      position.state.send('validate', {}, undefined);
    },
  });
}

/**
 * validatePosition: the leader says where the epoch ends of which the consumer has read last.
 *
 * Changes: where that is below its position the log was cut, and the consumer goes on at the first offset that may
 * differ, or, without a reset policy, tells the application.
 *
 * Source: SubscriptionState.maybeCompleteValidation, OffsetsForLeaderEpochClient.
 */
export function validatePosition(context: ClientsContext): AnyAction {
  return context.action({
    name: 'validatePosition',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} asks whether {partition} was cut below its position',
    params: ofPosition(context),
    enabled: ({ protocol }, { consumer, partition }) =>
      is(protocol.consumers.get(consumer).partitions.get(partition), 'awaitValidation'),
    step({ protocol }, { consumer, partition }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      const { log, leaderEpoch } = protocol.partitions.get(partition);
      const end = endOf(log, position.epoch ?? 0);
      if (end < position.offset && context.config.reset === 'none') {
        position.state.send('fail', {}, undefined);
        return;
      }
      position.leaderEpoch = leaderEpoch;
      position.offset = Math.min(position.offset, end);
      position.epoch = position.offset === 0 ? undefined : log.get(position.offset - 1).leaderEpoch;
      position.state.send('confirm', {}, undefined);
    },
  });
}

/**
 * losePosition: what a consumer asks for is not in the log (OFFSET_OUT_OF_RANGE).
 *
 * Changes: the reset policy decides; without one the application gets an exception.
 *
 * Source: FetchCollector.handleInitializeErrors.
 */
export function losePosition(context: ClientsContext): AnyAction {
  return context.action({
    name: 'losePosition',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} is told that {partition} has no such offset',
    params: ofPosition(context),
    enabled({ protocol }, { consumer, partition }) {
      const position = protocol.consumers.get(consumer).partitions.get(partition);
      if (is(position, 'fetching') !== true) return 'the consumer does not fetch';
      const { log, logStartOffset } = protocol.partitions.get(partition);
      const { offset } = position;
      return offset < logStartOffset || offset > log.length || 'the offset is in the log';
    },
    step: ({ protocol }, { consumer, partition }) =>
      lose(context, protocol.consumers.get(consumer).partitions.get(partition)),
  });
}

function lose({ config }: ClientsContext, { state }: PositionView): void {
  state.send(config.reset === 'none' ? 'fail' : 'lose', {}, undefined);
}

function is({ state }: ReadonlyPositionView, expected: PositionState): true | string {
  return state.state === expected || `its position is not in ${expected}`;
}

/** Where an epoch ends in a log: where a later one begins. */
function endOf(log: LogView, epoch: number): number {
  const later = [...log].findIndex(entry => entry.leaderEpoch > epoch);
  return later < 0 ? log.length : later;
}

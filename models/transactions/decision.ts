import type { TransactionsContext, TransactionsStep } from './context.ts';
import { busyWith, isCompleting, write } from './coordinator.ts';
import type { ReadonlyIdView, ReadonlyProtocol, TransactionalId } from './schema.ts';

/** A request to end the transaction of an id. */
export interface EndRequest {
  readonly id: TransactionalId;
  readonly epoch: number;
  readonly commits: boolean;
}

/**
 * What the coordinator makes of a request to end a transaction: it decides, it has done so already, it asks to come
 * again (CONCURRENT_TRANSACTIONS), or it refuses (PRODUCER_FENCED, INVALID_TXN_STATE).
 */
export type Judgement = 'decide' | 'done' | 'later' | 'refuse';

/**
 * Source: TransactionCoordinator.endTransactionWithTV1, TransactionCoordinator.endTransaction.
 */
export function judgeEnd(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  request: EndRequest,
): Judgement {
  if (busyWith(protocol, request.id) !== undefined) return 'later';
  const view = protocol.coordinator.ids.get(request.id);
  // That it is to be complete is pending all the while that markers are written (prepareComplete).
  if (isCompleting(view)) return 'later';
  return context.rules.version === 1
    ? judgeFirst(context, view, request)
    : judgeSecond(context, view, request);
}

/**
 * Version 1: all transactions of a producer have its epoch, so that the state alone tells a request that is
 * repeated.
 */
function judgeFirst(
  { rules }: TransactionsContext,
  { state: { state }, epoch }: ReadonlyIdView,
  request: EndRequest,
): Judgement {
  if (rules.checksEndEpoch && request.epoch !== epoch) return 'refuse';
  if (state === 'ongoing') return 'decide';
  return ended(rules, state, request);
}

/** Version 2: the epoch has grown with the end, so that it tells a request that is repeated from a new one. */
function judgeSecond(
  { rules }: TransactionsContext,
  { state: { state }, epoch }: ReadonlyIdView,
  request: EndRequest,
): Judgement {
  const isRepeated = epoch === request.epoch + 1;
  const isCurrent = epoch === request.epoch || !rules.checksEndEpoch;
  if (state === 'ongoing') return isCurrent ? 'decide' : 'refuse';
  if (isRepeated && state !== 'empty') return ended(rules, state, request);
  // A record may have been sent that no leader has asked to add yet: its epoch is to be left.
  const isEmpty = state === 'empty' || state === 'completeCommit' || state === 'completeAbort';
  return isEmpty && isCurrent && !request.commits ? 'decide' : 'refuse';
}

function ended(
  { refusesOtherEnd }: TransactionsContext['rules'],
  state: ReadonlyIdView['state']['state'],
  { commits }: EndRequest,
): Judgement {
  const isComplete = state === 'completeCommit' || state === 'completeAbort';
  const isAsAsked = (state === 'completeCommit') === commits || !refusesOtherEnd;
  return isComplete && isAsAsked ? 'done' : 'refuse';
}

/** The coordinator writes its decision; in version 2 with the next epoch. */
export function decide(step: TransactionsStep, { id, commits }: Omit<EndRequest, 'epoch'>): void {
  const { context, protocol, record } = step;
  const view = protocol.coordinator.ids.get(id);
  const { epoch, partitions, ownBump } = view;
  record.decided(id, epoch, commits);
  write(step, id, {
    state: commits ? 'prepareCommit' : 'prepareAbort',
    epoch: context.rules.version === 1 ? epoch : epoch + 1,
    ownBump,
    partitions,
  });
}

/**
 * The coordinator takes the epoch from whoever has it, and aborts what is open. Nobody is told this epoch.
 *
 * Source: TransactionMetadata.prepareFenceProducerEpoch, TransactionCoordinator.endTransaction (isEpochFence).
 */
export function fence(step: TransactionsStep, id: TransactionalId): void {
  const { protocol, record } = step;
  const view = protocol.coordinator.ids.get(id);
  const { partitions } = view;
  // What an abort has taken that was not written is not taken again.
  if (view.state.state === 'ongoing') {
    view.state.send('fence', {}, undefined);
    view.epoch += 1;
  }
  record.decided(id, view.epoch - 1, false);
  write(step, id, { state: 'prepareAbort', epoch: view.epoch, ownBump: false, partitions });
}

/**
 * The coordinator gives up waiting for what it has written, which may be committed all the same.
 *
 * Source: TransactionStateManager.appendTransactionToLog (COORDINATOR_NOT_AVAILABLE; pendingState),
 * TransactionMetadata.hasFailedEpochFence.
 */
export function stopWaiting({ context, protocol }: TransactionsStep, id: TransactionalId): void {
  const view = protocol.coordinator.ids.get(id);
  view.pending = false;
  if (view.state.state !== 'prepareEpochFence' || context.rules.version === 1) return;
  view.state.send('unfence', {}, undefined);
  view.epoch -= 1;
}

/** Whether a transaction is open for its coordinator, be it that the abort of it could not be written. */
export function isOpen({ state: { state } }: ReadonlyIdView): boolean {
  return state === 'ongoing' || state === 'prepareEpochFence';
}

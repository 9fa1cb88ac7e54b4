import type { ReadonlyNodeSetView } from '../../checker/state/viewTypes.ts';
import { commit } from '../partitionLog/partitionLog.ts';
import { answerAdded, answerEnded, answerInitialized } from './answers.ts';
import type { TransactionsContext, TransactionsStep } from './context.ts';
import type {
  IdView,
  Protocol,
  ReadonlyCoordinatorView,
  ReadonlyIdView,
  ReadonlyProtocol,
  StoredState,
  TransactionalId,
} from './schema.ts';

/** Something to write to the log of the coordinator. */
interface Stored {
  readonly state: StoredState;
  readonly epoch: number;
  readonly ownBump: boolean;
  readonly partitions: ReadonlyNodeSetView<'partition'>;
}

/** The last entry of an id; undefined if there is none. */
function lastEntryOf({ log }: ReadonlyCoordinatorView, id: TransactionalId) {
  for (let offset = log.length - 1; offset >= 0; offset--) {
    const entry = log.get(offset);
    if (entry.id === id) return entry;
  }
  return undefined;
}

/** Why the coordinator does nothing for an id now; undefined if it does. */
export function busyWith(protocol: ReadonlyProtocol, id: TransactionalId): string | undefined {
  const { coordinator } = protocol;
  if (!coordinator.isLoaded) return 'the coordinator reads its partition';
  return coordinator.ids.get(id).pending ? 'its last change is not committed' : undefined;
}

/** Whether a transaction is decided, and not complete. */
export function isCompleting({ state }: ReadonlyIdView): boolean {
  return state.state === 'prepareCommit' || state.state === 'prepareAbort';
}

/**
 * The coordinator writes what a transaction is to be, and does nothing else for the id until that is committed.
 *
 * Source: TransactionMetadata.prepareTransitionTo, TransactionStateManager.appendTransactionToLog.
 */
export function write(
  step: TransactionsStep,
  id: TransactionalId,
  { state, epoch, ownBump, partitions }: Stored,
): void {
  const { context, protocol } = step;
  const { coordinator } = protocol;
  const { leaderEpoch, log } = coordinator;
  log.push({ leaderEpoch, id, state, epoch, ownBump, partitions });
  coordinator.ids.get(id).pending = true;
  const isDecision = state === 'prepareCommit' || state === 'prepareAbort';
  if (isDecision && !context.rules.decidesCommitted) takeEffect(step, id);
}

/**
 * All of the log is committed: what was written takes effect and is answered. The log keeps the last entry of each id
 * (it is compacted), and nobody else asks for its offsets.
 */
export function commitWritten(step: TransactionsStep): void {
  const { context, protocol } = step;
  const { coordinator } = protocol;
  commit(coordinator);
  for (const id of context.transactionalId.all) {
    if (coordinator.ids.get(id).pending) takeEffect(step, id);
  }
  compact(protocol);
}

function compact({ coordinator }: Protocol): void {
  const { log } = coordinator;
  for (let offset = log.length - 1; offset >= 0; offset--) {
    const { id } = log.get(offset);
    const isLast = [...log].slice(offset + 1).every(later => later.id !== id);
    if (!isLast) log.removeAt(offset);
  }
  coordinator.highWatermark = log.length;
}

/** Source: TransactionMetadata.completeTransitionTo. */
function takeEffect(step: TransactionsStep, id: TransactionalId): void {
  const view = step.protocol.coordinator.ids.get(id);
  const entry = lastEntryOf(step.protocol.coordinator, id);
  if (entry === undefined) return;
  view.pending = false;
  const { state } = entry;
  if (state === 'empty') view.state.send('initialize', {}, undefined);
  else if (state === 'ongoing') view.state.send('add', {}, undefined);
  else if (state === 'prepareCommit') view.state.send('prepareCommit', {}, undefined);
  else if (state === 'prepareAbort') view.state.send('prepareAbort', {}, undefined);
  else view.state.send('complete', {}, undefined);
  remember(view, entry);
  if (state === 'empty') answerInitialized(step, id, view);
  else if (state === 'ongoing') answerAdded(step, id, view);
  else if (isCompleting(view)) answerEnded(step, id, view);
}

function remember(view: IdView, { epoch, ownBump, partitions }: Omit<Stored, 'state'>): void {
  view.epoch = epoch;
  view.ownBump = ownBump;
  view.partitions.assign(partitions);
  view.marking.clear();
  view.gaveUp = false;
}

const loading = {
  empty: 'initialize',
  ongoing: 'loadOngoing',
  prepareCommit: 'loadPrepareCommit',
  prepareAbort: 'loadPrepareAbort',
  completeCommit: 'loadCompleteCommit',
  completeAbort: 'loadCompleteAbort',
} as const;

/** The next coordinator has all of its log in memory: also what is not committed, and will be if it goes on leading. */
export function load({ context, protocol, record }: TransactionsStep): void {
  const { coordinator } = protocol;
  coordinator.isLoaded = true;
  for (const id of context.transactionalId.all) {
    const entry = lastEntryOf(coordinator, id);
    if (entry === undefined) continue;
    const view = coordinator.ids.get(id);
    view.state.send(loading[entry.state], {}, undefined);
    remember(view, entry);
    if (!isCompleting(view)) continue;
    view.gaveUp = !context.rules.completesLoaded;
    record.found(id, view.epoch, view.state.state === 'prepareCommit');
  }
}

/** Nothing that a coordinator had in memory is left. */
export function unload(context: TransactionsContext, { coordinator }: Protocol): void {
  coordinator.isLoaded = false;
  for (const id of context.transactionalId.all) {
    const view = coordinator.ids.get(id);
    view.state.send('unload', {}, undefined);
    Object.assign(view, { epoch: 0, ownBump: false, pending: false, gaveUp: false });
    view.partitions.clear();
    view.marking.clear();
  }
}

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { becomeReady, failProducer } from '../answers.ts';
import { idOf, type TransactionsContext, type TransactionsStep } from '../context.ts';
import { busyWith, isCompleting, write } from '../coordinator.ts';
import { fence, isOpen } from '../decision.ts';
import type {
  ProducerNode,
  ReadonlyIdView,
  ReadonlyProducerView,
  TransactionalId,
} from '../schema.ts';

/**
 * initProducerId: a process asks for the producer id and epoch of its transactional id (`initTransactions`), or, after
 * a transaction in which a batch failed, for the next epoch.
 *
 * Who: the producer, and the coordinator, which handles the request in the same step. Enabled: the coordinator is not
 * busy with the id. Changes: the next epoch is written, and told once it is committed. Of a transaction that is open
 * the abort is written, with an epoch that is told to nobody, and the producer asks again.
 *
 * Left out: the largest epoch, behind which there is another producer id; `transactional.id.expiration.ms`.
 *
 * Source: TransactionCoordinator.handleInitProducerId, prepareInitProducerIdTransit; KIP-98, KIP-360.
 */
export function initProducerId(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'initProducerId',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} asks for its producer id and epoch',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      const view = protocol.producers.get(producer);
      const { state } = view.state;
      if (state !== 'uninitialized' && state !== 'initializing') return 'it has an epoch';
      if (view.asking) return 'it awaits the answer';
      if (!context.config.transactions) return true;
      const id = idOf(context, producer);
      if (context.rules.loadsFirst || protocol.coordinator.isLoaded) {
        const busy = busyWith(protocol, id);
        if (busy !== undefined) return busy;
      }
      return (
        !isCompleting(protocol.coordinator.ids.get(id)) || 'the last transaction is completed first'
      );
    },
    step({ protocol, record }, { producer }) {
      const view = protocol.producers.get(producer);
      if (view.state.state === 'uninitialized') view.state.send('start', {}, undefined);
      const step = { context, protocol, record };
      if (context.config.transactions) handle(step, producer);
      else obtainAnyId(step, producer);
    },
  });
}

/** Without a transactional id any broker gives an id that nobody has had; here a number stands for it. */
function obtainAnyId(step: TransactionsStep, producer: ProducerNode): void {
  const { context, protocol } = step;
  const id = idOf(context, producer);
  const view = protocol.coordinator.ids.get(id);
  view.epoch += 1;
  becomeReady(step, id, protocol.producers.get(producer), view.epoch);
}

function handle(step: TransactionsStep, producer: ProducerNode): void {
  const { context, protocol } = step;
  const id = idOf(context, producer);
  const view = protocol.producers.get(producer);
  const known = protocol.coordinator.ids.get(id);
  if (isOpen(known)) fence(step, id);
  else
    giveEpoch(step, id, producer, view.needsBump ? bumpOf(known, view) : anyBump(context, known));
}

/** An epoch to be given out; `undefined` where the producer is fenced. */
type Bump = { readonly epoch: number; readonly ownBump: boolean } | undefined;

function giveEpoch(
  step: TransactionsStep,
  id: TransactionalId,
  producer: ProducerNode,
  bump: Bump,
): void {
  const { protocol } = step;
  const { isLoaded, ids } = protocol.coordinator;
  const view = protocol.producers.get(producer);
  if (bump === undefined) failProducer(step, producer, 'fatal');
  // Only by a defect: whoever has not read its partition knows nobody.
  else if (!isLoaded) becomeReady(step, id, view, bump.epoch);
  else {
    const { partitions } = ids.get(id);
    write(step, id, { state: 'empty', ...bump, partitions });
    view.asking = true;
  }
}

/** The next epoch, whoever had the last one. */
function anyBump({ rules }: TransactionsContext, known: ReadonlyIdView): Bump {
  const isNew = known.state.state === 'dead';
  return {
    epoch: isNew || !rules.bumpsOnInitialization ? known.epoch : known.epoch + 1,
    ownBump: false,
  };
}

/** The next epoch for who has the last one; the same again for who has asked before. */
function bumpOf(known: ReadonlyIdView, { epoch }: ReadonlyProducerView): Bump {
  if (epoch === known.epoch) return { epoch: epoch + 1, ownBump: true };
  const isRepeated = known.ownBump && epoch === known.epoch - 1;
  return isRepeated ? { epoch: known.epoch, ownBump: true } : undefined;
}

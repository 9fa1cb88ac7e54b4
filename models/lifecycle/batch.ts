import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A batch of a producer, as the application is told of it. `queued` waits to be sent, for the first time or again,
 * `inFlight` awaits an answer. The last three are final: success was told, failure was told, or the process that
 * would have told is gone. Failure says nothing of whether the batch is in the log.
 *
 * Source: ProducerBatch (FinalState), RecordAccumulator.drain, RecordAccumulator.reenqueue, Sender.completeBatch,
 * Sender.failBatch.
 */
export const batchMachine = setup({
  types: {
    events: {} as
      | { type: 'drain' }
      | { type: 'requeue' }
      | { type: 'succeed' }
      | { type: 'fail' }
      | { type: 'abandon' },
  },
}).createMachine({
  id: 'batch',
  initial: 'queued',
  states: {
    queued: { on: { drain: 'inFlight', fail: 'failed', abandon: 'abandoned' } },
    inFlight: {
      on: { requeue: 'queued', succeed: 'succeeded', fail: 'failed', abandon: 'abandoned' },
    },
    succeeded: {},
    failed: {},
    abandoned: {},
  },
});

/** {@link batchMachine} as a transition table. */
export const batchLifecycle = compileLifecycle(batchMachine);

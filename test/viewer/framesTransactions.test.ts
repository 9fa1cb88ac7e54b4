import { describe, expect, test } from 'vitest';
import { statesOf } from '../../checker/trace/statesOf.ts';
import { shapeOf } from '../../viewer/page/frames/shapeOf.ts';
import {
  transactionsLaneState,
  transactionsLanes,
} from '../../viewer/page/frames/transactions/transactionsView.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { factsOf, logsOf, partsOf, stillTrace, tableOf, viewAt } from './framesTraces.ts';

const half = corpusTrace('half-of-transaction-read--transactions-are-read-at-once');
const loaded = corpusTrace('uncommitted-decision-loaded--committed-transactions-are-kept');
const failed = corpusTrace('failed-commit-is-committed--failed-commits-are-not-read');

const laneAt = (trace: typeof half, lane: string, step = trace.steps.length) =>
  transactionsLaneState(statesOf(trace)[step] ?? null, lane);

describe('the view of transactions', () => {
  test('is chosen by the state', () => {
    expect(shapeOf(half)).toBe('transactions');
    expect(shapeOf(stillTrace(half, { protocol: { producers: {} } }))).toBe('generic');
  });

  test('has lanes of processes, coordinator, partitions and reader', () => {
    expect(transactionsLanes(half).slice(0, 5)).toEqual([
      'producer-1',
      'coordinator',
      'partition-1',
      'partition-2',
      'reader',
    ]);
  });

  test('shows logs with markers, and what is not committed', () => {
    const logs = logsOf(viewAt(half, 'transactions'));
    const ended = Object.values(logs).find(log => log.length === 2);
    expect(ended).toEqual([
      expect.stringMatching(/^offset 0, epoch 0, record \d of transactionalId-1, committed$/),
      'offset 1, epoch 1, commit marker of transactionalId-1, coordinator epoch 0, committed',
    ]);
  });

  test('marks where readers of committed records wait', () => {
    const [part] = partsOf(viewAt(half, 'transactions'), 'nodes');
    const marks = part?.rows.map(({ strip }) =>
      strip.slots.flatMap(slot => slot.marks.map(({ name, offset }) => `${name} ${offset}`)),
    );
    expect(marks).toContainEqual(['HW 2', 'LEO 2', 'LSO 2', 'reader 2']);
    expect(marks?.flat()).toContain('LSO 0');
  });

  test('shows what the coordinator has in memory and in its log, and what it takes over', () => {
    expect(tableOf(viewAt(loaded, 'transactions', 6), 'The coordinator')).toEqual([
      'transactionalId-1: prepare epoch fence [ongoing] | 1 [0] | partition-1 | – | yes [no] | ' +
        'ongoing in 0, then prepare abort in 1 [ongoing in 0]',
    ]);
    expect(laneAt(loaded, 'coordinator', 7)).toMatchObject({ condition: 'paused', epoch: 1 });
    expect(laneAt(loaded, 'coordinator', 8)).toMatchObject({ condition: 'up', epoch: 1 });
  });

  test('shows processes, and what they were told', () => {
    expect(
      factsOf(viewAt(failed, 'transactions'), 'What applications asked and were told'),
    ).toEqual([
      expect.stringMatching(/^transaction 1: epoch 0: asked commit, decided commit, told failure/),
      expect.stringMatching(/^records read: 1/),
    ]);
    expect(laneAt(failed, 'producer-1').condition).toMatch(/fenced|up/);
    expect(laneAt(failed, 'producer-2', 0)).toEqual({ condition: 'down', leads: false });
    expect(laneAt(failed, 'nobody')).toEqual({ condition: 'up', leads: false });
  });

  test('says what is not known where a state lacks it', () => {
    const view = viewAt(
      stillTrace(half, {
        protocol: {
          partitions: { 'partition-1': { log: [{}] } },
          producers: { a: { batches: {} } },
        },
      }),
      'transactions',
    );
    expect(logsOf(view)).toEqual({ 'partition-1': ['offset 0, offset –'] });
  });
});

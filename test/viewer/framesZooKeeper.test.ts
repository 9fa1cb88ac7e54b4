import { describe, expect, test } from 'vitest';
import { statesOf } from '../../checker/trace/statesOf.ts';
import { shapeOf } from '../../viewer/page/frames/shapeOf.ts';
import {
  zooKeeperLaneState,
  zooKeeperLanes,
} from '../../viewer/page/frames/zookeeper/zooKeeperView.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { factsOf, partsOf, stillTrace, tableOf, viewAt } from './framesTraces.ts';

const deposed = corpusTrace('deposed-controller-writes--only-the-controller-writes');
const restarted = corpusTrace('restart-unnoticed--settled-brokers-know-the-state');

const expired = corpusTrace('expired-controller-acts--only-the-controller-writes');
const sessions = 'Sessions, and what brokers were told';

const laneAt = (lane: string, step: number) =>
  zooKeeperLaneState(statesOf(deposed)[step] ?? null, lane);

describe('the view of a cluster with ZooKeeper', () => {
  test('is chosen by the state', () => {
    expect(shapeOf(deposed)).toBe('zookeeper');
    expect(shapeOf(stillTrace(deposed, { protocol: { zooKeeper: {} } }))).toBe('generic');
  });

  test('has a lane of ZooKeeper, which names the controller, and lanes of brokers', () => {
    expect(zooKeeperLanes(deposed).slice(0, 3)).toEqual(['ZooKeeper', 'broker-1', 'broker-2']);
    const roles = (step: number) =>
      ['ZooKeeper', 'broker-1', 'broker-2'].map(lane => laneAt(lane, step).role);
    expect(roles(0)).toEqual(['broker-1 is the controller', 'leading, controller', 'following']);
    expect(roles(1)[0]).toBe('no controller');
    expect(roles(3)).toEqual([
      'broker-2 is the controller',
      'leading, controller that was replaced',
      'following, controller',
    ]);
    expect(laneAt('operator', 1)).toEqual({ condition: 'up', leads: false });
  });

  test('shows a session that has expired as a broker that the others take for gone', () => {
    const step = expired.steps.findIndex(({ action }) => action === 'expireSession') + 1;
    const lane = String(expired.steps[step - 1]?.params['broker']);
    const state = statesOf(expired)[step] ?? null;
    expect(zooKeeperLaneState(state, lane).condition).toBe('fenced');
    expect(tableOf(viewAt(expired, 'zookeeper', step), sessions)).toContainEqual(
      expect.stringMatching(/: expired \[open\] \| – \[epoch 1\] \|/),
    );
  });

  test('shows znodes, what controllers have read, and what brokers were told', () => {
    const view = viewAt(deposed, 'zookeeper');
    expect(factsOf(view, 'Znodes')).toEqual([
      '/controller: broker-2',
      '/controller_epoch: 2',
      'written in controller epoch: 1',
      '/isr_change_notification: –',
      '/admin/delete_topics: –',
    ]);
    expect(tableOf(view, 'Controllers')).toEqual([
      'broker-1: active | 1 | 1, 2 | armed | version 1 [version 0] | online',
      'broker-2: elected | 2 | – | none | version 0 | non existent',
    ]);
    expect(tableOf(viewAt(restarted, 'zookeeper'), sessions)).toEqual([
      'broker-1: open | epoch 1 | armed | 1 | broker-1 in epoch 0 | 1, 2',
      'broker-2: open | epoch 2 | armed | 0 | – | –',
    ]);
  });

  test('shows the requests of controllers that wait', () => {
    const still = stillTrace(deposed, statesOf(deposed)[deposed.steps.length] ?? null);
    const [messages] = partsOf(viewAt(still, 'zookeeper'), 'messages');
    const said = messages?.rows.map(({ from, to, name }) => `${name}: ${from} to ${to}`);
    expect(said).toContain('UpdateMetadata: broker-1 to broker-2');
    expect(said).toContain('AlterPartition answer: controller to broker-1');
  });
});

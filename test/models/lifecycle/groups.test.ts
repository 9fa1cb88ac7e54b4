import { describe, expect, test } from 'vitest';
import {
  classicGroupLifecycle,
  classicGroupMachine,
} from '../../../models/lifecycle/classicGroup.ts';
import {
  classicMemberLifecycle,
  classicMemberMachine,
} from '../../../models/lifecycle/classicMember.ts';
import {
  consumerMemberLifecycle,
  consumerMemberMachine,
} from '../../../models/lifecycle/consumerMember.ts';
import { coordinatorLifecycle, coordinatorMachine } from '../../../models/lifecycle/coordinator.ts';
import { expectTableEqualsMachine } from '../../checker/model/lifecycleEquivalence.ts';
import { listOf } from './listOf.ts';

describe('the lifecycles of groups are what XState says', () => {
  test('a coordinator', () => expectTableEqualsMachine(coordinatorMachine, coordinatorLifecycle));
  test('a group', () => expectTableEqualsMachine(classicGroupMachine, classicGroupLifecycle));
  test('a member', () => expectTableEqualsMachine(classicMemberMachine, classicMemberLifecycle));
  test('a member of the consumer protocol', () =>
    expectTableEqualsMachine(consumerMemberMachine, consumerMemberLifecycle));
});

test('a coordinator has these transitions', () => {
  expect(listOf(coordinatorLifecycle)).toEqual([
    'inactive -elect-> loading',
    'loading -load-> active',
    'loading -resign-> inactive: loseMemory',
    'active -resign-> resigned',
    'resigned -unload-> inactive: loseMemory',
  ]);
});

test('a group of the classic protocol has these transitions', () => {
  expect(listOf(classicGroupLifecycle)).toEqual([
    'empty -rebalance-> preparingRebalance',
    'empty -read-> stable',
    'empty -forget-> empty',
    'preparingRebalance -forget-> empty',
    'preparingRebalance -complete-> completingRebalance',
    'preparingRebalance -abandon-> empty',
    'completingRebalance -rebalance-> preparingRebalance',
    'completingRebalance -forget-> empty',
    'completingRebalance -assign-> stable',
    'stable -rebalance-> preparingRebalance',
    'stable -forget-> empty',
  ]);
});

test('a member of one has these transitions', () => {
  expect(listOf(classicMemberLifecycle)).toEqual([
    'stopped -start-> unjoined',
    'unjoined -join-> preparingRebalance',
    'unjoined -getGeneration-> completingRebalance',
    'unjoined -crash-> stopped: loseMemory',
    'preparingRebalance -join-> preparingRebalance',
    'preparingRebalance -getGeneration-> completingRebalance',
    'preparingRebalance -crash-> stopped: loseMemory',
    'preparingRebalance -fence-> fenced: losePartitions',
    'completingRebalance -join-> preparingRebalance',
    'completingRebalance -crash-> stopped: loseMemory',
    'completingRebalance -fence-> fenced: losePartitions',
    'completingRebalance -getPartitions-> stable',
    'completingRebalance -retry-> unjoined',
    'completingRebalance -lose-> unjoined: losePartitions',
    'stable -join-> preparingRebalance',
    'stable -crash-> stopped: loseMemory',
    'stable -fence-> fenced: losePartitions',
    'stable -lose-> unjoined: losePartitions',
    'stable -leave-> stopped: loseMemory',
    'fenced -crash-> stopped: loseMemory',
  ]);
});

test('a member of the consumer protocol has these transitions', () => {
  expect(listOf(consumerMemberLifecycle)).toEqual([
    'stopped -start-> joining',
    'joining -getTarget-> reconciling',
    'joining -keep-> stable',
    'joining -crash-> stopped: loseMemory',
    'reconciling -getTarget-> reconciling',
    'reconciling -keep-> stable',
    'reconciling -crash-> stopped: loseMemory',
    'reconciling -reconcile-> acknowledging',
    'reconciling -lose-> joining: losePartitions',
    'acknowledging -getTarget-> reconciling',
    'acknowledging -keep-> stable',
    'acknowledging -crash-> stopped: loseMemory',
    'acknowledging -lose-> joining: losePartitions',
    'stable -getTarget-> reconciling',
    'stable -keep-> stable',
    'stable -crash-> stopped: loseMemory',
    'stable -lose-> joining: losePartitions',
    'stable -leave-> stopped: loseMemory',
  ]);
});

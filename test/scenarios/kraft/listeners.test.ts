import { describe, expect, test } from 'vitest';
import {
  append,
  applyRecord,
  becomeActive,
  cleanLog,
  cutNode,
  electionTimeout,
  giveUpLeader,
  heal,
  N1,
  N2,
  N3,
  resign,
  storiesIn,
  takeSnapshot,
} from './kraftStory.ts';

const begin = storiesIn({ config: { slowListeners: true } });

describe('kraft: the controller on the leader is slow (voters=3, slowListeners=true)', () => {
  test('it is active only once it has applied the log up to its epoch', () => {
    const told = begin().elect(N1);
    expect(told.guard(becomeActive(N1))).toBe(
      'the controller has not applied the log up to this epoch',
    );
    expect(told.guard(applyRecord(N1)), 'nothing is committed').toBe('everything is applied');
    expect(told.guard(append(N1))).toBe('its controller is not active yet');
    told.replicate().take(applyRecord(N1), becomeActive(N1), append(N1));
    expect(told.log(N1)).toBe('leader@1 1@1');
    expect(told.guard(becomeActive(N1))).toBe('its controller is active already');
    expect(told.broken).toEqual([]);
  });

  test('a new leader first applies what its predecessors have committed', () => {
    const told = begin().elect(N1).replicate().take(applyRecord(N1), becomeActive(N1));
    told.take(append(N1), append(N1)).replicate().crash(N1);
    told.take(giveUpLeader(N3)).elect(N2);
    expect(told.node(N2).appliedOffset).toBe(0);
    told.take(applyRecord(N2), applyRecord(N2), applyRecord(N2));
    expect(told.guard(applyRecord(N2)), 'its own epoch is not committed').toBe(
      'everything is applied',
    );
    expect(told.guard(becomeActive(N2))).toBe(
      'the controller has not applied the log up to this epoch',
    );
    told.replicate().take(applyRecord(N2), becomeActive(N2), append(N2));
    expect(told.log(N2)).toBe('leader@1 1@1 2@1 leader@2 3@2');
    expect(told.broken).toEqual([]);
  });

  test('who resigns is active no more', () => {
    const told = begin().elect(N1).replicate().take(applyRecord(N1), becomeActive(N1));
    told.take(resign(N1));
    expect(told.node(N1).active).toBe(false);
    expect(told.guard(becomeActive(N1))).toBe('the node does not lead');
    told.take(electionTimeout(N1));
    expect(told.guard(append(N1))).toBe('the node does not lead');
    expect(told.broken).toEqual([]);
  });

  test('a follower that installs a snapshot loads it as a whole', () => {
    const told = begin().elect(N1).replicate().take(applyRecord(N1), becomeActive(N1));
    told.take(cutNode(N3), append(N1), append(N1)).replicate();
    told.take(takeSnapshot(N1), cleanLog(N1), heal).replicate();
    expect(told.log(N3)).toBe('from 3:');
    expect(told.node(N3).appliedOffset).toBe(0);
    told.take(applyRecord(N3));
    expect(told.node(N3).appliedOffset).toBe(3);
    expect(told.broken).toEqual([]);
  });

  test('after a restart a node applies its log anew, once it knows what is committed', () => {
    const told = begin().elect(N1).replicate().take(applyRecord(N2)).restartAll();
    expect(told.node(N2).appliedOffset).toBe(0);
    expect(told.guard(applyRecord(N2))).toBe('everything is applied');
    told.elect(N2).replicate().take(applyRecord(N2), applyRecord(N2), becomeActive(N2));
    expect(told.broken).toEqual([]);
  });
});

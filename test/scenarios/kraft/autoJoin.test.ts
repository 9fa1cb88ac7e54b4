import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  handle,
  loseMessage,
  N1,
  N2,
  N3,
  N4,
  receive,
  replaceDisk,
  restart,
  send,
  storiesIn,
} from './kraftStory.ts';

const config = { dynamicVoters: true, bootstrapFetch: true, autoJoin: true };

describe('kraft: an observer asks to be a voter (voters=3, observers=1, autoJoin=true)', () => {
  const begin = storiesIn({ config: { ...config, observers: 1 } });

  test('its leader takes it in', () => {
    const told = begin().elect(N1).replicate();
    expect(told.guard(send('AddRaftVoter', N2, N1))).toBe('its id is in the voter set');
    expect(told.guard(send('AddRaftVoter', N4, N2))).toBe('the other is not its leader');
    told.take(loseMessage(N4, N1), send('AddRaftVoter', N4, N1), handle('AddRaftVoter', N4, N1));
    expect(told.inFlight).toContain('addVoter 4<-1 accepted');
    expect(told.voters(N1)).toBe('1 2 3 4');
    told.take(receive('AddRaftVoter', N4, N1)).replicate();
    expect(told.voters(N4)).toBe('1 2 3 4');
    expect(told.broken).toEqual([]);
  });

  test('refused while another change is not committed', () => {
    const told = begin().elect(N1).replicate();
    told.take(loseMessage(N2, N1), send('UpdateRaftVoter', N2, N1));
    told.take(loseMessage(N4, N1), send('AddRaftVoter', N4, N1));
    told.take(complete('UpdateRaftVoter', N2, N1), handle('AddRaftVoter', N4, N1));
    expect(told.inFlight).toContain('addVoter 4<-1 rejected');
    expect(told.log(N1)).toBe('leader@1 {1 2 3}@1');
    expect(told.broken).toEqual([]);
  });

  test('not every observer wants to be one', () => {
    const told = storiesIn({ config: { ...config, observers: 1, autoJoin: false } })();
    told.elect(N1).replicate();
    expect(told.guard(send('AddRaftVoter', N4, N1))).toBe('nodes do not ask for voter changes');
  });
});

describe('kraft: a voter comes back on a new disk (voters=3, autoJoin=true)', () => {
  const begin = storiesIn({ config });

  test('it has the voter that it was removed, and joins again as the one that it is', () => {
    const told = begin().elect(N1).take(append(N1)).replicate();
    told.take(replaceDisk(N3), restart(N3)).replicate();
    expect(told.doing(N3), 'by way of the bootstrap servers').toBe('follower of 1, epoch 1');
    expect(told.voters(N3)).toBe('1 2 3');
    expect(told.guard(send('AddRaftVoter', N3, N1))).toBe('its id is in the voter set');

    told.take(loseMessage(N3, N1), send('RemoveRaftVoter', N3, N1));
    told.take(complete('RemoveRaftVoter', N3, N1)).replicate();
    expect(told.voters(N3)).toBe('1 2');
    told.take(loseMessage(N3, N1), send('AddRaftVoter', N3, N1));
    told.take(complete('AddRaftVoter', N3, N1)).replicate();
    expect(told.log(N1)).toBe("leader@1 1@1 {1 2}@1 {1 2 3'}@1");
    expect(told.voters(N3)).toBe("1 2 3'");
    expect(told.highWatermarks).toEqual([4, 4, 4]);
    expect(told.guard(send('RemoveRaftVoter', N3, N1))).toBe(
      'its id is not in the voter set with another disk',
    );
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a voter has its entry written anew (voters=3, autoJoin=true)', () => {
  test('the same voters, in a new record', () => {
    const told = storiesIn({ config })().elect(N1).replicate();
    told.take(loseMessage(N2, N1), send('UpdateRaftVoter', N2, N1));
    told.take(complete('UpdateRaftVoter', N2, N1)).replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 {1 2 3}@1'));
    expect(told.highWatermarks).toEqual([2, 2, 2]);
    expect(told.broken).toEqual([]);
  });
});

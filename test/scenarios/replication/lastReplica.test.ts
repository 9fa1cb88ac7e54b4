import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  copy,
  crash,
  cut,
  fence,
  fetch,
  heal,
  learn,
  leave,
  loseBroker,
  losePower,
  produce,
  ReplicationStory,
  recordLost,
  replaceDisk,
  returnBroker,
  start,
  stop,
  unfence,
} from './replicationStory.ts';

describe('replication: last replica standing (brokers=2, minIsr=1)', () => {
  const story = (flushEveryRecord: boolean) => {
    const told = new ReplicationStory({
      config: { brokers: 2, minInsyncReplicas: 1, flushEveryRecord },
      bounds: { powerLosses: 1 },
    }).take(produce(B1), loseBroker(B2), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    return told;
  };

  test('a power loss loses the acknowledged record in a clean election', () => {
    const told = story(false).take(losePower(B1, 0), fence(B1));
    expect(told.partition, 'the last member is never removed').toBe('no leader, epoch 1, ISR 1');
    told.take(returnBroker(B1), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1');
    expect(told.broken).toEqual(recordLost);
  });

  test('a process crash loses nothing: the page cache survives', () => {
    const told = story(false).take(loseBroker(B1), returnBroker(B1));
    expect(told.log(B1)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });

  test('no power loss takes records that were flushed one by one', () => {
    expect(story(true).guard(losePower(B1, 0))).toBe('every record is flushed');
  });

  test('a power loss takes at least one record, or it is a crash', () => {
    expect(story(false).guard(losePower(B1, 1))).toBe('no record is lost');
  });
});

describe('replication: last replica standing, and the others had fallen out (brokers=3, minIsr=1)', () => {
  /** Record 1 is everywhere; record 2 is committed by broker 1 alone, which then loses it. */
  const story = (eligibleLeaderReplicas: boolean) => {
    const told = new ReplicationStory({
      config: { minInsyncReplicas: 1, eligibleLeaderReplicas },
      bounds: { powerLosses: 1 },
    });
    told.take(produce(B1)).catchUp().take(loseBroker(B2), loseBroker(B3)).catchUp();
    told.take(produce(B1), losePower(B1, 1), fence(B1), returnBroker(B2)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    expect(told.leader, 'broker 2 lacks the record and is not elected').toBe('none');
    return told;
  };

  test('with ELR off the ISR keeps it as its last member, and its return loses the record', () => {
    const told = story(false);
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    told.take(returnBroker(B1)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1 2');
    expect(told.logs.slice(0, 2)).toEqual(['1@0', '1@0']);
    expect(told.broken).toEqual(recordLost);
  });

  test('with ELR on it is known to have died uncleanly, and leads all the same as the last leader', () => {
    const told = story(true);
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1, last leader 1');
    told.take(start(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, last leader 1');
    told.take(unfence(B1), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1, recovering');
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
  });
});

describe('replication: last replica standing lost its tail, another has the record (brokers=3, minIsr=2)', () => {
  /** Record 1 is on brokers 1 and 2; broker 3 has fallen out. */
  const story = (eligibleLeaderReplicas: boolean) => {
    const told = new ReplicationStory({
      config: { eligibleLeaderReplicas },
      bounds: { powerLosses: 1 },
    });
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), loseBroker(B3), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.acknowledged).toEqual(['1 at 0']);
    return told;
  };
  const broker2Stops = [...leave(B2), learn(B1), learn(B2), stop(B2)];

  test.each([
    ['was killed', loseBroker(B2)],
    ['was stopped', broker2Stops],
    ['was fenced alive', [cut(B2, 'controller'), fence(B2), heal]],
  ])('ELR off: the record is lost in a clean election, the other %s', (_, broker2Leaves) => {
    const told = story(false).take(broker2Leaves);
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    told.take(losePower(B1, 0), fence(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    if (told.doing(B2).startsWith('notRunning')) told.take(start(B2));
    told.take(unfence(B2));
    expect(told.log(B2)).toBe('1@0');
    expect(told.partition, 'the good copy may not lead').toBe('no leader, epoch 1, ISR 1');
    told.take(returnBroker(B1), learn(B1));
    expect(told.broken).toEqual(recordLost);
    // And the good copy follows the bad one.
    told.catchUp();
    expect(told.log(B2)).toBe('');
  });

  test.each([
    ['was stopped', broker2Stops],
    ['was fenced alive', [cut(B2, 'controller'), fence(B2), heal]],
  ])(
    'ELR on: the other is elected out of the ELR and keeps the record, it %s',
    (_, broker2Leaves) => {
      const told = story(true).take(broker2Leaves);
      expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
      told.take(losePower(B1, 0), fence(B1));
      expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1 2, last leader 1');
      // Broker 1 has lost its tail and is out of the ELR at once, for its shutdown was not clean.
      told.take(returnBroker(B1));
      expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 2, last leader 1');
      if (told.doing(B2).startsWith('notRunning')) told.take(start(B2));
      told.take(unfence(B2));
      expect(told.partition, 'a clean election').toBe('leader 2, epoch 2, ISR 2');
      told.catchUp();
      expect(told.logs.slice(0, 2)).toEqual(['1@0', '1@0']);
      expect(told.partition).toBe('leader 2, epoch 2, ISR 1 2');
      expect(told.highWatermark(B2)).toBe(1);
      expect(told.broken).toEqual([]);
    },
  );

  test('ELR on: with the other killed as well nobody is left but the last leader, and the record is lost', () => {
    const told = story(true).take(loseBroker(B2), losePower(B1, 0), fence(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1 2, last leader 1');
    // A killed process has its records still, but nothing proves it.
    told.take(returnBroker(B2));
    expect(told.log(B2)).toBe('1@0');
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1, last leader 1');
    told.take(returnBroker(B1), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1, recovering');
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
  });

  test('ELR on: the last leader was only killed, and leads again with every record', () => {
    const told = story(true).take(loseBroker(B2), loseBroker(B1));
    told.take(returnBroker(B2), returnBroker(B1)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1 2');
    expect(told.logs.slice(0, 2)).toEqual(['1@0', '1@0']);
    expect(told.highWatermark(B1)).toBe(1);
  });
});

describe('replication: a follower loses its disk (brokers=3, minIsr=2)', () => {
  test('it comes back under its old id, empty, and copies everything before it is in sync', () => {
    const told = new ReplicationStory({ bounds: { diskLosses: 1 } });
    told.take(produce(B1)).catchUp().take(replaceDisk(B2), fence(B2));
    expect(told.logs).toEqual(['1@0', '', '1@0']);
    told.take(returnBroker(B2), learn(B1), fetch(B2, B1));
    expect(told.isr).toBe('1 3');
    expect(told.catchUp().isr).toBe('1 2 3');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });

  test('a lost disk and a crash of all others: the empty replica does not lead while it is outside the ISR', () => {
    const told = new ReplicationStory({ bounds: { diskLosses: 1 } });
    told.take(produce(B1)).catchUp().take(replaceDisk(B3), fence(B3));
    told.take(crash(B1), crash(B2), fence(B2), fence(B1), returnBroker(B3));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    told.take(returnBroker(B1), returnBroker(B2)).catchUp();
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });
});

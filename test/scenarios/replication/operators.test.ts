import { describe, expect, test } from 'vitest';
import { everyReplicationDefect } from '../../../models/replication/defects.ts';
import {
  applyConfiguration,
  B1,
  B2,
  changeUncleanSetting,
  electUncleanly,
  electUncleanlyAsSet,
  enableElr,
  learn,
  leave,
  loseBroker,
  produce,
  ReplicationStory,
  reassign,
  replaceReassignment,
  returnBroker,
  start,
  stop,
  unregister,
} from './replicationStory.ts';

const loose = { brokers: 2, minInsyncReplicas: 1 } as const;
const defect = (wanted: string) => everyReplicationDefect.filter(({ name }) => name === wanted);

describe('replication: ELR are switched on in the running cluster (brokers=2, minIsr=1)', () => {
  const begin = (config = {}): ReplicationStory =>
    new ReplicationStory({
      config: { ...loose, ...config },
      bounds: { elrEnablings: 2, uncleanElections: 1 },
    });
  /** Both are down, and broker 1 was the last in sync, with a record that it has alone. */
  const offline = (config = {}): ReplicationStory => {
    const told = begin(config).take(loseBroker(B2), learn(B1), produce(B1), loseBroker(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    return told;
  };

  test('from the next change on the controller goes by them, brokers learn the minimum', () => {
    const told = begin().take(enableElr(2));
    expect(told.guard(enableElr(1))).toBe('eligible leader replicas are on');
    told.take(loseBroker(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(learn(B1));
    expect(told.guard(learn(B1))).toBe('its configuration is not applied yet');
    told.take(applyConfiguration(B1), learn(B1));
    expect(told.guard(produce(B1))).toBe('NOT_ENOUGH_REPLICAS');
    expect(told.broken).toEqual([]);
  });

  test('while the partition is offline: nobody leads although everybody is back', () => {
    const told = offline({ kafka: '4.4' }).take(enableElr(1), start(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty');
    told.catchUp().take(returnBroker(B2)).catchUp();
    expect(told.leader).toBe('none');
    expect(told.log(B1)).toBe('1@0');
    told.take(electUncleanly);
    expect(told.decided.recovering).toBe(true);
    expect(told.decided.leader).toBeDefined();
  });

  test('before 4.2 nobody is noted as who led last, and in 4.0 nobody is elected for it', () => {
    for (const kafka of ['4.0', '4.1']) {
      const told = offline({ kafka }).take(enableElr(1), returnBroker(B1));
      expect(told.decided.nobodyLedLast).toBe(1);
      told.take(electUncleanly);
      expect(told.leader).toBe(kafka === '4.0' ? 'none' : B1);
    }
    const told = offline({ kafka: '4.2' }).take(enableElr(1), returnBroker(B1));
    expect(told.decided.nobodyLedLast).toBe(0);
  });

  test.each(['4.0', '4.4'])('repaired in %s, who was last in sync is who led last', kafka => {
    const told = offline({ kafka, repairs: ['all'] }).take(enableElr(1), returnBroker(B1));
    expect(told.leader).toBe(B1);
    expect(told.catchUp().broken).toEqual([]);
  });
});

describe('replication: a broker is unregistered (brokers=2, minIsr=2, ELR)', () => {
  const begin = (defects = defect('unregistered-broker-in-elr')): ReplicationStory =>
    new ReplicationStory({
      config: { brokers: 2, eligibleLeaderReplicas: true },
      bounds: { unregistrations: 2 },
      defects,
    });

  test('out of the ISR, and it stays in the ELR', () => {
    expect(begin().guard(unregister(B2))).toBe('the broker runs');
    const told = begin().take('crash(broker=broker-2)', unregister(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    expect(told.guard(unregister(B2))).toBe('BROKER_ID_NOT_REGISTERED');
    expect(begin([]).take(loseBroker(B2), unregister(B2)).partition, 'repaired').toBe(
      'leader 1, epoch 0, ISR 1',
    );
  });

  test('the other one comes back from a crash, and is not elected', () => {
    const told = begin().take(loseBroker(B2), unregister(B2), loseBroker(B1), returnBroker(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 2, last leader 1');
    const repaired = begin([]).take(loseBroker(B2), unregister(B2), loseBroker(B1));
    expect(repaired.take(returnBroker(B1)).leader).toBe(B1);
  });

  test('if it comes back after all, it counts as one that has not shut down cleanly', () => {
    const told = begin().take(leave(B2)).catchUp().take(stop(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(unregister(B2), start(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    expect(told.reached).toContain('unregistered-broker-returns');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: a reassignment is replaced (brokers=1, spares=1, minIsr=1)', () => {
  const begin = (config = {}): ReplicationStory =>
    new ReplicationStory({
      config: { brokers: 1, spareBrokers: 1, minInsyncReplicas: 1, ...config },
      bounds: { replacedReassignments: 1 },
    });

  test('by the assignment from before: it waits for whom it removes, and can be cancelled', () => {
    const told = begin({ kafka: '4.4' });
    expect(told.guard(replaceReassignment('none', 'none'))).toBe('no reassignment is under way');
    told.take(reassign(B2, B1), replaceReassignment('none', 'none')).catchUp();
    expect(told.decided.adding.has(1 as never) && told.decided.removing.has(1 as never)).toBe(true);
    expect(told.isr).toBe('1 2');
    told.take('cancelReassignment()').catchUp();
    expect(told.assignment).toBe('1');
    expect(told.broken).toEqual([]);
  });

  test.each([
    ['4.2', '1'],
    ['3.7', '1 +2'],
  ])('in %s it comes to %s, by what a reassignment waits for there', (kafka, assignment) => {
    const told = begin({ kafka }).take(reassign(B2, B1), replaceReassignment('none', 'none'));
    expect(told.catchUp().assignment).toBe(assignment);
  });

  test.each([
    ['4.4', { repairs: ['all'] }],
    ['3.9', { zooKeeper: true }],
  ])('repaired, or with ZooKeeper, it is over at once (%s)', (kafka, settings) => {
    const told = begin({ kafka, ...settings });
    told.take(reassign(B2, B1), replaceReassignment('none', 'none'));
    expect(told.assignment).toBe('1');
    expect(told.catchUp().broken).toEqual([]);
  });
});

describe('replication: unclean election is enabled while the partition is offline (brokers=2, minIsr=1)', () => {
  const begin = (): ReplicationStory =>
    new ReplicationStory({ config: loose, bounds: { uncleanSettingChanges: 2 } }).take(
      loseBroker(B2),
      loseBroker(B1),
      returnBroker(B2),
    );

  test('the change by itself elects nobody, the controller does when it looks', () => {
    const told = begin();
    expect(told.guard(electUncleanlyAsSet)).toBe('unclean election is disabled');
    told.take(changeUncleanSetting);
    expect(told.leader).toBe('none');
    told.take(electUncleanlyAsSet);
    expect(told.partition).toBe('leader 2, epoch 2, ISR 2, recovering');
    expect(told.guard(electUncleanlyAsSet)).toBe('there is a leader');
    expect(told.reached).toContain('unclean-election-once-allowed');
  });

  test('disabled again, nobody is elected', () => {
    const told = begin().take(changeUncleanSetting, changeUncleanSetting);
    expect(told.guard(electUncleanlyAsSet)).toBe('unclean election is disabled');
    expect(told.take(returnBroker(B1)).leader).toBe(B1);
    expect(told.catchUp().broken).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Generation } from '../../../models/replication/generation.ts';
import {
  B1,
  B2,
  B3,
  crash,
  fence,
  learn,
  leave,
  loseBroker,
  loseControllerMessage,
  produce,
  ReplicationStory,
  receiveRegistration,
  register,
  repeatRegistration,
  restart,
  start,
  stop,
  unfence,
} from './replicationStory.ts';

const storyOf = (generation: Generation) =>
  new ReplicationStory({ config: { kafka: generation } }).take(produce(B1)).catchUp();

describe('replication: a broker restarts before its session is over (brokers=3, minIsr=2)', () => {
  test.each(['truncate-to-high-watermark', 'kip-320', 'alter-partition'] as const)(
    '%s: it is refused until it has been fenced (before 4.0)',
    generation => {
      const told = storyOf(generation).take(crash(B2), restart(B2));
      expect(told.guard(register(B2))).toBe('DUPLICATE_BROKER_REGISTRATION');
      expect(told.doing(B2)).toBe('starting, offline');
      expect(told.isr).toBe('1 2 3');
      told.take(fence(B2), register(B2), receiveRegistration(B2), unfence(B2)).catchUp();
      expect(told.isr).toBe('1 2 3');
      expect(told.broken).toEqual([]);
    },
  );

  test.each(['current', 'current-elr'] as const)(
    '%s: it is registered, and what it held before is cleaned up (KAFKA-18635)',
    generation => {
      const told = storyOf(generation).take(crash(B2), restart(B2));
      expect(told.registration(B2)).toBe('unfenced');
      told.take(register(B2));
      expect(told.registration(B2)).toBe('fenced');
      expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
      told.take(receiveRegistration(B2), unfence(B2)).catchUp();
      expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
      expect(told.broken).toEqual([]);
    },
  );

  test('the leader: its restart costs it the leadership', () => {
    const told = storyOf('current').take(crash(B1), restart(B1), register(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    told.take(receiveRegistration(B1), unfence(B1)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.doing(B1)).toBe('running, following');
  });

  test('the last replica of the ISR keeps its place where ELR is off, and leads in a new epoch', () => {
    const told = storyOf('current').take(loseBroker(B2), loseBroker(B3));
    told.take(crash(B1), restart(B1), register(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    told.take(receiveRegistration(B1), unfence(B1), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1');
    expect(told.broken).toEqual([]);
  });

  test('a broker that was stopped with leave is fenced already', () => {
    const told = storyOf('alter-partition').take(leave(B2)).catchUp().take(stop(B2), restart(B2));
    expect(told.guard(register(B2))).toBe('enabled');
  });
});

describe('replication: the answer to a registration is lost (KIP-631, brokers=3, minIsr=2)', () => {
  test('the broker asks again, and gets the broker epoch that it has', () => {
    const told = storyOf('current').take(loseBroker(B2), restart(B2), register(B2));
    const brokerEpoch = told.registeredEpoch(B2);
    expect(told.guard(register(B2))).toBe('the answer is in flight');
    expect(told.guard(unfence(B2))).toBe('its heartbeats do not arrive');
    told.take(loseControllerMessage(B2));
    expect(told.guard(receiveRegistration(B2))).toBe('no answer is in flight');
    told.take(register(B2), receiveRegistration(B2));
    expect(told.registeredEpoch(B2)).toBe(brokerEpoch);
    expect(told.broker(B2).brokerEpoch).toBe(brokerEpoch);
    expect(told.doing(B2)).toBe('recovery, following');
    expect(told.take(unfence(B2)).catchUp().isr).toBe('1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('an answer to the incarnation before is dropped', () => {
    const told = storyOf('current').take(loseBroker(B2), restart(B2), register(B2), crash(B2));
    expect(told.guard(receiveRegistration(B2))).toBe('the broker is down');
    told.take(restart(B2), receiveRegistration(B2));
    expect(told.doing(B2)).toBe('starting, offline');
    told.take(register(B2), receiveRegistration(B2));
    expect(told.broker(B2).brokerEpoch).toBe(told.registeredEpoch(B2));
    expect(told.doing(B2)).toBe('recovery, following');
  });

  test('an answer that comes twice changes nothing', () => {
    const told = storyOf('current').take(loseBroker(B2), start(B2));
    told.take(repeatRegistration(B2), receiveRegistration(B2));
    expect(told.doing(B2)).toBe('recovery, following');
    expect(told.take(unfence(B2)).catchUp().isr).toBe('1 2 3');
    expect(told.broken).toEqual([]);
  });
});

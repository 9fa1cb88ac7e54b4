import { describe, expect, test } from 'vitest';
import { heldByAtMost, lockModel } from '../checker/subjects/lock.ts';
import { parseStep, Script, step } from './script.ts';

describe('a script', () => {
  test('takes steps by their text, in any order of arguments', () => {
    expect(parseStep('fetch(leader=broker-1, follower=broker-2)')).toEqual({
      name: 'fetch',
      params: { leader: 'broker-1', follower: 'broker-2' },
    });
    expect(step('fetch', { leader: 'broker-1', follower: 'broker-2' })).toBe(
      'fetch(follower=broker-2, leader=broker-1)',
    );
    expect(() => parseStep('fetch')).toThrow('fetch: expected a step such as');
  });

  test('watches the properties on the way', () => {
    const script = new Script(lockModel(), [heldByAtMost(1)]);
    script.take('acquire(client=client-1)', ['hum(tune=low)']);
    expect(script.broken).toEqual([]);
    script.take('acquire(client=client-2)');
    expect(script.broken).toEqual(['held-by-few']);
    expect(script.steps).toHaveLength(3);
  });

  test('refuses a step that cannot be taken, in the words of the guard', () => {
    const script = new Script(lockModel({ checked: true }));
    script.take('acquire(client=client-1)');
    expect(script.guard('acquire(client=client-2)')).toBe('the lock is taken');
    expect(script.guard('release(client=client-2)')).toBe('its guard is false');
    expect(() => script.take('acquire(client=client-2)')).toThrow(
      'step 2, acquire(client=client-2): cannot be taken: the lock is taken',
    );
    expect(() => script.take('steal(client=client-1)')).toThrow('the model has no such action');
  });
});

import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../checker/core/errors.ts';
import { DirectedRun, directedRun, readStep } from '../../../checker/replay/directedRun.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { step } from '../../scenarios/step.ts';
import { heldByAtMost, lockModel } from '../subjects/lock.ts';
import { counterModel, invariant, placeSchema } from '../subjects/toys.ts';

describe('a directed run', () => {
  test('takes steps by their text, in any order of arguments', () => {
    expect(readStep('fetch(leader=broker-1, follower=broker-2)')).toEqual({
      name: 'fetch',
      params: { leader: 'broker-1', follower: 'broker-2' },
    });
    expect(step('fetch', { leader: 'broker-1', follower: 'broker-2' })).toBe(
      'fetch(follower=broker-2, leader=broker-1)',
    );
    expect(readStep('fetch')).toBeUndefined();
  });

  test('watches the properties on the way', () => {
    const run = new DirectedRun(lockModel(), [heldByAtMost(1)]);
    run.take('acquire(client=client-1)', ['hum(tune=low)']);
    expect(run.broken).toEqual([]);
    run.take('acquire(client=client-2)');
    expect(run.broken).toEqual(['held-by-few']);
    expect(run.steps).toHaveLength(3);
  });

  test('refuses a step that cannot be taken, in the words of the guard', () => {
    const run = new DirectedRun(lockModel({ checked: true }));
    run.take('acquire(client=client-1)');
    expect(run.guard('acquire(client=client-2)')).toBe('the lock is taken');
    expect(run.guard('release(client=client-2)')).toBe('its guard is false');
    expect(() => run.take('acquire(client=client-2)')).toThrow(
      'step 2, acquire(client=client-2), cannot be taken: the lock is taken',
    );
    expect(() => run.take('steal(client=client-1)')).toThrow('there is no such action');
    expect(run.guard('acquire()')).toBe('it has no argument client');
    expect(run.guard('acquire(client=client-1, by=x)')).toBe('there is no parameter by');
    expect(run.guard('hum(tune=loud)')).toBe('tune is one of low, high');
    expect(run.guard('acquire')).toBe('it is not written as name(parameter=value)');
  });

  test('shows the state, and the trace to where a property broke, with no step after it', () => {
    const model = counterModel(4);
    const atMostOne = invariant(placeSchema, 'at-most-one', {
      holds: ({ protocol }) => protocol.place <= 1 || `it is ${protocol.place}`,
    });
    const properties = [atMostOne as never];
    const run = directedRun(placeSchema, { model, properties }).take('count()');
    expect(run.protocol.place).toBe(1);
    expect(() => run.trace('at-most-one')).toThrow('neither broken nor reached');
    const trace = run.settle(['count']).trace('at-most-one');
    expect(run.protocol.place).toBe(4);
    expect(trace.property.clause).toBe('it is 2');
    expect(trace.explored).toMatchObject({ engine: 'script', distinctStates: 5 });
    expect(replay(model, properties, trace)).toMatchObject({ word: 'reproduced', step: 2 });
  });

  test('names the step in which the model crashes', () => {
    const crashing = counterModel(4, place => {
      if (place === 2) throw new RangeError('out of bounds');
    });
    const run = new DirectedRun(crashing).take('count()');
    expect(() => run.take('count()')).toThrow(ModelError);
    expect(() => new DirectedRun(crashing).take('count()', 'count()')).toThrow('step 2, count()');
  });
});

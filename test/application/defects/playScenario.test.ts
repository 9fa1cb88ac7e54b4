import { describe, expect, it } from 'vitest';
import { playScenario } from '../../../application/defects/playScenario.ts';
import { ModelError } from '../../../checker/core/errors.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { heldByAtMost, lockModel } from '../../checker/subjects/lock.ts';
import { counterModel, invariant, placeSchema } from '../../checker/subjects/toys.ts';
import { bothHold } from '../../cli/lockEntry.ts';

const model = lockModel();
const property = heldByAtMost(1);

/** Broken where nothing has been counted yet. */
function underWay(): AnyProperty {
  const [first] = anyProperties([
    invariant(placeSchema, 'under-way', { holds: ({ protocol }) => protocol.place > 0 }),
  ]);
  if (first === undefined) throw new Error('no property');
  return first;
}

function stuckIn(...steps: string[]): string | undefined {
  return playScenario(model, property, steps).stuck;
}

describe('a directed scenario', () => {
  it('ends at the step that breaks the property, with a trace that replays', () => {
    const { trace, stuck } = playScenario(model, property, bothHold);
    expect(stuck).toBeUndefined();
    expect(trace?.steps).toHaveLength(bothHold.length - 1);
    expect(trace?.property.clause).toBe('2 clients hold the lock');
    expect(trace?.explored).toEqual({
      engine: 'script',
      distinctStates: 6,
      generatedStates: 6,
      depth: 5,
      shortest: false,
    });
    if (trace === undefined) throw new Error('no trace');
    expect(replay(model, [property], trace)).toMatchObject({ word: 'reproduced', step: 5 });
  });

  it('may break the property before any step', () => {
    const { trace } = playScenario(counterModel(3), underWay(), ['count()']);
    expect(trace?.steps).toEqual([]);
  });

  it('shows nothing where the property holds to the end', () => {
    expect(playScenario(model, property, bothHold.slice(0, 3))).toEqual({});
  });

  it.each([
    [
      'a guard that is false, in its words',
      ['acquire(client=client-1)', 'acquire(client=client-1)'],
      'step 2, acquire(client=client-1), cannot be taken: the client holds the lock already',
    ],
    [
      'a guard without words',
      ['release(client=client-1)'],
      'step 1, release(client=client-1), cannot be taken: its guard is false',
    ],
    [
      'an action that is not there',
      ['steal(client=client-1)'],
      'step 1, steal(client=client-1), cannot be taken: there is no such action',
    ],
    ['an argument too few', ['acquire()'], 'it has no argument client'],
    ['no step at all', ['acquire client-1'], 'it is not written as name(parameter=value)'],
  ])('is stuck at %s', (_, steps, words) => {
    expect(stuckIn(...steps)).toContain(words);
  });

  it('reads arguments in any order and with any blanks', () => {
    expect(stuckIn(' hum( tune = low ) ')).toBeUndefined();
  });

  it('is stuck where the property says nothing', () => {
    const elsewhere = { ...property, notApplicable: 'there is one client' };
    expect(playScenario(model, elsewhere, bothHold)).toEqual({
      stuck: 'held-by-few is not applicable: there is one client',
    });
  });

  it('throws what a crash of the model says, with the steps that lead there', () => {
    const crashing = {
      ...model,
      actions: model.actions.map(action => ({
        ...action,
        step: () => {
          throw new RangeError('out of bounds');
        },
      })),
    };
    const playing = (): unknown => playScenario(crashing, property, ['hum(tune=low)']);
    expect(playing).toThrow(ModelError);
    expect(playing).toThrow('out of bounds');
  });
});

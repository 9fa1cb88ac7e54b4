import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { lockEntry } from '../cli/lockEntry.ts';

/** What the entry builds of these changes to an empty request. */
function built(changes: Partial<ModelRequest>) {
  return lockEntry.build({ config: {}, bounds: {}, defects: [], ...changes });
}

describe('the entry of a model', () => {
  it('lists settings with their defaults, and bounds, in the order of the model', () => {
    expect(lockEntry.settings).toEqual([
      { name: 'version', value: 1, meaning: 'the version' },
      { name: 'checked', value: true, meaning: 'asks first' },
      { name: 'acquire', value: 'acquire', meaning: 'what taking is called' },
      { name: 'tunes', value: ['low', 'high'], meaning: 'what is hummed' },
    ]);
    expect(lockEntry.bounds).toEqual([
      { name: 'records', meaning: 'records', one: 'record', several: 'records' },
      { name: 'expiries', meaning: 'ends', one: 'expiry', several: 'expiries' },
    ]);
  });

  it('lists defects with the scope and the scenario that they have', () => {
    expect(lockEntry.defects[0]).toMatchObject({ config: { checked: false }, bounds: {} });
    expect(lockEntry.defects[0]?.scenario).toHaveLength(6);
    expect(lockEntry.defects[1]).toMatchObject({ bounds: { expiries: 1 } });
  });

  it('says every setting in words, those that are not given with their default', () => {
    const words = lockEntry.inWords({ checked: false, tunes: ['high'] });
    expect(words).toEqual([
      { name: 'version', words: 'version 1' },
      { name: 'checked', words: 'unchecked' },
      { name: 'acquire', words: 'acquire()' },
      { name: 'tunes', words: 'tunes high' },
    ]);
  });

  it('builds the model of the settings, with its properties and questions', () => {
    const { model, properties, questions } = built({ config: { version: 7, acquire: 'take' } });
    expect(model.version).toBe(7);
    expect(model.actions[0]?.name).toBe('take');
    expect(properties.map(({ name }) => name)).toEqual(['held-by-few']);
    expect(questions.map(({ name }) => name)).toEqual(['handed-over']);
  });

  it.each<[string, Partial<ModelRequest>, string]>([
    ['an unknown setting', { config: { chekced: true } }, 'did you mean "checked"?'],
    ['a number of another kind', { config: { version: 'x' } }, 'version: expected a whole number'],
    ['a flag of another kind', { config: { checked: 1 } }, 'checked: expected true or false'],
    [
      'a word that is none',
      { config: { acquire: 'grab' } },
      'acquire: expected one of acquire, take',
    ],
    ['a list that is none', { config: { tunes: 'low' } }, 'tunes: expected a list, found low'],
    [
      'an unknown item',
      { config: { tunes: ['low', 'loud'] } },
      'tunes: expected one of low, high, found "loud"',
    ],
    ['an unknown bound', { bounds: { expires: 1 } }, 'did you mean "expiries"?'],
    ['an unknown defect', { defects: ['unchecked-lok'] }, 'did you mean "unchecked-lock"?'],
    ['what the model refuses', { bounds: { expiries: 10 } }, 'expiries: expected at most 9'],
  ])('refuses %s', (_, changes, message) => {
    expect(() => built(changes)).toThrow(UsageError);
    expect(() => built(changes)).toThrow(message);
  });

  it('does not take a mistake of the model for one of the user', () => {
    expect(() => built({ config: { version: 0 } })).toThrow(RangeError);
  });
});

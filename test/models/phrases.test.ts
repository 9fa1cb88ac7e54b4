import { describe, expect, test } from 'vitest';
import { builtInModel } from '../../catalogue/models.ts';
import { argumentsOf } from '../../checker/model/arguments.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { phraseOf } from '../../checker/model/phrase.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { play } from './modelOfTrace.ts';

function modelOf(name: string, config: Readonly<Record<string, string>>): AnyModel {
  const entry = builtInModel(name);
  return entry.build({ config, bounds: entry.largeScope, defects: [] }).model;
}

describe.each<[string, Readonly<Record<string, string>>]>([
  ['replication', {}],
  ['kraft', { transport: 'inFlight' }],
  ['kraft', { transport: 'rounds' }],
  ['cluster', { transport: 'inFlight' }],
  ['cluster', { transport: 'rounds' }],
])('the actions of %s with %j', (name, config) => {
  const { actions } = modelOf(name, config);

  test('all have a phrase', () => {
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter(({ phrase = '' }) => phrase === '').map(one => one.name)).toEqual([]);
  });

  test('have phrases that no two of them share', () => {
    const phrases = actions.map(({ phrase }) => phrase);
    expect(phrases.filter((phrase, at) => phrases.indexOf(phrase) !== at)).toEqual([]);
  });

  test('have phrases that say all of their arguments, in one short line', () => {
    for (const action of actions) {
      const phrases = argumentsOf(action.params).map(({ names }) => phraseOf(action, names));
      expect(new Set(phrases).size, action.name).toBe(phrases.length);
      const longest = phrases.reduce((most, phrase) => Math.max(most, phrase?.length ?? 0), 0);
      expect(longest, action.name).toBeLessThanOrEqual(76);
    }
  });
});

/** A trace as its phrases tell it. */
function storyOf(name: string): (string | undefined)[] {
  return [...play(corpusTrace(name))].map(({ instance: { action, taken } }) =>
    phraseOf(action, taken.params),
  );
}

describe('a trace, told in phrases', () => {
  test('of a partition', () => {
    expect(storyOf('admitted-below-min-isr--elr-members-have-committed-records')).toEqual([
      'producer sends a record to broker-1 with acks=all',
      'broker-1 proposes an ISR without broker-2',
      'controller handles the AlterPartition of broker-1',
      'broker-1 replays the next metadata record',
    ]);
  });

  test('of a metadata quorum', () => {
    expect(storyOf('double-vote--one-leader-per-epoch')).toEqual([
      'election timer of node-1 runs out',
      'node-2 handles the vote request of node-1',
      'node-1 receives the vote answer of node-2',
      'election timer of node-3 runs out',
      'node-2 handles the vote request of node-3',
      'node-3 receives the vote answer of node-2',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { builtInModels } from '../../../catalogue/models.ts';
import { coversPair, pairScopes } from '../../../models/description/eventPairs.ts';
import type { BoundTable } from '../../../models/description/settings.ts';

interface LampBounds {
  readonly fuses: number;
  readonly storms: number;
}

const words: BoundTable<LampBounds> = {
  fuses: { meaning: 'fuses that blow', one: 'blown fuse', several: 'blown fuses' },
  storms: { meaning: 'storms', one: 'storm', several: 'storms' },
};

const pairs = pairScopes<{ readonly lamps: number }, LampBounds>(
  [{ bound: 'fuses' }, { bound: 'storms', needs: { fuses: 1 }, config: { lamps: 2 } }],
  words,
  {
    name: 'few lamps',
    config: { lamps: 1 },
    notKept: (first, second) => (first === second ? ['always-light'] : []),
    isLong: (_, second) => second === 'storms',
  },
);

test('every two kinds of events have the smallest scope in which both can happen', () => {
  expect(pairs).toEqual([
    {
      name: 'two blown fuses, few lamps',
      config: { lamps: 1 },
      bounds: { fuses: 2 },
      engine: 'exhaustive',
      events: ['fuses', 'fuses'],
      asks: { allBut: ['always-light'] },
    },
    {
      name: 'blown fuse and storm, few lamps',
      config: { lamps: 2 },
      bounds: { fuses: 1, storms: 1 },
      engine: 'exhaustive',
      events: ['fuses', 'storms'],
      isLong: true,
    },
    {
      name: 'two storms, few lamps',
      config: { lamps: 2 },
      bounds: { storms: 2, fuses: 1 },
      engine: 'exhaustive',
      events: ['storms', 'storms'],
      asks: { allBut: ['always-light'] },
      isLong: true,
    },
  ]);
});

test('a scope covers a pair of which both can happen and every state is explored', () => {
  const plan = { name: 'a scope', config: {}, bounds: { fuses: 2, storms: 1 } } as const;
  expect(coversPair({ ...plan, engine: 'exhaustive' }, 'fuses', 'storms')).toBe(true);
  expect(coversPair({ ...plan, engine: 'exhaustive' }, 'fuses', 'fuses')).toBe(true);
  expect(coversPair({ ...plan, engine: 'exhaustive' }, 'storms', 'storms')).toBe(false);
  expect(coversPair({ ...plan, engine: 'simulate' }, 'fuses', 'storms')).toBe(false);
});

const ofOperators = [
  ...['elrEnablings', 'unregistrations', 'replacedReassignments', 'uncleanSettingChanges'],
];
/** What happens in a pattern of an application alone: its scopes name it. */
const ofPatterns = ['rebalances', 'readerCrashes'];
/** Of which most pairs have hundreds of thousands of states. */
const large = ['lateResignations', 'staleLookups'];
const rare = [...ofOperators, ...large];
/** With ZooKeeper whatever takes a broker or its controller away does. */
const largeWithZooKeeper = [
  ...['crashes', 'powerLosses', 'sessionExpiries', 'shutdowns', 'controllerMoves'],
  ...['topicDeletions', 'preferredElections'],
];
const covered = builtInModels.filter(({ mainJob }) => mainJob?.events !== undefined);

describe.each(covered)('$name', ({ name, bounds, mainJob = { title: '', plans: [] } }) => {
  const { events = [], plans } = mainJob;

  test('every bound counts events of which pairs are explored, or records', () => {
    const others = bounds.map(bound => bound.name).filter(each => !events.includes(each));
    expect(others).toEqual(
      others.filter(each =>
        ['records', 'inputs', 'epochs', 'epochBumps', ...ofPatterns].includes(each),
      ),
    );
  });

  const missingIn = (explored: typeof plans): (readonly [string, string])[] =>
    events.flatMap((first, index) =>
      events
        .slice(index)
        .filter(second => !explored.some(plan => coversPair(plan, first, second)))
        .map(second => [first, second] as const),
    );

  test('every two kinds of events are explored together in some job', () => {
    expect(missingIn(plans)).toEqual([]);
  });

  test('only what operators do now and then, or is large, meets some others in long jobs alone', () => {
    const missing = missingIn(plans.filter(({ isLong }) => isLong !== true));
    const seldom = name === 'zookeeper' ? largeWithZooKeeper : rare;
    expect(missing.filter(pair => !pair.some(event => seldom.includes(event)))).toEqual([]);
  });
});

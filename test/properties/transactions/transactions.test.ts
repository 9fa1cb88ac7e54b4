import { describe, expect, test } from 'vitest';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { transactionsProperties, transactionsQuestions } from '../../../properties/transactions.ts';
import { type Scope, transactionsIn } from '../../models/transactions/scope.ts';
import { holdToCases } from '../holdToCases.ts';
import { transactionsCases } from './allCases.ts';
import { firstCases, plainCases } from './cases/goals.ts';
import { type Cases, firstScope, handBuiltScope, plainScope } from './handBuilt.ts';

const cases: Readonly<Record<string, Cases>> = {
  ...transactionsCases,
  ...firstCases,
  ...plainCases,
};

const { config, bounds } = handBuiltScope;
/** Each in the first of these scopes of which it says something. */
const scopes = [handBuiltScope, firstScope, plainScope].map(scope =>
  transactionsProperties(scope.config, scope.bounds),
);
const properties: readonly AnyProperty[] = [
  ...transactionsProperties(config, bounds).map((property, index) => {
    const inScopes = scopes.map(each => each[index] ?? property);
    return inScopes.find(({ notApplicable }) => notApplicable === undefined) ?? property;
  }),
  ...transactionsQuestions(config),
];

holdToCases('transactions', properties, cases);

test('everything is said of some scope of the hand-built states', () => {
  expect(properties.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
});

describe('what is promised', () => {
  const atomic = [
    'committed-transactions-are-kept',
    'transactions-end-one-way',
    'aborted-records-are-not-read',
    'markers-follow-decisions',
    'decisions-stay',
    'open-transactions-are-known',
    'fenced-producers-write-nothing',
    'only-fenced-producers-fail',
  ] as const;
  const waits = [
    'readers-wait-for-open-transactions',
    'last-stable-offset-never-goes-back',
  ] as const;
  const epochs = ['producer-epochs-grow', 'coordinator-epochs-only-grow'] as const;
  const [once, effects] = ['outputs-are-not-repeated', 'effects-are-not-repeated'] as const;
  const noted = 'noted-inputs-have-outputs';
  const first = { transactionVersion: '1' } as const;
  const input = { pattern: 'process' } as const;
  const two = { ...input, producers: 2, transactionalIds: 2 } as const;

  /** The promises that a scope does not make. */
  const unmade = (scope: Scope): string[] =>
    transactionsIn(scope)
      .properties.filter(
        ({ kind, notApplicable }) => kind !== 'sometimes' && notApplicable !== undefined,
      )
      .filter(({ notApplicable }) => notApplicable !== 'there is no input')
      .map(({ name }) => name)
      .sort();

  test.each<[string, Scope, readonly string[]]>([
    ['everything in version 2', {}, []],
    ['over whatever is late', { bounds: { lateEnds: 1, lateMarkers: 1, lateRequests: 1 } }, []],
    ['in version 1', { config: first }, []],
    ['in version 1, with late records', { config: first, bounds: { lateRequests: 1 } }, []],
    ['in version 1, with late ends', { config: first, bounds: { lateEnds: 1 } }, atomic],
    ['in 3.9, with late markers', { config: { kafka: '3.9' }, bounds: { lateMarkers: 1 } }, atomic],
    [
      'of a reader of uncommitted records',
      { config: { isolation: 'read_uncommitted' } },
      ['aborted-records-are-not-read', 'readers-wait-for-open-transactions', effects],
    ],
    ['of an input', { config: input }, []],
    ['of two processes that take turns', { config: two, bounds: { rebalances: 1 } }, []],
    [
      'of two processes that take turns before 2.5',
      { config: { ...two, kafka: '2.4' }, bounds: { rebalances: 1 } },
      [once, effects],
    ],
    ['of two processes that do not, before 2.5', { config: { ...two, kafka: '2.4' } }, []],
    [
      'of one transactional id before 2.5',
      { config: { ...input, producers: 2, kafka: '2.4' }, bounds: { rebalances: 1 } },
      ['only-fenced-producers-fail'],
    ],
    [
      'without transactions',
      { config: { ...input, transactions: false } },
      [...atomic, ...waits, ...epochs, once, effects],
    ],
    [
      'of an idempotent consumer without transactions',
      {
        config: { ...input, transactions: false, deduplicates: true },
        bounds: { readerCrashes: 1 },
      },
      [...atomic, ...waits, ...epochs, once],
    ],
    ['of a reader that crashes', { bounds: { readerCrashes: 1 } }, [effects]],
    [
      'of an input, in version 1, with late ends',
      { config: { ...input, ...first }, bounds: { lateEnds: 1 } },
      [...atomic, once, noted, effects],
    ],
  ])('%s', (_, scope, expected) => {
    expect(unmade(scope)).toEqual([...expected].sort());
  });
});

import { describe, expect, test } from 'vitest';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { clientsProperties, clientsQuestions } from '../../../properties/clients.ts';
import { clientsIn, type Scope } from '../../models/clients/scope.ts';
import { holdToCases } from '../holdToCases.ts';
import { clientsCases } from './allCases.ts';
import { beforeCases, latestCases } from './cases/consuming.ts';
import { plainGoalCases } from './cases/goals.ts';
import { beforeScope, type Cases, handBuiltScope, latestScope, plainScope } from './handBuilt.ts';

const cases: Readonly<Record<string, Cases>> = {
  ...clientsCases,
  ...plainGoalCases,
  ...beforeCases,
  ...latestCases,
};

const { config, bounds } = handBuiltScope;
/** Each in the first of these scopes of which it says something. */
const scopes = [handBuiltScope, plainScope, beforeScope, latestScope].map(scope =>
  clientsProperties(scope.config, scope.bounds),
);
const properties: readonly AnyProperty[] = [
  ...clientsProperties(config, bounds).map((property, index) => {
    const inScopes = scopes.map(each => each[index] ?? property);
    return inScopes.find(({ notApplicable }) => notApplicable === undefined) ?? property;
  }),
  ...clientsQuestions(config),
];

holdToCases('the clients', properties, cases);

test('everything is said of some scope of the hand-built states', () => {
  expect(properties.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
});

describe('what is promised', () => {
  /** The promises that a scope does not make. */
  const unmade = (scope: Scope): string[] =>
    clientsIn(scope)
      .properties.filter(
        ({ kind, notApplicable }) => kind !== 'sometimes' && notApplicable !== undefined,
      )
      .filter(({ notApplicable }) => notApplicable !== 'there is no consumer')
      .map(({ name }) => name);
  const [kept, once, order] = [
    'acknowledged-records-are-kept',
    'records-are-not-repeated',
    'records-keep-their-order',
  ] as const;
  const [contiguous, growing, stays] = [
    'sequences-are-contiguous',
    'producer-epochs-only-grow',
    'committed-entries-stay',
  ] as const;
  const plainly = { idempotence: false } as const;

  test.each<[string, Scope, readonly string[]]>([
    ['everything with idempotence', {}, []],
    [
      'over what may happen to requests',
      { bounds: { failovers: 2, disconnects: 2, lateRequests: 2, timeouts: 2, refusals: 2 } },
      [],
    ],
    ['when a batch expires', { bounds: { expiries: 1 } }, []],
    ['when an expired batch may be late', { bounds: { expiries: 1, lateRequests: 1 } }, [once]],
    ['when an application sends again', { bounds: { resends: 1 } }, [once, order]],
    ['when a producer starts again', { bounds: { producerRestarts: 1 } }, [once, order]],
    ['of two producers', { config: { producers: 2 } }, [once, order]],
    [
      'when producers are forgotten',
      { bounds: { forgottenProducers: 1 } },
      [once, order, contiguous, growing],
    ],
    ['when records are deleted', { bounds: { deletions: 1 } }, [contiguous, growing]],
    ['when a leader was restarted', { bounds: { snapshotLoads: 1 } }, [once]],
    ['when batches are refused for good', { bounds: { rejections: 1 } }, [once]],
    ['when committed records are lost', { bounds: { uncleanFailovers: 1 } }, [kept, stays]],
    ['without idempotence', { config: plainly }, [once, order, contiguous, growing]],
    [
      'with one request in flight',
      { config: { ...plainly, maxInFlight: 1 } },
      [once, contiguous, growing],
    ],
    [
      'with one request in flight that may be late',
      { config: { ...plainly, maxInFlight: 1 }, bounds: { lateRequests: 1 } },
      [once, order, contiguous, growing],
    ],
    [
      'with one request in flight and resends',
      { config: { ...plainly, maxInFlight: 1 }, bounds: { resends: 1 } },
      [once, order, contiguous, growing],
    ],
    ['without retries', { config: { ...plainly, retries: false } }, [once, contiguous, growing]],
    [
      'with acks=1',
      { config: { ...plainly, acks: '1' } },
      [kept, once, order, contiguous, growing],
    ],
  ])('%s', (_, scope, expected) => {
    expect(unmade(scope)).toEqual(expected);
  });
});

describe('what is promised of consumers', () => {
  const [committed, once] = [
    'committed-records-are-processed',
    'records-are-processed-once',
  ] as const;
  const made = ({ config: changed = {}, bounds: allowed = {} }: Scope): string[] =>
    clientsIn({ config: { consumers: 1, ...changed }, bounds: allowed })
      .properties.filter(({ name }) => name === committed || name === once)
      .filter(({ notApplicable }) => notApplicable === undefined)
      .map(({ name }) => name);

  test.each<[string, Scope, readonly string[]]>([
    ['auto commit', {}, [committed]],
    ['auto commit, closed', { bounds: { consumerCloses: 1 } }, []],
    [
      'commit after, closed',
      { config: { commit: 'after' }, bounds: { consumerCloses: 1 } },
      [committed],
    ],
    ['asynchronous commit', { config: { commit: 'async' } }, [committed]],
    ['other threads', { config: { commit: 'handedOver' } }, []],
    ['commit before', { config: { commit: 'before' } }, [once]],
    [
      'commit before, without idempotence',
      { config: { commit: 'before', idempotence: false } },
      [],
    ],
    [
      'commit before, a producer that repeats',
      { config: { commit: 'before' }, bounds: { resends: 1 } },
      [],
    ],
    [
      'commit before, a leader that forgets',
      { config: { commit: 'before' }, bounds: { snapshotLoads: 1 } },
      [],
    ],
    [
      'commit before, unclean',
      { config: { commit: 'before' }, bounds: { uncleanFailovers: 1 } },
      [],
    ],
    ['latest', { config: { reset: 'latest' } }, []],
    ['unclean', { bounds: { uncleanFailovers: 1 } }, []],
    ['no consumer', { config: { consumers: 0 } }, []],
  ])('%s', (_, scope, expected) => {
    expect(made(scope)).toEqual(expected);
  });
});

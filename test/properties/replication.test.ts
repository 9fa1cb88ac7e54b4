import { describe, expect, test } from 'vitest';
import { replicationProperties } from '../../properties/replication.ts';
import {
  b1,
  b2,
  b3,
  elect,
  freshPartition,
  type HandBuilt,
  type HandBuiltStep,
  handBuiltScope,
  hear,
  judge,
  setOf,
  stepFrom,
  stop,
  writeLog,
} from './handBuilt.ts';

const properties = replicationProperties(handBuiltScope.config, handBuiltScope.bounds);

/** A place where a property holds (or a goal is reached), and one where it does not. */
interface Cases {
  readonly good: Readonly<Record<string, HandBuilt | HandBuiltStep>>;
  /** With the clause that is false, where the property gives one. */
  readonly bad: Readonly<Record<string, readonly [HandBuilt | HandBuiltStep, string | false]>>;
}

const acknowledgedFirst = (state: HandBuilt): void =>
  state.ghost.acknowledged.push({ offset: 0, record: 1 });
const readFirst = (state: HandBuilt): void => state.ghost.exposed.push({ epoch: 0, record: 1 });
const log = (state: HandBuilt, broker: typeof b1, ...rest: Tail<Parameters<typeof writeLog>>) =>
  writeLog(state.protocol.brokers.get(broker), ...rest);
type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest]
  ? Rest
  : never;

/** Writes two records and a high watermark. */
const raise =
  (highWatermark: number, leader = b1) =>
  (state: HandBuilt): void =>
    log(
      state,
      leader,
      [
        [1, 0],
        [2, 0],
      ],
      highWatermark,
    );

const consumeAtLeader = { name: 'consume', params: { leader: 'broker-1' } };

const cases: Readonly<Record<string, Cases>> = {
  'acknowledged-records-survive': {
    good: {
      'the leader has the record': freshPartition(state => {
        acknowledgedFirst(state);
        log(state, b1, [[1, 0]]);
      }),
      'a leader of a newer epoch has the record': freshPartition(state => {
        acknowledgedFirst(state);
        log(state, b2, [[1, 0]]);
        elect(state, b2);
      }),
      'only a deposed leader lacks the record': freshPartition(state => {
        acknowledgedFirst(state);
        log(state, b2, [[1, 0]]);
        elect(state, b2, { know: [b2, b3] });
      }),
    },
    bad: {
      'the log is empty': [
        freshPartition(acknowledgedFirst),
        'broker-1 leads, and its log has nothing at offset 0 where record 1 was acknowledged',
      ],
      'another record is there': [
        freshPartition(state => {
          acknowledgedFirst(state);
          log(state, b1, [[2, 0]]);
        }),
        'broker-1 leads, and its log has record 2 of epoch 0 at offset 0 where record 1 was acknowledged',
      ],
      'the new leader lacks it': [
        freshPartition(state => {
          acknowledgedFirst(state);
          log(state, b1, [[1, 0]]);
          elect(state, b2);
        }),
        'broker-2 leads, and its log has nothing at offset 0 where record 1 was acknowledged',
      ],
    },
  },
  'exposed-records-survive': {
    good: {
      'the leader has the record': freshPartition(state => {
        readFirst(state);
        log(state, b1, [[1, 0]]);
      }),
    },
    bad: {
      'the log is empty': [
        freshPartition(readFirst),
        'broker-1 leads, and its log has nothing at offset 0 where a consumer read record 1 of epoch 0',
      ],
      'the record was written again in another epoch': [
        freshPartition(state => {
          readFirst(state);
          log(state, b2, [[1, 1]]);
          elect(state, b2);
        }),
        'broker-2 leads, and its log has record 1 of epoch 1 at offset 0 where a consumer read record 1 of epoch 0',
      ],
    },
  },
  'one-leader-per-epoch': {
    good: {
      'one broker leads': freshPartition(),
      'two brokers lead in two epochs': freshPartition(state =>
        elect(state, b2, { know: [b2, b3] }),
      ),
    },
    bad: {
      'two brokers lead in one epoch': [
        freshPartition(state => {
          elect(state, b2, { know: [b2] });
          state.protocol.metadata.history.get(1).leaderEpoch = 0;
        }),
        'broker-1 and broker-2 both lead in epoch 0',
      ],
      'the metadata names two leaders of one epoch': [
        freshPartition(({ protocol }) =>
          protocol.metadata.history.push({ leader: b3, leaderEpoch: 0, isr: setOf(b3) }),
        ),
        'the metadata names broker-1 and then broker-3 as leader of epoch 0',
      ],
      'the metadata takes the leader away within an epoch': [
        freshPartition(({ protocol }) =>
          protocol.metadata.history.push({ leader: undefined, leaderEpoch: 0, isr: setOf(b1) }),
        ),
        'the metadata names broker-1 and then nobody as leader of epoch 0',
      ],
    },
  },
  'clean-election-from-isr': {
    good: {
      'a member of the ISR is elected': stepFrom(
        () => undefined,
        state => elect(state, b2),
      ),
      'a member is elected and the ISR shrinks with it': stepFrom(
        () => undefined,
        state => elect(state, b2, { isr: [b2] }),
      ),
    },
    bad: {
      'a replica outside the ISR is elected': [
        stepFrom(
          state => elect(state, b1, { isr: [b1, b2] }),
          state => elect(state, b3),
        ),
        'broker-3 was elected and was not in the ISR',
      ],
    },
  },
  'logs-agree-below-high-watermark': {
    good: {
      'the logs are equal': freshPartition(state => {
        for (const each of [b1, b2, b3]) log(state, each, [[1, 0]], 1);
      }),
      'a log is short above the high watermark': freshPartition(state => {
        raise(1)(state);
        for (const each of [b2, b3]) log(state, each, [[1, 0]]);
      }),
      'a replica outside the ISR lags': freshPartition(state => {
        elect(state, b1, { isr: [b1, b2] });
        for (const each of [b1, b2]) log(state, each, [[1, 0]], 1);
      }),
    },
    bad: {
      'a member of the ISR lacks a record': [
        freshPartition(state => {
          for (const each of [b1, b2]) log(state, each, [[1, 0]], 1);
        }),
        'broker-3 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
      ],
      'a stopped member of the ISR has another record': [
        freshPartition(state => {
          for (const each of [b1, b3]) log(state, each, [[1, 0]], 1);
          log(state, b2, [[2, 0]]);
          stop(state, b2);
        }),
        'broker-2 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
      ],
      'a member has the record from another epoch': [
        freshPartition(state => {
          elect(state, b1);
          for (const each of [b1, b3]) log(state, each, [[1, 0]], 1);
          log(state, b2, [[1, 1]]);
        }),
        'broker-2 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
      ],
    },
  },
  'high-watermark-monotonic': {
    good: {
      'it rises': stepFrom(raise(1), raise(2)),
    },
    bad: {
      'it falls while the broker leads': [
        stepFrom(raise(2), raise(1)),
        'the high watermark of broker-1 fell from 2 to 1',
      ],
      'it falls at a deposed leader': [
        stepFrom(state => {
          raise(2)(state);
          elect(state, b2, { know: [b2, b3] });
        }, raise(0)),
        'the high watermark of broker-1 fell from 2 to 0',
      ],
    },
  },
  'reads-below-high-watermark': {
    good: {
      'the record is below it': stepFrom(raise(1), readFirst, consumeAtLeader),
    },
    bad: {
      'the record is at it': [
        stepFrom(raise(0), readFirst, consumeAtLeader),
        'a consumer read offset 0 from broker-1, whose high watermark is 0',
      ],
      'two records are read at once': [
        stepFrom(
          raise(2),
          state => {
            readFirst(state);
            state.ghost.exposed.push({ epoch: 0, record: 2 });
          },
          consumeAtLeader,
        ),
        'a consumer read offset 0 from broker-1, whose high watermark is 2',
      ],
      'it was read by something else': [
        stepFrom(raise(1), readFirst, { name: 'fetch', params: { follower: 'broker-2' } }),
        'a record was exposed by fetch, which reads nothing',
      ],
    },
  },
  'leader-changes': {
    good: {
      'the elected broker takes over': stepFrom(
        state => elect(state, b2, { know: [b1, b3] }),
        state => hear(state, b2),
      ),
    },
    bad: {
      'the leader goes on leading': [stepFrom(() => undefined, raise(1)), false],
      'the election is made, and the elected broker does not know': [
        stepFrom(
          () => undefined,
          state => elect(state, b2, { know: [] }),
        ),
        false,
      ],
    },
  },
  'log-truncated': {
    good: {
      'an answer shortens the log': stepFrom(
        state => log(state, b2, [[1, 0]]),
        state => log(state, b2, []),
        { name: 'receiveFetchResponse', params: {} },
      ),
    },
    bad: {
      'an answer lengthens the log': [
        stepFrom(
          () => undefined,
          state => log(state, b2, [[1, 0]]),
          { name: 'receiveFetchResponse', params: {} },
        ),
        false,
      ],
      'a power loss shortens the log': [
        stepFrom(
          state => log(state, b2, [[1, 0]]),
          state => log(state, b2, []),
          { name: 'losePower', params: {} },
        ),
        false,
      ],
    },
  },
  'isr-shrinks-and-expands-again': {
    good: {
      'a replica is added': stepFrom(
        state => elect(state, b1, { isr: [b1, b2] }),
        state => elect(state, b1),
      ),
    },
    bad: {
      'a replica is removed': [
        stepFrom(
          () => undefined,
          state => elect(state, b1, { isr: [b1, b2] }),
        ),
        false,
      ],
    },
  },
  'acknowledged-record-survives-failover': {
    good: {
      'the new leader has it': stepFrom(
        state => {
          acknowledgedFirst(state);
          log(state, b2, [[1, 0]]);
        },
        state => elect(state, b2),
      ),
    },
    bad: {
      'the new leader lacks it': [stepFrom(acknowledgedFirst, state => elect(state, b2)), false],
      'the new leader does not know yet': [
        stepFrom(
          state => {
            acknowledgedFirst(state);
            log(state, b2, [[1, 0]]);
          },
          state => elect(state, b2, { know: [] }),
        ),
        false,
      ],
      'the leader is the one that acknowledged it': [
        stepFrom(
          () => undefined,
          state => {
            acknowledgedFirst(state);
            log(state, b1, [[1, 0]]);
          },
        ),
        false,
      ],
      'nothing was acknowledged': [stepFrom(raise(1, b2), state => elect(state, b2)), false],
    },
  },
};

test('every property of the replication model is seen to hold and to fail', () => {
  expect(Object.keys(cases)).toEqual(properties.map(({ name }) => name));
  for (const { good, bad } of Object.values(cases)) {
    expect(Object.keys(good).length).toBeGreaterThan(0);
    expect(Object.keys(bad).length).toBeGreaterThan(0);
  }
});

describe.each(properties)('$name', property => {
  const { good, bad } = cases[property.name] ?? { good: {}, bad: {} };

  test.each(Object.entries(good))('holds when %s', (_, place) => {
    expect(judge(property, place)).toBe(true);
  });

  test.each(Object.entries(bad))('fails when %s', (_, [place, clause]) => {
    expect(judge(property, place)).toBe(clause);
  });
});

describe('a property says nothing', () => {
  const silent: readonly [string, string, HandBuilt | HandBuiltStep][] = [
    ['acknowledged-records-survive', 'nothing was acknowledged', freshPartition()],
    [
      'acknowledged-records-survive',
      'nobody leads',
      freshPartition(state => {
        acknowledgedFirst(state);
        stop(state, b1);
      }),
    ],
    ['exposed-records-survive', 'nothing was read', freshPartition()],
    ['one-leader-per-epoch', 'nobody leads', freshPartition(state => stop(state, b1))],
    ['clean-election-from-isr', 'nobody is elected', stepFrom(() => undefined, raise(1))],
    ['logs-agree-below-high-watermark', 'nothing is committed', freshPartition()],
    [
      'high-watermark-monotonic',
      'the broker starts to lead with a lower one',
      stepFrom(raise(2), state => {
        elect(state, b2);
        elect(state, b1);
        raise(0)(state);
      }),
    ],
    ['reads-below-high-watermark', 'nothing is read', stepFrom(raise(1), raise(2))],
  ];

  test.each(silent)('%s, when %s', (name, _, place) => {
    const property = properties.find(each => each.name === name);
    if (property === undefined) throw new Error(`there is no property ${name}`);
    expect(judge(property, place)).toBe('nothing');
  });
});

describe('a property is not claimed where it is known to be false', () => {
  const { config, bounds } = handBuiltScope;
  const noteOf = (
    name: string,
    changed: { config?: Partial<typeof config>; bounds?: Partial<typeof bounds> },
  ) =>
    replicationProperties({ ...config, ...changed.config }, { ...bounds, ...changed.bounds }).find(
      property => property.name === name,
    )?.notApplicable;

  test.each([
    ['clean-election-from-isr', { config: { uncleanLeaderElection: true } }, /unclean/],
    ['logs-agree-below-high-watermark', { config: { uncleanLeaderElection: true } }, /unclean/],
    ['logs-agree-below-high-watermark', { bounds: { powerLosses: 1 } }, /power loss/],
    ['logs-agree-below-high-watermark', { config: { brokers: 1 } }, /only one replica/],
    ['leader-changes', { config: { brokers: 1 } }, /only one replica/],
  ])('%s with %j', (name, changed, reason) => {
    expect(noteOf(name, changed)).toMatch(reason);
    expect(noteOf(name, {})).toBeUndefined();
  });
});

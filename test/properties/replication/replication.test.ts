import { describe, expect, test } from 'vitest';
import { anyProperties } from '../../../checker/model/property.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defaultConfig, quietScope } from '../../../models/replication/config.ts';
import { leaderAcknowledgedRecordsSurvive } from '../../../properties/replication/durability.ts';
import { ofEveryPartition } from '../../../properties/replication/everyPartition.ts';
import { replicationProperties } from '../../../properties/replication.ts';
import { holdToCases } from '../holdToCases.ts';
import { judge, judged, told } from '../judge.ts';
import { allCases } from './allCases.ts';
import { ofProperties } from './cases/conditions.ts';
import { ofGoals } from './cases/conditionsOfGoals.ts';
import { inOtherScopes } from './cases/otherScopes.ts';
import { acrossTopics } from './cases/topics.ts';
import {
  acknowledged,
  b1,
  b2,
  elects,
  freshPartition,
  handBuiltScope,
  writes,
} from './handBuilt.ts';

const properties = replicationProperties(handBuiltScope.config, handBuiltScope.bounds);

holdToCases('the replication model', properties, allCases);

test('topics that had one name are told apart', () => {
  expect(judged(properties, acrossTopics)).toEqual(told(acrossTopics));
});

test('one condition alone decides', () => {
  const all = [...ofProperties, ...ofGoals];
  expect(judged(properties, all)).toEqual(told(all));
});

test.each(inOtherScopes)('where $name', ({ config = {}, bounds = {}, cases: table }) => {
  const scope = handBuiltScope;
  const others = replicationProperties(
    { ...scope.config, ...config },
    { ...scope.bounds, ...bounds },
  );
  expect(judged(others, table)).toEqual(told(table));
});

describe('leader-acknowledged-records-survive', () => {
  const [property] = anyProperties([
    ofEveryPartition(
      nodeType('partition', 1),
      leaderAcknowledgedRecordsSurvive(nodeType('broker', 4)),
    ),
  ]);
  if (property === undefined) throw new Error('one property was given');

  test('is about records acknowledged with acks=1', () => {
    const promised = acknowledged(1, 0, '1');
    expect(judge(property, freshPartition(promised, writes(b1, [[1, 0]])))).toBe(true);
    expect(judge(property, freshPartition(promised, elects(b2, { know: [b2] })))).toBe(
      'broker-2 leads, and its log has nothing at offset 0 where record 1 was acknowledged',
    );
    expect(judge(property, freshPartition(acknowledged(1, 0)))).toBe('nothing');
  });

  test('is not among the properties of the model', () => {
    expect(properties.map(({ name }) => name)).not.toContain(property.name);
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
    ['clean-election-from-isr', { bounds: { uncleanElections: 1 } }, /unclean/],
    ['logs-agree-below-high-watermark', { config: { uncleanLeaderElection: true } }, /unclean/],
    ['logs-agree-below-high-watermark', { bounds: { powerLosses: 1 } }, /power loss/],
    ['logs-agree-below-high-watermark', { bounds: { diskLosses: 1 } }, /disk loss/],
    ['high-watermark-within-maximal-isr', { bounds: { powerLosses: 1 } }, /power loss/],
    ['stale-leader-commits-nothing-alone', { bounds: { diskLosses: 1 } }, /disk loss/],
    ['readers-agree', { bounds: { uncleanElections: 1 } }, /unclean/],
    ['reported-end-offset-monotonic', { bounds: { powerLosses: 1 } }, /power loss/],
    ['elr-members-have-committed-records', { bounds: { powerLosses: 1 } }, /may be gone/],
    ['elected-from-elr', { config: { eligibleLeaderReplicas: false } }, /ELR is off/],
    ['only-active-brokers-join-isr', { config: { kafka: 'kip-320' } }, /older than/],
  ] as const)('%s with %j', (name, changed, reason) => {
    expect(noteOf(name, changed)).toMatch(reason);
    expect(noteOf(name, {})).toBeUndefined();
  });

  test('what a scope merely does not bring about is asked all the same, and says what it takes', () => {
    const calm = replicationProperties(defaultConfig, quietScope);
    const named = (those: typeof calm): string[] => those.map(({ name }) => name);
    const byRules = ['isr-and-elr-hold-min-isr', 'elected-from-elr', 'last-known-leader-elected'];
    expect(named(calm.filter(each => each.notApplicable !== undefined))).toEqual(byRules);
    expect(named(calm.filter(({ needs }) => needs === undefined))).toEqual([
      'reported-end-offset-monotonic',
      'one-leader-per-epoch',
      'leaders-were-elected',
      'isr-within-replicas',
      'leader-in-isr',
      'empty-isr-only-with-elr',
      'maximal-isr-covers-isr',
      'high-watermark-within-log',
      'log-start-within-deleted',
    ]);
  });

  test('a power loss that no record is lost by changes nothing', () => {
    const flushed = { config: { flushEveryRecord: true }, bounds: { powerLosses: 1 } };
    expect(noteOf('logs-agree-below-high-watermark', flushed)).toBeUndefined();
  });
});

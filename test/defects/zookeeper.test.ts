import { describe, expect, test } from 'vitest';
import { zooKeeperDefects } from '../../models/zookeeper/defects.ts';
import { zooKeeperRules } from '../../models/zookeeper/releaseRules.ts';
import type { ZooKeeperDefect } from '../../models/zookeeper/rules.ts';
import { isLong } from '../long.ts';
import { zooKeeperIn } from '../models/zookeeper/scope.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { explore } from './explored.ts';
import { figures } from './zookeeperFigures.ts';

/**
 * Rules that no defect weakens: a controller that does not look whether it was replaced learns it by the first write that
 * is refused, and a broker that waits for the node of its earlier process waits until that session is over.
 */
const harmless = ['resignsWhenReplaced', 'replacesOwnNode'];

/** Found within some hundred states: the others only the long runs look for. */
const quickest = [
  'deposed-controller-writes',
  'expired-controller-acts',
  'restart-unnoticed',
  'dead-broker-elected',
  'leader-epoch-kept',
  'brokers-watched-once',
  'lost-request-not-repeated',
  'epoch-begun-when-replaced',
  'controller-epoch-kept',
  'controller-epoch-from-memory',
  'isr-change-read-early',
  'leader-not-told-of-isr',
  'preferred-outside-isr',
];

const rulesOver = ({ rules }: ZooKeeperDefect): string[] => Object.keys(rules);
const bySearch = zooKeeperDefects.filter(({ liveness }) => liveness === undefined);

function scopeOf(defect: ZooKeeperDefect, defects: readonly ZooKeeperDefect[]) {
  const { model, properties } = zooKeeperIn({ ...defect, defects });
  const watched = properties.filter(({ name }) => name === defect.caughtBy);
  return { model, properties, watched };
}

test('every defect of ZooKeeper mode is listed here, and every rule is weakened by some', () => {
  expect(zooKeeperDefects.map(({ name }) => name)).toEqual(Object.keys(figures));
  const weakened = zooKeeperDefects.flatMap(rulesOver);
  const others = Object.keys(zooKeeperRules).filter(rule => !weakened.includes(rule));
  expect(others.sort()).toEqual([...harmless].sort());
});

test.each(zooKeeperDefects)('$name weakens one rule at most, and has a shortest trace', defect => {
  expect(rulesOver(defect).length).toBeLessThan(2);
  expect(defect.statement).toMatch(/^[A-Z].*\.$/);
  const { steps, explored } = corpusTrace(`${defect.name}--${defect.caughtBy}`);
  expect(steps).toHaveLength(figures[defect.name] ?? 0);
  expect(explored.shortest).toBe(true);
});

describe.each(bySearch.filter(({ name }) => isLong || quickest.includes(name)))('$name', defect => {
  const unmasking = zooKeeperDefects.filter(({ name }) => name === defect.masked?.unmaskedBy);

  test('is caught in as few steps as possible', async () => {
    const { model, watched } = scopeOf(defect, [defect, ...unmasking]);
    expect(watched.map(({ notApplicable }) => notApplicable)).toEqual([undefined]);
    const { violations } = await explore(model, watched);
    expect(violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
    expect(violations[0]?.steps).toHaveLength(figures[defect.name] ?? 0);
  });
});

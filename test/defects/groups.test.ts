import { describe, expect, test } from 'vitest';
import { groupsDefects } from '../../models/groups/defects.ts';
import { groupsRules } from '../../models/groups/releaseRules.ts';
import type { GroupsDefect } from '../../models/groups/rules.ts';
import { isLong } from '../long.ts';
import { groupsIn } from '../models/groups/scope.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { explore } from './explored.ts';
import { figures } from './groupsFigures.ts';

/**
 * Found after tens of thousands of states: only the long runs look for them; the traces are replayed on every change.
 */
const deepest = [
  'commit-answered-after-leading',
  'zombie-commit-accepted',
  'stranger-commit-accepted',
  'stale-claims-trusted',
  'deposed-coordinator-answers',
];
/**
 * Rules that no defect weakens: who is not fenced by its instance id is not in the group either, nor is who would
 * assign; a commit that is refused for its epoch is sent again.
 */
const harmless = ['fencesInstances', 'fencesAssignments', 'commitsByAssignmentEpoch'];

const rulesOver = ({ rules }: GroupsDefect): string[] => Object.keys(rules);
const weakening = groupsDefects.filter(defect => rulesOver(defect).length > 0);
const isQuick = ({ name }: GroupsDefect): boolean => isLong || !deepest.includes(name);

function scopeOf(defect: GroupsDefect, defects: readonly GroupsDefect[]) {
  const { model, properties, questions } = groupsIn({ ...defect, defects });
  const watched = [...properties, ...questions].filter(({ name }) => name === defect.caughtBy);
  return { model, properties, watched };
}

test('every defect of the groups is listed here, and every rule is weakened by some', () => {
  expect(groupsDefects.map(({ name }) => name)).toEqual(Object.keys(figures));
  const weakened = groupsDefects.flatMap(rulesOver);
  const others = Object.keys(groupsRules).filter(rule => !weakened.includes(rule));
  expect(others.sort()).toEqual([...harmless].sort());
});

describe.each(groupsDefects)('$name', defect => {
  test('weakens one rule at most, in a sentence with a source, and names what applies to its scope', () => {
    expect(rulesOver(defect).length).toBeLessThan(2);
    expect(defect.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(defect.statement).toMatch(/^[A-Z].*\.$/);
    const { watched } = scopeOf(defect, []);
    expect(watched.map(({ notApplicable }) => notApplicable)).toEqual([undefined]);
  });

  test.runIf(isQuick(defect))('is caught in as few steps as possible', async () => {
    const { model, watched } = scopeOf(defect, [defect]);
    const { violations } = await explore(model, watched);
    expect(violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
    expect(violations[0]?.steps).toHaveLength(figures[defect.name] ?? 0);
  });

  test('has a trace of as few steps, which was proved to be a shortest one', () => {
    const { steps, explored } = corpusTrace(`${defect.name}--${defect.caughtBy}`);
    expect(steps).toHaveLength(figures[defect.name] ?? 0);
    expect(explored.shortest).toBe(true);
  });
});

describe('repaired', () => {
  test.each(weakening.filter(isQuick))('$name breaks nothing in its scope', async defect => {
    const config = { ...defect.config, repairs: ['all'] as const };
    const { model, properties } = groupsIn({ ...defect, config });
    const { violations, stopped } = await explore(model, properties);
    expect(violations).toEqual([]);
    expect(stopped).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { clientsDefects } from '../../models/clients/defects.ts';
import { clientsRules } from '../../models/clients/releaseRules.ts';
import type { ClientsDefect } from '../../models/clients/rules.ts';
import { isLong } from '../long.ts';
import { clientsIn } from '../models/clients/scope.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { figures } from './clientsFigures.ts';
import { explore } from './explored.ts';

/** Found after thousands of states: only the long runs look for them; the traces are replayed on every change. */
const deepest = [
  'retries-overtake',
  'every-partition-renumbered',
  'renumbered-while-undecided',
  'positions-not-validated',
];
/** Rules that releases have differently: what they come to is shown by a release, or by what is repaired in it. */
const harmless = [
  'onGap',
  'unknownProducer',
  'bumpsWhileUndecided',
  'expiresInFlight',
  'answersNameLeader',
];

const rulesOver = ({ rules }: ClientsDefect): string[] => Object.keys(rules);
const weakening = clientsDefects.filter(defect => rulesOver(defect).length > 0);

function scopeOf(defect: ClientsDefect, defects: readonly ClientsDefect[]) {
  const { model, properties, questions } = clientsIn({ ...defect, defects });
  const watched = [...properties, ...questions].filter(({ name }) => name === defect.caughtBy);
  return { model, properties, watched };
}

test('every defect of the clients is listed here, and every rule is weakened by some', () => {
  expect(clientsDefects.map(({ name }) => name)).toEqual(Object.keys(figures));
  const weakened = clientsDefects.flatMap(rulesOver);
  const others = Object.keys(clientsRules).filter(rule => !weakened.includes(rule));
  expect(others.sort()).toEqual([...harmless].sort());
});

describe.each(clientsDefects)('$name', defect => {
  test('weakens one rule at most, in a sentence with a source, and names what applies to its scope', () => {
    expect(rulesOver(defect).length).toBeLessThan(2);
    expect(defect.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(defect.statement).toMatch(/^[A-Z].*\.$/);
    const { watched } = scopeOf(defect, []);
    expect(watched.map(({ notApplicable }) => notApplicable)).toEqual([undefined]);
  });

  const isQuick = isLong || !deepest.includes(defect.name);
  test.runIf(isQuick)('is caught in as few steps as possible', async () => {
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

/** Without the defect thousands of states: the long runs look at them. */
const isSmall = ({ name }: ClientsDefect): boolean => isLong || !deepest.includes(name);

describe('switched off', () => {
  test.each(weakening.filter(isSmall))('$name breaks nothing in its scope', async defect => {
    const { model, properties } = scopeOf(defect, []);
    const { violations, stopped } = await explore(model, properties);
    expect(violations).toEqual([]);
    expect(stopped).toBeUndefined();
  });
});

describe('repaired', () => {
  const mistakes = clientsDefects.filter(({ releases }) => releases?.endsWith('4.4') === true);
  test.each(mistakes.filter(isSmall))('$name breaks nothing in its scope', async defect => {
    const config = { ...defect.config, repairs: ['all'] as const };
    const { model, properties } = clientsIn({ ...defect, config });
    const { violations } = await explore(model, properties);
    expect(violations).toEqual([]);
  });
});

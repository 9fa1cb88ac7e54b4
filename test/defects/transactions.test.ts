import { describe, expect, test } from 'vitest';
import { exploreLiveness } from '../../checker/liveness/exploreLiveness.ts';
import { transactionsDefects } from '../../models/transactions/defects.ts';
import { transactionsRules } from '../../models/transactions/releaseRules.ts';
import type { TransactionsDefect } from '../../models/transactions/rules.ts';
import { everyFew, isLong } from '../long.ts';
import { transactionsIn } from '../models/transactions/scope.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { explore } from './explored.ts';
import { figures } from './transactionsFigures.ts';

/** Found after thousands of states: only the long runs look for them; the traces are replayed on every change. */
const deepest = [
  'not-fenced-on-timeout',
  'ended-by-fenced-producer',
  'uncommitted-decision-loaded',
  'offsets-of-earlier-generation',
  'pending-offsets-passed-over',
  'served-before-loaded',
];
/** Rules that releases have differently: what they come to is shown by a release. */
const harmless = ['version', 'recoversByBump', 'abortsWhenRefused'];

const rulesOver = ({ rules }: TransactionsDefect): string[] => Object.keys(rules);
const weakening = transactionsDefects.filter(defect => rulesOver(defect).length > 0);
const isSmall = ({ name }: TransactionsDefect): boolean => isLong || !deepest.includes(name);
const lookedFor = everyFew(transactionsDefects.filter(isSmall), 2);

/** A defect, with the one that it needs to be seen. */
function together(defect: TransactionsDefect): TransactionsDefect[] {
  const { masked } = defect;
  return transactionsDefects.filter(each => each === defect || each.name === masked?.unmaskedBy);
}

function scopeOf(defect: TransactionsDefect, defects: readonly TransactionsDefect[]) {
  const { model, properties, questions, temporal } = transactionsIn({ ...defect, defects });
  const isAsked = ({ name }: { readonly name: string }): boolean => name === defect.caughtBy;
  const watched = [...properties, ...questions].filter(isAsked);
  return { model, properties, watched, lasting: temporal.filter(isAsked) };
}

test('every defect of transactions is listed here, and every rule is weakened by some', () => {
  expect(transactionsDefects.map(({ name }) => name)).toEqual(Object.keys(figures));
  const weakened = transactionsDefects.flatMap(rulesOver);
  const others = Object.keys(transactionsRules).filter(rule => !weakened.includes(rule));
  expect(others.sort()).toEqual([...harmless].sort());
});

describe.each(transactionsDefects)('$name', defect => {
  test('weakens one rule at most, in a sentence with a source, and names what applies to its scope', () => {
    expect(rulesOver(defect).length).toBeLessThan(2);
    expect(defect.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(defect.statement).toMatch(/^[A-Z].*\.$/);
    const { watched, lasting } = scopeOf(defect, []);
    expect([...watched, ...lasting].map(({ notApplicable }) => notApplicable)).toEqual([undefined]);
  });

  test.runIf(lookedFor.includes(defect))('is caught in as few steps as possible', async () => {
    const { model, watched, lasting } = scopeOf(defect, together(defect));
    const { violations } =
      lasting.length > 0 ? await exploreLiveness(model, lasting) : await explore(model, watched);
    expect(violations).toMatchObject([{ property: defect.caughtBy }]);
    expect(violations[0]?.steps).toHaveLength(figures[defect.name] ?? 0);
  });

  test('has a trace of as few steps', () => {
    const { steps } = corpusTrace(`${defect.name}--${defect.caughtBy}`);
    expect(steps).toHaveLength(figures[defect.name] ?? 0);
  });
});

describe('switched off', () => {
  const others = weakening.filter(({ releases }) => releases?.endsWith('4.4') !== true);
  test.each(everyFew(others.filter(isSmall), 3))(
    '$name breaks nothing in its scope',
    async defect => {
      const { model, properties } = scopeOf(defect, defect.masked === undefined ? [] : [defect]);
      const { violations, stopped } = await explore(model, properties);
      expect(violations).toEqual([]);
      expect(stopped).toBeUndefined();
    },
  );
});

describe('repaired', () => {
  const mistakes = weakening.filter(({ releases }) => releases !== undefined);
  test.each(everyFew(mistakes.filter(isSmall), 2))(
    '$name breaks nothing in its scope',
    async defect => {
      const config = { ...defect.config, repairs: ['all'] as const };
      const { model, properties } = transactionsIn({ ...defect, config });
      const { violations } = await explore(model, properties);
      expect(violations).toEqual([]);
    },
  );
});

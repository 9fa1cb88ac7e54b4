import { describe, expect, it } from 'vitest';
import { mergeProperties } from '../../application/check/mergeProperties.ts';
import type { ExploredScope } from '../../application/check/scope.ts';
import { checkVerdict } from '../../application/check/verdict.ts';
import { builtInModel } from '../../catalogue/models.ts';
import type { PropertyReport, PropertyVerdict } from '../../checker/results/monitor.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { verdictWord } from '../../cli/output/verdictTable.ts';

type Part = Partial<Pick<ExplorationResult, 'engine' | 'stopped' | 'runs'>>;

/** What one exploration says about a property "p" (or a goal). */
function resultOf(
  verdict: PropertyVerdict,
  antecedent: number,
  part: Part & { readonly kind?: PropertyReport['kind'] } = {},
): ExplorationResult {
  const { kind = 'invariant', ...rest } = part;
  const report: PropertyReport = { name: 'p', kind, verdict, evaluated: 9, antecedent };
  return {
    engine: 'exhaustive',
    verdict: 'holds',
    symmetry: true,
    distinctStates: 9,
    generatedStates: 9,
    depth: 3,
    steps: 8,
    violations: [],
    properties: [report],
    coverage: { actions: {}, transitions: {} },
    witnesses: [],
    ...rest,
  };
}

function scopeOf(result: ExplorationResult | undefined): ExploredScope {
  const model = 'replication';
  const entry = builtInModel(model);
  const plan = { name: 's', config: {}, bounds: {}, engine: 'exhaustive' } as const;
  const task = {
    model,
    request: { config: {}, bounds: {}, defects: [] },
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: true },
    limits: {},
  } as const;
  const explored = { name: model, config: {}, bounds: {}, defects: [] };
  const outcome =
    result === undefined ? undefined : { task, model: explored, result, seconds: 1, traces: [] };
  return { entry, plan, task, asked: [], outcome };
}

function merged(...results: ExplorationResult[]): string | undefined {
  return mergeProperties(results.map(scopeOf))[0]?.verdict;
}

const random = { engine: 'simulate', stopped: 'run limit', runs: 9 } as const;
const holds = resultOf('holds', 5);
const vacuous = resultOf('vacuous', 0);
const notApplicable = resultOf('not applicable', 0);
const nothingFound = resultOf('nothing found', 5, random);
const violated = resultOf('violated', 5);
const limited = resultOf('inconclusive', 5, { stopped: 'state limit' });

describe('a property over several scopes', () => {
  it.each([
    ['holds where one scope exercises it and another does not', [vacuous, holds], 'holds'],
    ['is violated where one scope breaks it', [holds, violated, limited], 'violated'],
    ['is not exercised where no scope does', [vacuous, vacuous], 'not exercised'],
    ['is not applicable where it is so everywhere', [notApplicable], 'not applicable'],
    ['holds where it is not applicable elsewhere', [notApplicable, holds], 'holds'],
    ['never holds by random runs alone', [vacuous, nothingFound], 'nothing found'],
    ['is inconclusive where a limit ended one search', [holds, limited], 'inconclusive'],
  ])('%s', (_, results, verdict) => {
    expect(merged(...results)).toBe(verdict);
  });

  it.each([
    ['reached', [resultOf('unreached', 0, { kind: 'sometimes' }), goal('reached', 1)], 'reached'],
    ['unreached', [goal('unreached', 0), goal('not applicable', 0)], 'unreached'],
  ])('is %s as a goal', (_, results, verdict) => {
    expect(merged(...results)).toBe(verdict);
  });
});

function goal(verdict: PropertyVerdict, antecedent: number): ExplorationResult {
  return resultOf(verdict, antecedent, { kind: 'sometimes' });
}

describe('the verdict of a check', () => {
  const verdictOf = (
    results: (ExplorationResult | undefined)[],
    mustExerciseAll = true,
  ): string => {
    const scopes = results.map(scopeOf);
    const properties = mergeProperties(scopes);
    return checkVerdict({ corpus: [], scopes, properties, mustExerciseAll });
  };

  it.each([
    ['holds', [holds, nothingFound]],
    ['nothing found', [nothingFound]],
    ['violated', [violated, limited]],
    ['inconclusive', [holds, limited]],
    ['inconclusive', [holds, resultOf('inconclusive', 5, { ...random, stopped: 'time limit' })]],
    ['vacuous', [vacuous]],
    ['vacuous', [notApplicable]],
    ['interrupted', [violated, undefined]],
    ['interrupted', [resultOf('inconclusive', 5, { stopped: 'interrupted' })]],
  ])('is %s', (verdict, results) => {
    expect(verdictOf(results)).toBe(verdict);
  });

  it('does not hold it against a cluster that one of its properties is never exercised', () => {
    const other = { ...holds, properties: holds.properties.map(one => ({ ...one, name: 'q' })) };
    expect(verdictOf([vacuous, other], true)).toBe('vacuous');
    expect(verdictOf([vacuous, other], false)).toBe('holds');
  });
});

describe('the word in a verdict table', () => {
  it.each([
    ['holds', holds],
    ['violated', violated],
    ['nothing found', nothingFound],
    ['not covered', limited],
    ['-', vacuous],
    ['-', notApplicable],
    ['-', resultOf('vacuous', 0, random)],
    ['played', goal('reached', 1)],
    ['not played', goal('unreached', 0)],
    ['-', undefined],
  ])('is "%s"', (word, result) => {
    const verdict = result === undefined ? undefined : mergeProperties([scopeOf(result)])[0];
    expect(verdictWord(verdict?.verdict)).toBe(word);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../../application/check/subject.ts';
import { unmetInSubjects } from '../../application/check/thresholds.ts';
import { checkVerdict } from '../../application/check/verdict.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { Coverage } from '../../checker/results/result.ts';
import { quietScope } from '../../models/kraft/config.ts';
import { boundFlags } from './boundFlags.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

type Seen = Coverage & { readonly properties: readonly Partial<PropertyReport>[] };

/** A model of which one scope saw this, and another one that. */
function subjectOf(...seen: readonly Partial<Seen>[]): Subject {
  const scopes = seen.map(({ properties = [], actions = {}, transitions = {} }) => {
    const reports = properties.map(each => {
      return { name: 'p', kind: 'invariant', verdict: 'inconclusive', evaluated: 9, ...each };
    });
    return { outcome: { result: { properties: reports, coverage: { actions, transitions } } } };
  });
  // Thresholds look at nothing else of a scope.
  return {
    entry: { name: 'lock' },
    title: '',
    topics: [],
    notes: [],
    properties: [],
    scopes,
  } as never;
}

describe('a threshold', () => {
  it('of nothing is always met', () => {
    expect(unmetInSubjects({}, [subjectOf({ actions: { acquire: 0 } })])).toEqual([]);
    const all = { actions: 1, transitions: 1, antecedents: 1, goals: 'all' } as const;
    expect(unmetInSubjects(all, [subjectOf({})])).toEqual([]);
  });

  it.each(['actions', 'transitions'] as const)('of %s counts what was seen anywhere', kind => {
    const one = { [kind]: { a: 1, b: 0, c: 0, d: 0 } };
    const another = { [kind]: { a: 0, b: 2, c: 0, d: 0 } };
    const unmet = (least: number, ...seen: readonly Partial<Seen>[]): string[] =>
      unmetInSubjects({ [kind]: least }, [subjectOf(...seen)]);
    expect(unmet(0.5, one, another)).toEqual([]);
    expect(unmet(0.51, one, another)).toEqual([
      expect.stringMatching(/^lock: 2 of 4 .*, expected a fraction of 0.51; never: c, d$/),
    ]);
    expect(unmet(0.5, one)).toEqual([expect.stringContaining('never: b, c, d')]);
  });

  it('of antecedents is for each property that applies, over all scopes together', () => {
    const seen = [
      { properties: [{ antecedent: 2 }, { name: 'q', antecedent: 9 }] },
      { properties: [{ antecedent: 1 }, { name: 'n', verdict: 'not applicable', antecedent: 0 }] },
    ] as const;
    const unmet = (antecedents: number): string[] =>
      unmetInSubjects({ antecedents }, [subjectOf(...seen)]);
    expect(unmet(3)).toEqual([]);
    expect(unmet(4)).toEqual(['lock: p was put to the test 3 times, expected 4']);
  });

  it('of goals needs each of them to be reached in some scope', () => {
    const goal = (name: string, verdict: PropertyReport['verdict']) =>
      ({ name, kind: 'sometimes', verdict, antecedent: 0 }) as const;
    const here = { properties: [goal('g', 'reached'), goal('h', 'inconclusive')] };
    const there = { properties: [goal('g', 'inconclusive'), goal('h', 'inconclusive')] };
    expect(unmetInSubjects({ goals: 'all' }, [subjectOf(here, there)])).toEqual([
      'lock: h was not reached, expected all goals',
    ]);
    expect(unmetInSubjects({}, [subjectOf(there)])).toEqual([]);
  });
});

describe('a check that does not meet its thresholds', () => {
  const folder = temporaryFolder();
  const config = fileIn(folder, 'highwater.config.json', '{ "thresholds": { "actions": 1 } }');
  const quick = ['--model', 'kraft', '--property', 'one-vote-per-epoch', '--runs', '1'];

  it('is vacuous, unless something graver is the matter', () => {
    const holding = { name: 'p', kind: 'invariant', verdict: 'holds', antecedent: 1 } as const;
    const findings = { corpus: [], scopes: [], properties: [holding], mustExerciseAll: true };
    expect(checkVerdict({ ...findings, unmet: [] })).toBe('holds');
    expect(checkVerdict({ ...findings, unmet: ['a'] })).toBe('vacuous');
    const broken = [{ ...holding, verdict: 'violated' as const }];
    expect(checkVerdict({ ...findings, properties: broken, unmet: ['a'] })).toBe('violated');
  });

  it('says which are not met, by name', async () => {
    const scope = ['--max-steps', '1', ...boundFlags({ ...quietScope })];
    const document = join(folder, 'check.json');
    const rest = ['--traces', folder, '--jobs', '1', '--quiet', '--reporter', `json=${document}`];
    const { code, stdout } = await run(['check', '--config', config, ...quick, ...scope, ...rest]);
    expect(code).toBe(4);
    expect(stdout).toContain('Seen less of than expected');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/kraft: \d+ of \d+ actions taken/);
    expect(stdout).toContain('VERDICT: vacuous');
    const json: unknown = JSON.parse(readFileSync(document, 'utf8'));
    expect(at(json, 'unmetThresholds', 0)).toMatch(/^kraft: .*never: .*addVoter/);
  });
});

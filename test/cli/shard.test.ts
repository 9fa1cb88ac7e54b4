import { describe, expect, it } from 'vitest';
import type { CheckRequest } from '../../application/check/checkRequest.ts';
import { plansFor } from '../../application/check/mainSubjects.ts';
import { mergeProperties } from '../../application/check/mergeProperties.ts';
import { modelSubjects } from '../../application/check/plannedSubject.ts';
import type { ExploredScope, Omission } from '../../application/check/scope.ts';
import { scopesOfShard } from '../../application/check/shardScopes.ts';
import { checkVerdict } from '../../application/check/verdict.ts';
import { plainProject } from '../../application/project/project.ts';
import { checkExitCode } from '../../cli/check/exitCode.ts';
import { shardOf, shardText } from '../../cli/options/shard.ts';
import { quietScope } from '../../models/replication/config.ts';
import { boundFlags } from './boundFlags.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const plans = plansFor(plainProject());
const options: CheckRequest = {
  limits: {},
  symmetry: true,
  jobs: 1,
  seed: 1,
  runs: 5,
  maxSteps: 5,
};
const shards = [0, 1, 2].map(index => ({ index, count: 3 }));

describe('a shard on the command line', () => {
  it.each([
    ['1/1', { index: 0, count: 1 }],
    ['2/4', { index: 1, count: 4 }],
    ['1000/1000', { index: 999, count: 1000 }],
  ])('%s', (text, shard) => {
    expect(shardOf(text)).toEqual(shard);
    expect(shardText(shard)).toBe(text);
  });

  it.each(['0/4', '5/4', '1', '1/', '/4', '-1/4', '1/4/4', 'a/b', '1.5/4', '1/1001'])(
    '%j is refused',
    async text => {
      const { code, stderr } = await run(['check', '--shard', text]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/--shard.*Expected/);
    },
  );
});

describe('the scopes of a shard', () => {
  const all = modelSubjects(plans, options).flatMap(({ scopes }) => scopes);
  const dealt = shards.map(shard => scopesOfShard(all, shard));
  const kinds = (scopes: typeof all, kind: string): typeof all =>
    scopes.filter(({ task }) => task.engine.kind === kind);

  it('are together all that are explored completely, each once', () => {
    const exhaustive = dealt.flatMap(scopes => kinds(scopes, 'exhaustive'));
    expect(exhaustive).toHaveLength(kinds(all, 'exhaustive').length);
    expect(new Set(exhaustive)).toEqual(new Set(kinds(all, 'exhaustive')));
  });

  it('are about as many in each', () => {
    const counts = dealt.map(scopes => kinds(scopes, 'exhaustive').length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('have all the random ones, each for its part of the runs', () => {
    for (const scopes of dealt) {
      expect(kinds(scopes, 'simulate')).toEqual(kinds(all, 'simulate'));
    }
    const [scope] = kinds(
      modelSubjects(plans, { ...options, shard: { index: 1, count: 3 } }).flatMap(
        each => each.scopes,
      ),
      'simulate',
    );
    expect(scope?.task.engine).toMatchObject({ shard: { index: 1, count: 3 } });
  });

  it('are all of them without a shard', () => {
    expect(scopesOfShard(all, undefined)).toEqual(all);
  });
});

describe('a property in one shard', () => {
  /** A scope that was not explored and one where the property holds or was never put to the test. */
  function scopes(omitted: Omission | undefined, antecedent: number): ExploredScope[] {
    const [first] = modelSubjects(plans, options).flatMap(subject => subject.scopes);
    if (first === undefined) throw new Error('no scope');
    const name = 'one-leader-per-epoch';
    const asked = [{ name, kind: 'invariant' } as const];
    const verdict = antecedent > 0 ? 'holds' : 'vacuous';
    const result = {
      engine: 'exhaustive',
      verdict,
      symmetry: true,
      distinctStates: 9,
      generatedStates: 9,
      depth: 3,
      steps: 8,
      violations: [],
      properties: [{ name, kind: 'invariant', verdict, evaluated: 9, antecedent }],
      coverage: { actions: {}, transitions: {} },
      witnesses: [],
    } as const;
    const model = { name: 'replication', config: {}, bounds: {}, defects: [] };
    const explored = {
      ...first,
      asked,
      outcome: { task: first.task, model, result, seconds: 1, traces: [] },
    };
    if (omitted === undefined) return [explored];
    return [explored, { ...first, asked, outcome: undefined, omitted }];
  }

  it.each<[string, Omission | undefined, number, [string, string, number]]>([
    ['holds where all its scopes are there', undefined, 5, ['holds', 'holds', 0]],
    ['is vacuous where all are there', undefined, 0, ['not exercised', 'vacuous', 4]],
    [
      'is open where another shard has one',
      'another shard',
      5,
      ['inconclusive', 'inconclusive', 0],
    ],
    [
      'is not vacuous where another has one',
      'another shard',
      0,
      ['inconclusive', 'inconclusive', 0],
    ],
    ['is open where there was no time', 'time budget', 5, ['inconclusive', 'inconclusive', 3]],
    ['is open after an interrupt', 'interrupted', 5, ['inconclusive', 'interrupted', 130]],
  ])('%s', (_, omitted, antecedent, [verdict, overall, code]) => {
    const explored = scopes(omitted, antecedent);
    const properties = mergeProperties(explored);
    expect(properties.map(each => each.verdict)).toEqual([verdict]);
    const findings = { corpus: [], scopes: explored, properties, mustExerciseAll: true };
    expect(checkVerdict(findings)).toBe(overall);
    expect(checkExitCode(checkVerdict(findings), findings)).toBe(code);
  });

  it('does not excuse that there was no time', () => {
    const explored = [...scopes('another shard', 5), ...scopes('time budget', 5)];
    const properties = mergeProperties(explored);
    const findings = { corpus: [], scopes: explored, properties, mustExerciseAll: true };
    expect(checkExitCode(checkVerdict(findings), findings)).toBe(3);
  });
});

describe('shards of random runs', () => {
  const simulate = [
    'simulate',
    'replication',
    '--runs',
    '150',
    '--max-steps',
    '30',
    '--json',
    '-q',
  ];

  it('make together the runs that are made without them', async () => {
    const documents = await Promise.all(
      [simulate, ...['1/3', '2/3', '3/3'].map(shard => [...simulate, '--shard', shard])].map(
        async argv => JSON.parse((await run(argv)).stdout) as unknown,
      ),
    );
    const [whole, ...parts] = documents;
    expect(parts.map(part => at(part, 'shard'))).toEqual(['1/3', '2/3', '3/3']);
    for (const counted of ['runs', 'steps', 'generatedStates']) {
      const sum = parts.reduce<number>((total, part) => total + Number(at(part, counted)), 0);
      expect({ [counted]: sum }).toEqual({ [counted]: at(whole, counted) });
    }
  });

  it('say which they are', async () => {
    const { stdout } = await run([...simulate.filter(word => word !== '--json'), '--shard', '2/3']);
    expect(stdout).toMatch(/shard 2\/3/);
  });
});

describe('check --shard', () => {
  const small = [
    ...['check', '--model', 'replication', '--traces', temporaryFolder(), '--jobs', '1', '-q'],
    ...boundFlags({ ...quietScope }),
    ...['--runs', '5', '--property', 'one-leader-per-epoch'],
  ];

  it('ends with 0 where nothing broke, and says what is left to others', async () => {
    const { code, stdout } = await run([...small, '--shard', '2/3']);
    expect(stdout).toContain('no faults: left to another shard; 1 record');
    expect(stdout).toMatch(/no faults: explored completely/);
    expect(stdout).toMatch(
      /VERDICT: inconclusive\. Nothing broke in shard 2\/3; it takes all shards/,
    );
    expect(code).toBe(0);
  });

  it('names in the JSON document what is left to others', async () => {
    const document: unknown = JSON.parse(
      (await run([...small, '--shard', '2/3', '--json'])).stdout,
    );
    expect(document).toMatchObject({ shard: '2/3', verdict: 'inconclusive', exitCode: 0 });
    expect(at(document, 'notExplored', 0)).toEqual({
      model: 'replication',
      scope: 'no faults',
      topics: [],
      because: 'another shard',
    });
  });

  it.each(['--shard=1/2', '--budget=5m', '--twice', '--reporter=json'])(
    '%s is not for --matrix',
    async flag => {
      const { code, stderr } = await run(['check', '--matrix', flag]);
      expect(code).toBe(2);
      expect(stderr).toContain('belongs to check without --matrix');
    },
  );
});

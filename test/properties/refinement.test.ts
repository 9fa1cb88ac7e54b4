import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelRequest } from '../../catalogue/modelEntry.ts';
import { builtInModel } from '../../catalogue/models.ts';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { DirectedRun } from '../../checker/replay/directedRun.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { readTrace } from '../../checker/trace/readTrace.ts';
import { isLong } from '../long.ts';
import { step } from '../scenarios/step.ts';

/** The claim that a model refines an abstract log, in one scope of it. */
function claimOf(name: 'kraft' | 'replication', request: Partial<ModelRequest>): Specification {
  const entry = builtInModel(name);
  const { model, questions } = entry.build({ config: {}, bounds: {}, defects: [], ...request });
  const properties = questions.filter(question => question.name.startsWith('refines-'));
  expect(properties).toHaveLength(1);
  return { model, properties };
}

function explored({ model, properties }: Specification): Promise<ExplorationResult> {
  return exploreExhaustively(model, properties, { symmetry: true });
}

type NamedScope = readonly [string, ModelRequest['config'], ModelRequest['bounds']];

const rounds = { transport: 'rounds' };

describe('the metadata quorum', () => {
  const scopes: readonly NamedScope[] = [
    [
      'of two voters, with a crash',
      { ...rounds, voters: 2 },
      { epochs: 2, records: 1, crashes: 1 },
    ],
    ['of three voters, in rounds', rounds, { epochs: 2, records: 1 }],
    ['of three voters, in flight', {}, { epochs: 1, records: 1, crashes: 1 }],
  ];
  test.each(isLong ? scopes : scopes.slice(0, 1))(
    '%s is a log that loses nothing',
    async (_, config, bounds) => {
      const { properties } = await explored(claimOf('kraft', { config, bounds }));
      expect(properties).toMatchObject([{ verdict: 'holds' }]);
    },
  );

  test.each(['diverging-fetch-counted', 'counted-before-flush', 'earlier-epoch-committed'])(
    'is none with %s',
    defect => {
      expect(brokenBy(`${defect}--leaders-hold-committed-records`)).toEqual([
        'refines-committed-log',
      ]);
    },
  );
});

const recordByRecord = { repairs: ['skipped-epoch-keeps-follower-state'] };

describe('a partition', () => {
  const scopes: readonly NamedScope[] = [
    ['with a crash', { brokers: 2, minInsyncReplicas: 1 }, { records: 2, crashes: 1 }],
    ['of three, with a crash', {}, { records: 2, crashes: 1 }],
    ['of three, with two moves of the leader', {}, { records: 1, preferredElections: 2 }],
  ];
  test.each(isLong ? scopes : scopes.slice(0, 1))(
    '%s is a log with failover, record by record',
    async (_, config, bounds) => {
      const specification = claimOf('replication', {
        config: { ...config, ...recordByRecord },
        bounds,
      });
      const { properties } = await explored(specification);
      expect(properties).toMatchObject([{ verdict: 'holds' }]);
    },
  );

  test('is none where brokers pass over metadata, as they do', () => {
    const broken = brokenBy('skipped-epoch-keeps-follower-state--acknowledged-records-survive');
    expect(broken).toEqual(['refines-partition-log']);
  });

  test('is none where a follower truncates to its high watermark', () => {
    const name = 'truncates-to-high-watermark--refines-partition-log';
    expect(traceNamed(name).property.clause).toContain('change log: [] -> ["lost"]');
    expect(brokenBy(name)).toEqual(['refines-partition-log']);
  });

  test.runIf(isLong)('and the story of that is a shortest one', async () => {
    const { config, bounds, defects } = traceNamed(
      'truncates-to-high-watermark--refines-partition-log',
    ).model;
    const request = { config, bounds, defects } as ModelRequest;
    const { violations } = await explored(claimOf('replication', request));
    expect(violations).toMatchObject([{ shortest: true, steps: { length: 10 } }]);
  });
});

function traceNamed(name: string) {
  const file = new URL(`../../traces/${name}.trace.json`, import.meta.url);
  return readTrace(name, readFileSync(file, 'utf8'));
}

/** What the steps of a stored trace break of the claim. */
function brokenBy(name: string): readonly string[] {
  const { model: of, steps } = traceNamed(name);
  const { config, bounds, defects } = of;
  const request = { config, bounds, defects } as ModelRequest;
  const claim = claimOf(of.name as 'kraft' | 'replication', request);
  const script = new DirectedRun(new CompiledModel(claim.model), claim.properties);
  for (const { action, params } of steps) script.take(step(action, params as never));
  return script.broken;
}

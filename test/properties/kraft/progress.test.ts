import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import type { LivenessResult } from '../../../checker/liveness/livenessResult.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { defaultConfig, quietScope } from '../../../models/kraft/config.ts';
import { kraftProgressDefects } from '../../../models/kraft/defects/progress.ts';
import { kraftModel } from '../../../models/kraft/model.ts';
import type { KraftDefect } from '../../../models/kraft/rules.ts';
import { kraftQuestions } from '../../../properties/kraft/questions.ts';
import { kraftTemporal } from '../../../properties/kraft.ts';
import { isLong } from '../../long.ts';
import type { Scope } from '../../models/kraft/scope.ts';

function built({ config: changed, bounds: allowed, defects }: Scope) {
  const config = { ...defaultConfig, ...changed };
  const bounds = { ...quietScope, ...allowed };
  const model = kraftModel(config, bounds, defects);
  return {
    model,
    temporal: kraftTemporal(config, bounds),
    questions: kraftQuestions(config, bounds),
  };
}

function settle(scope: Scope): Promise<LivenessResult> {
  const { model, temporal } = built(scope);
  return exploreLiveness(model, temporal);
}

/** Random runs that settle, of which none is likely to need so many steps. */
function settleAtRandom(scope: Scope): Promise<LivenessResult> {
  const { model, temporal } = built(scope);
  return simulateLiveness(model, temporal, { seed: 1, runs: 50, maxSteps: 20, settleSteps: 300 });
}

function verdicts({ properties }: LivenessResult): Record<string, string> {
  return Object.fromEntries(properties.map(({ name, verdict }) => [name, verdict]));
}

function defectNamed(name: string): KraftDefect {
  const found = kraftProgressDefects.find(defect => defect.name === name);
  if (found === undefined) throw new Error(`no defect ${name}`);
  return found;
}

const rounds = { transport: 'rounds' } as const;

describe('every promise is kept', () => {
  test.each<[string, Scope]>([
    ['nothing goes wrong', { config: rounds, bounds: { epochs: isLong ? 2 : 1 } }],
    ['nothing goes wrong, with messages in flight', { config: { voters: 2 } }],
    [
      'one of two voters crashes',
      {
        config: { ...rounds, voters: 2 },
        bounds: { epochs: 2, crashes: 1 },
      },
    ],
    [
      'there are no pre-votes',
      {
        config: { ...rounds, kafka: '3.9' },
        bounds: { epochs: isLong ? 2 : 1 },
      },
    ],
  ])('when %s', async (_, scope) => {
    const result = await settle(scope);
    expect(result.stopped).toBeUndefined();
    expect(verdicts(result)).toEqual({
      'quorum-gets-leader': 'holds',
      'isolated-leaders-resign': 'not applicable',
      'appended-records-are-committed': 'holds',
      'followers-catch-up': 'holds',
    });
  });

  const scopes: [string, Scope][] = [
    ['two voters', { config: { ...rounds, voters: 2 }, bounds: { epochs: 2, partitions: 1 } }],
    ['two voters, of which one crashes', { config: { voters: 2 }, bounds: { crashes: 1 } }],
  ];
  const long: [string, Scope][] = [
    ['three voters', { config: { ...rounds, kafka: '3.9' }, bounds: { epochs: 2, partitions: 1 } }],
    ['three voters, of which one crashes', { config: rounds, bounds: { epochs: 2, crashes: 1 } }],
  ];
  test.each(isLong ? [...scopes, ...long] : scopes)(
    'when a leader may be cut off: %s',
    async (_, scope) => {
      const result = await settle({ ...scope, bounds: { ...scope.bounds, resignations: 1 } });
      expect(verdicts(result)).toEqual({
        'quorum-gets-leader': 'holds',
        'isolated-leaders-resign': 'holds',
        'appended-records-are-committed': 'holds',
        'followers-catch-up': 'holds',
      });
    },
  );

  test.each(['3.9', '4.x'] as const)('in runs that settle: %s', async release => {
    const bounds = { epochs: 40, crashes: 1, partitions: 1, resignations: 2 };
    const { violations, properties } = await settleAtRandom({ config: { kafka: release }, bounds });
    expect(violations).toEqual([]);
    expect(properties[0]?.met).toBeGreaterThan(0);
  });
});

describe('without its voters or its fetches a leader', () => {
  const starving = (names: readonly string[]) => {
    const { model, temporal } = built({ config: { ...rounds, voters: 2 } });
    const actions = model.actions.map(action =>
      names.includes(action.name) ? { ...action, fair: false } : action,
    );
    return exploreLiveness({ ...model, actions }, temporal);
  };

  test('commits nothing, and nobody catches up', async () => {
    const { violations } = await starving(['exchangeFetch']);
    expect(violations.map(({ property }) => property)).toEqual(
      expect.arrayContaining(['appended-records-are-committed', 'followers-catch-up']),
    );
  });
});

test('timers that may run out early for ever would keep a quorum from its leader', async () => {
  const { model, temporal } = built({ config: { voters: 2 } });
  const actions = model.actions.map(({ due: _, ...action }) => action);
  const { violations } = await exploreLiveness({ ...model, actions }, temporal);
  expect(violations).toMatchObject([{ property: 'quorum-gets-leader' }]);
});

describe('a leader that is followed', () => {
  const sought = (scope: Scope) => {
    const { model, questions } = built(scope);
    return exploreExhaustively(model, questions, { symmetry: true });
  };

  test('stays', async () => {
    const result = await sought({ config: rounds, bounds: { epochs: isLong ? 3 : 2 } });
    expect(result.properties).toContainEqual(
      expect.objectContaining({ name: 'followed-leader-stays', verdict: 'holds' }),
    );
  });

  test('is deposed where nobody asks for pre-votes', async () => {
    const defect = defectNamed('no-pre-vote');
    const { config = {}, bounds = {} } = defect;
    const { violations } = await sought({ config, bounds, defects: [defect] });
    expect(violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
    expect(violations[0]?.clause).toBe(
      'node-2 stands for epoch 2, while a majority fetches from node-1',
    );
    expect(violations[0]?.steps).toHaveLength(5);
  });
});

describe('a voter that was removed', () => {
  const asked = ({ config, bounds }: Scope) => {
    const { model, questions } = built({
      config: { ...rounds, voters: 2, dynamicVoters: true, bootstrapFetch: true, ...config },
      bounds: { voterChanges: 2, ...bounds },
    });
    const wanted = questions.filter(({ name }) => name === 'removed-voters-stay-removed');
    return exploreExhaustively(model, wanted, { symmetry: true });
  };

  test('asks to be one again where nodes join by themselves, and is taken in', async () => {
    const { violations } = await asked({ config: { autoJoin: true } });
    expect(violations).toMatchObject([
      {
        property: 'removed-voters-stay-removed',
        clause: 'node-2 asked to be a voter and is one again, after it was removed',
        shortest: true,
      },
    ]);
    expect(violations[0]?.steps.map(({ name }) => name).slice(-3)).toEqual([
      'removeVoter',
      'exchangeFetch',
      'exchangeAddRaftVoter',
    ]);
    expect(violations[0]?.steps).toHaveLength(8);
  });

  test('is not the one who asks with another disk, or for the first time', async () => {
    const config = { autoJoin: true, voters: 1, observers: 1 };
    const { properties } = await asked({ config, bounds: { voterChanges: 2, diskLosses: 1 } });
    expect(properties).toMatchObject([{ verdict: 'holds' }]);
    expect(properties[0]?.antecedent).toBeGreaterThan(0);
  });

  test('asks for nothing where nodes do not', async () => {
    const { properties } = await asked({ config: {} });
    expect(properties).toMatchObject([{ verdict: 'not applicable' }]);
  });
});

test('a leader that does not check its quorum leads for ever', async () => {
  const defect = defectNamed('no-check-quorum');
  const { config = {}, bounds = {} } = defect;
  const { violations } = await settle({ config, bounds, defects: [defect] });
  expect(violations).toMatchObject([{ property: defect.caughtBy, loop: { from: 4 } }]);
  const loop = violations[0]?.steps.slice(4).map(({ name }) => name);
  expect(loop).toEqual(['electionTimeout', 'electionTimeout']);
});

test.runIf(isLong)('followers that refuse each other ask in turn for ever', async () => {
  const defect = defectNamed('followers-refuse-pre-votes');
  const { config = {}, bounds = {} } = defect;
  const { violations } = await settle({ config, bounds, defects: [defect] });
  expect(violations).toMatchObject([{ property: defect.caughtBy, loop: { from: 6 } }]);
  expect(violations[0]?.steps).toHaveLength(12);
});

test('timers that run out together split every vote', async () => {
  const defect = defectNamed('timers-run-out-together');
  const { config = {}, bounds = {} } = defect;
  const { violations } = await settleAtRandom({ config, bounds, defects: [defect] });
  expect(violations).toMatchObject([{ property: defect.caughtBy, settling: { from: 0 } }]);
  expect(violations[0]?.loop).toBeUndefined();
});

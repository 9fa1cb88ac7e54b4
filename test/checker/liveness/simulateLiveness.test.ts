import { describe, expect, test } from 'vitest';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { edgesOf, labelledModel, leads, reaches } from './labelledGraph.ts';
import { arrives, walker } from './walker.ts';

const options = { seed: 1, runs: 200, maxSteps: 20, settleSteps: 50 };

describe('random runs that settle', () => {
  test('find nothing where what is broken is mended, and claim no more than that', async () => {
    const result = await simulateLiveness(walker(true), [arrives], options);
    expect(result).toMatchObject({ verdict: 'nothing found', stopped: 'run limit', runs: 200 });
    expect(result.properties[0]).toMatchObject({ obligations: 200, met: 200, cutOff: 0 });
  });

  test('find where nothing is left to happen, and shorten the way there', async () => {
    const { violations, verdict } = await simulateLiveness(walker(false), [arrives], options);
    expect(verdict).toBe('violated');
    expect(violations).toHaveLength(1);
    expect(violations[0]?.steps.map(({ name }) => name)).toEqual(['crash']);
    expect(violations[0]).toMatchObject({ loop: { from: 1 }, shortest: false });
  });

  test('say after how many steps they gave up', async () => {
    const model = labelledModel({ edges: edgesOf('0 a 1, 1 b 0') });
    const { violations } = await simulateLiveness(model, [reaches(9)], options);
    expect(violations[0]?.loop).toBeUndefined();
    const from = violations[0]?.settling?.from ?? 0;
    expect(violations[0]?.steps).toHaveLength(from + 50);
    expect(violations[0]?.clause).toContain('not within 50 steps after faults stopped');
  });

  test('pass nothing over for long that has to happen', async () => {
    const edges = '0 a 1, 1 b 0, 0 out 9, 1 out 9';
    const fair = labelledModel({ edges: edgesOf(edges) });
    const found = await simulateLiveness(fair, [reaches(9)], { ...options, maxSteps: 1 });
    expect(found.violations).toEqual([]);
    const unfair = labelledModel({ edges: edgesOf(edges), unfair: ['out'] });
    const passed = await simulateLiveness(unfair, [reaches(9)], { ...options, maxSteps: 1 });
    expect(passed.verdict).toBe('violated');
  });

  test('take nothing where it is not due once faults have stopped', async () => {
    const model = labelledModel({ edges: edgesOf('0 a 1, 1 out 9 early') });
    const { violations } = await simulateLiveness(model, [reaches(9)], { ...options, maxSteps: 1 });
    expect(violations[0]?.clause).toContain('nothing has to happen');
  });

  test('let each of many have its turn', async () => {
    const others = Array.from({ length: 60 }, (_, at) => ({ from: 0, to: 0, label: `l${at}` }));
    const model = labelledModel({ edges: [...others, { from: 0, to: 9, label: 'out' }] });
    const settling = { ...options, maxSteps: 1, settleSteps: 250 };
    expect((await simulateLiveness(model, [reaches(9)], settling)).violations).toEqual([]);
  });

  test('do not blame what the bounds of the scope hold back', async () => {
    const model = labelledModel({ edges: edgesOf('0 a 1, 1 c -') });
    const { violations, properties } = await simulateLiveness(model, [reaches(9)], options);
    expect(violations).toEqual([]);
    expect(properties[0]).toMatchObject({ obligations: 200, met: 0, cutOff: 200 });
  });

  test('do not expect at once what has only just become due', async () => {
    // Whoever goes round is due again and again, and always gets there.
    const model = labelledModel({ edges: edgesOf('0 a 1, 1 b 2, 2 c 3, 3 d 0') });
    const result = await simulateLiveness(model, [leads([1], [3])], options);
    expect(result.violations).toEqual([]);
    expect(result.properties[0]?.met).toBe(result.properties[0]?.obligations);
  });

  test('go on to what else fails, if they are to', async () => {
    const model = labelledModel({ edges: edgesOf('0 a 1, 1 b 2') });
    const both = [reaches(9), { ...reaches(8), name: 'other' }, { ...reaches(2), name: 'there' }];
    const named = ({ property }: { readonly property: string }): string => property;
    const one = await simulateLiveness(model, both, options);
    expect(one.violations.map(named)).toEqual(['reaches']);
    expect(one.properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'inconclusive',
      'inconclusive',
    ]);
    const all = await simulateLiveness(model, both, { ...options, keepGoing: true });
    expect(all.violations.map(named)).toEqual(['reaches', 'other']);
    expect(all.violations[0]).toEqual(one.violations[0]);
    expect(all.properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'violated',
      'nothing found',
    ]);
    expect(all).toMatchObject({ verdict: 'violated', stopped: 'run limit', runs: 200 });
  });

  test('are vacuous where what is due never comes about', async () => {
    const model = labelledModel({ edges: edgesOf('0 a 1') });
    const never = await simulateLiveness(model, [leads([7], [9])], options);
    expect(never).toMatchObject({ verdict: 'vacuous', properties: [{ verdict: 'vacuous' }] });
  });

  test('are the same for the same seed', async () => {
    const model = walker(false);
    const first = await simulateLiveness(model, [arrives], options);
    expect(await simulateLiveness(model, [arrives], options)).toEqual(first);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WordList } from '../../../checker/core/wordList.ts';
import { buildStateGraph } from '../../../checker/liveness/buildStateGraph.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { casesOf } from '../../long.ts';
import { toyModel } from '../subjects/toys.ts';
import { edgesOf, type LabelledGraph, labelledModel, leads, reaches } from './labelledGraph.ts';
import { hasFairRun } from './reference.ts';
import { walker } from './walker.ts';

const explore = (graph: LabelledGraph, property: ReturnType<typeof reaches>) =>
  exploreLiveness(labelledModel(graph), [property]);

/** The names of the steps before the loop and in it. */
async function lassoOf(graph: LabelledGraph, property: ReturnType<typeof reaches>) {
  const { violations } = await explore(graph, property);
  const [violation] = violations;
  if (violation?.loop === undefined) return undefined;
  const names = violation.steps.map(({ name }) => name);
  const { from } = violation.loop;
  return { prefix: names.slice(0, from).join(' '), loop: names.slice(from).join(' ') };
}

describe('what a fair run can do', () => {
  test('a run that can only go round does so for ever', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 2, 2 c 1') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: 'b c' });
  });

  test('an action that can be taken all along is taken at some time', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 0 out 9, 1 out 9') };
    expect((await explore(graph, reaches(9))).verdict).toBe('holds');
  });

  test('one that is not fair may never be', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 0 out 9, 1 out 9'), unfair: ['out'] };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: '', loop: 'a b' });
  });

  test('one that can be taken again and again, but not all along, may never be either', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 0 out 9') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: '', loop: 'a b' });
  });

  test('unless it is strongly fair', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 0 out 9'), strong: ['out'] };
    expect((await explore(graph, reaches(9))).verdict).toBe('holds');
  });

  test('strong fairness lets a run go round where the action cannot be taken at all', async () => {
    const edges = edgesOf('0 a 1, 1 b 0, 0 out 9, 1 c 2, 2 d 1');
    const graph = { edges, unfair: ['b'], strong: ['out'] };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: 'c d' });
  });

  test('what is strongly fair is taken in a loop in which it sometimes can be', async () => {
    const edges = edgesOf('0 a 1, 1 b 0, 1 c 2, 2 d 1');
    const graph = { edges, strong: ['c'] };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: '', loop: 'a c d b' });
  });

  test('what only a bound keeps back is not passed over by strong fairness either', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 0 out -'), strong: ['out'] };
    expect((await explore(graph, reaches(9))).properties).toMatchObject([
      { verdict: 'vacuous', cutOff: 1 },
    ]);
  });

  test('a run may stay where nothing fair can be taken', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 out 9'), unfair: ['out'] };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: '' });
  });

  test('staying is shown rather than a loop that is as near', async () => {
    const graph = { edges: edgesOf('0 a 1, 0 b 2, 1 c 1') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'b', loop: '' });
  });

  test('a step that changes nothing is a loop', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 1') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: 'b' });
  });

  test('a loop takes what can be taken in all of its states', async () => {
    // Going to and fro alone passes the way over 2 by.
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 0 c 2, 1 c 2, 2 d 0') };
    const lasso = await lassoOf(graph, reaches(9));
    expect(lasso).toEqual({ prefix: '', loop: 'c d' });
  });
});

describe('what leads to what', () => {
  test('is due from where it is asked for, wherever the run goes then', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 2, 2 c 3, 3 d 2') };
    const { violations } = await explore(graph, leads([1], [9]));
    expect(violations[0]?.clause).toBe(
      'due since step 1, never reached: steps 3 to 4 repeat for ever',
    );
  });

  test('is shown by the shortest way, from wherever it is due', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 e 3, 3 f 4, 4 g 5, 0 b 2, 2 c 6, 6 d 5, 5 h 5') };
    expect(await lassoOf(graph, leads([1, 6], [9]))).toEqual({ prefix: 'b c d', loop: 'h' });
  });

  test('is not due before, and not after it has happened', async () => {
    const before = { edges: edgesOf('0 a 0, 0 b 1, 1 c 9') };
    expect((await explore(before, leads([1], [9]))).verdict).toBe('holds');
    const after = { edges: edgesOf('0 a 1, 1 b 9, 9 c 5, 5 d 5') };
    expect((await explore(after, leads([1], [9]))).verdict).toBe('holds');
  });

  test('is vacuous if it is never due', async () => {
    const { properties, verdict } = await explore({ edges: edgesOf('0 a 1') }, leads([7], [9]));
    expect(verdict).toBe('vacuous');
    expect(properties[0]).toMatchObject({ evaluated: 2, obligations: 0, met: 0, cutOff: 0 });
  });

  test('is counted as met if some run meets it', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 9, 1 c 2, 2 d 9') };
    const { properties } = await explore(graph, leads([0, 1, 2, 9], [9]));
    expect(properties[0]).toMatchObject({ obligations: 4, met: 4, cutOff: 0 });
  });

  test('says nothing where it does not apply', async () => {
    const property = { ...reaches(9), notApplicable: 'there is nobody' };
    const { properties, verdict } = await explore({ edges: edgesOf('0 a 0') }, property);
    expect(verdict).toBe('vacuous');
    expect(properties[0]).toMatchObject({ verdict: 'not applicable', note: 'there is nobody' });
  });
});

describe('what is due in some places only', () => {
  test('makes a loop fair that would pass it by', async () => {
    const always = { edges: edgesOf('0 a 1, 1 b 0, 0 out 9, 1 out 9') };
    expect((await explore(always, reaches(9))).verdict).toBe('holds');
    const early = { edges: edgesOf('0 a 1, 1 b 0, 0 out 9, 1 out 9 early') };
    expect(await lassoOf(early, reaches(9))).toEqual({ prefix: '', loop: 'a b' });
  });

  test('keeps a run from going round by what is not due', async () => {
    const always = { edges: edgesOf('0 a 1, 1 b 0, 1 out 9') };
    expect(await lassoOf(always, reaches(9))).toEqual({ prefix: '', loop: 'a b' });
    const early = { edges: edgesOf('0 a 1, 1 b 0 early, 1 out 9') };
    expect((await explore(early, reaches(9))).verdict).toBe('holds');
  });

  test('is no shorter way round', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 2, 2 c 0, 1 d 0 early') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: '', loop: 'a b c' });
  });

  test('may happen elsewhere on the way into a loop', async () => {
    const graph = { edges: edgesOf('0 a 1 early, 0 out 9, 1 b 2, 2 c 1') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: 'b c' });
  });

  test('does not keep a run from staying elsewhere', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 out 9 early') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: '' });
    expect((await explore(graph, reaches(9))).violations[0]?.shortest).toBe(true);
  });

  test('does not wait for a bound elsewhere', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 c - early') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: 'a', loop: '' });
  });

  test('says nothing of an action that is not fair', async () => {
    const edges = edgesOf('0 a 1, 1 b 0 early');
    expect(await lassoOf({ edges }, reaches(9))).toEqual({ prefix: 'a', loop: '' });
    const lasso = await lassoOf({ edges, unfair: ['b'] }, reaches(9));
    expect(lasso).toEqual({ prefix: '', loop: 'a b' });
  });

  test('is counted as met by way of what is not due', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 1 c 2 early, 2 d 9') };
    const { properties } = await explore(graph, leads([0, 2], [9]));
    expect(properties[0]).toMatchObject({ verdict: 'violated', obligations: 2, met: 2 });
    const way = { edges: edgesOf('0 a 1 early, 1 b 2, 2 c 9') };
    expect((await explore(way, leads([0], [9]))).properties[0]).toMatchObject({ met: 1 });
  });
});

describe('the bounds of a scope', () => {
  test('are not to blame for what they hold back, and that is counted', async () => {
    const graph = { edges: edgesOf('0 a 1, 0 b 9, 1 c -') };
    const { properties, heldBack } = await explore(graph, reaches(9));
    expect(properties[0]).toMatchObject({ verdict: 'holds', obligations: 1, met: 1, cutOff: 1 });
    // It is told on whose word.
    expect(heldBack).toEqual(['c']);
  });

  test('make a property vacuous that says nothing within them', async () => {
    const { properties } = await explore({ edges: edgesOf('0 a 1, 1 c -') }, reaches(9));
    expect(properties[0]).toMatchObject({ verdict: 'vacuous', obligations: 1, met: 0, cutOff: 1 });
  });

  test('do not excuse a loop that goes where nothing is held back', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 0, 1 c -') };
    expect(await lassoOf(graph, reaches(9))).toEqual({ prefix: '', loop: 'a b' });
  });

  test('count a fair action as able whose budget is spent', async () => {
    const result = await exploreLiveness(retryingModel(2), [delivered]);
    expect(result.properties[0]).toMatchObject({ verdict: 'holds', met: 1, cutOff: 1 });
    const never = await exploreLiveness(retryingModel(0), [delivered]);
    expect(never.properties[0]).toMatchObject({ verdict: 'vacuous', met: 0, cutOff: 1 });
  });
});

const retrySchema = defineSchema({
  protocol: { place: int(0, 2) },
  ghost: {},
  budget: { tries: int(0, 2) },
});
const delivered = temporalOf(retrySchema).eventually({
  name: 'delivered',
  statement: 'It is delivered.',
  goal: ({ protocol }) => protocol.place === 2,
});

/** Sends, of which the budget allows so many, until it is not lost. */
function retryingModel(tries: number) {
  const action = actionsOf(retrySchema, {});
  const walker = { actor: 'walker', params: {} };
  const move = (name: string, from: number, to: number) => ({
    ...walker,
    name,
    kind: 'protocol' as const,
    enabled: ({ protocol }: { readonly protocol: { readonly place: number } }) =>
      protocol.place === from,
    step: ({ protocol }: { readonly protocol: { place: number } }) => {
      protocol.place = to;
    },
  });
  return defineModel({
    ...toyModel,
    name: 'retrying',
    bounds: { tries },
    schema: retrySchema,
    initialStates: [
      ({ budget }) => {
        budget.tries = tries;
      },
    ],
    actions: [
      action({ ...move('send', 0, 1), spends: 'tries' }),
      action({ ...move('lose', 1, 0), kind: 'fault' }),
      action(move('deliver', 1, 2)),
    ],
  });
}

describe('a search', () => {
  test('that ends early is inconclusive, but shows what it has found', async () => {
    const line = Array.from({ length: 50 }, (_, at) => ({ from: at, to: at + 1, label: `s${at}` }));
    const model = labelledModel({ edges: line });
    const early = await exploreLiveness(model, [reaches(50)], { maxStates: 20 });
    expect(early).toMatchObject({
      verdict: 'inconclusive',
      stopped: 'state limit',
      violations: [],
    });
    const looping = labelledModel({
      edges: [...line, { from: 0, to: 0, label: 'stay' }],
      unfair: ['s0'],
    });
    const found = await exploreLiveness(looping, [reaches(50)], { maxStates: 20 });
    expect(found).toMatchObject({ verdict: 'violated', violations: [{ loop: { from: 0 } }] });
    expect(found.violations[0]).toMatchObject({
      shortest: false,
      unproved: 'not every state is known',
    });
  });

  test('says where a property throws', async () => {
    const property = temporalOf().eventually({
      name: 'broken',
      statement: '',
      goal: () => {
        throw new Error('oh');
      },
    });
    const model = labelledModel({ edges: edgesOf('0 a 1') });
    await expect(exploreLiveness(model, [property])).rejects.toThrow('property "broken"');
  });

  test('gives the same result again', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 b 2, 2 c 1, 1 d 3, 3 e 1'), starts: [0, 2] };
    expect(await explore(graph, reaches(9))).toEqual(await explore(graph, reaches(9)));
  });
});

const places = 5;
const place = fc.nat({ max: places - 1 });
const labels = ['a', 'b', 'c'];
const arbitraryGraph = fc
  .record({
    edges: fc.uniqueArray(
      fc.record({
        from: place,
        label: fc.constantFrom(...labels),
        to: fc.option(place),
        isEarly: fc.boolean(),
      }),
      { selector: ({ from, label }) => `${from} ${label}`, maxLength: 12 },
    ),
    unfair: fc.subarray(labels),
    strong: fc.subarray(labels),
    starts: fc.uniqueArray(place, { minLength: 1, maxLength: 2 }),
  })
  .map(({ edges, unfair, ...rest }) => ({
    unfair: unfair.filter(label => !rest.strong.includes(label)),
    edges: edges.map(({ to, ...edge }) => (to === null ? edge : { ...edge, to })),
    ...rest,
  }));
const arbitraryPlaces = fc.subarray(Array.from({ length: places }, (_, at) => at));

describe('any small graph', () => {
  test('is judged as brute force judges it', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryGraph,
        arbitraryPlaces,
        arbitraryPlaces,
        async (graph, from, to) => {
          const isGoal = (at: number): boolean => to.includes(at);
          const model = labelledModel(graph);
          const result = await exploreLiveness(model, [reaches(...to), leads(from, to)]);
          const found = result.properties.map(({ verdict }) => verdict === 'violated');
          expect(found).toEqual([
            hasFairRun(graph, (_, isFirst) => isFirst, isGoal),
            hasFairRun(graph, at => from.includes(at), isGoal),
          ]);
        },
      ),
      { numRuns: casesOf(130, 400) },
    );
  });
});

describe('a graph without room for more', () => {
  test('is part of the states, and never more words than there may be', async () => {
    const whole = await buildStateGraph(walker(true), {});
    expect(whole.stopped).toBeUndefined();
    for (const words of [0, 5, 10, 20]) {
      const part = await buildStateGraph(walker(true), {}, words);
      expect(part.stopped).toBe('memory limit');
      expect(part.graph.expanded).toBeLessThan(whole.graph.size);
      expect(Math.max(part.graph.edges, part.graph.size)).toBeLessThanOrEqual(Math.max(words, 1));
    }
  });

  test('is told by the number of words where a list has no more', () => {
    const list = new WordList(0);
    const tooMany = Object.defineProperty(new Uint32Array(0), 'length', { value: 2 ** 32 });
    expect(() => list.append(tooMany)).toThrow(
      'expected at most 4294967295 words, found 4294967296',
    );
  });
});

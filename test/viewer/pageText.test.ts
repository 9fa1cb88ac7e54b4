import { describe, expect, test } from 'vitest';
import { stepText } from '../../checker/trace/stepText.ts';
import type { TraceStep } from '../../checker/trace/traceFile.ts';
import {
  commonSteps,
  differenceOf,
  modelDifferences,
} from '../../viewer/page/compare/comparison.ts';
import { placeText } from '../../viewer/page/controls/placeText.ts';
import { propertyRows, rowText } from '../../viewer/page/layout/propertyRows.ts';
import { linkSteps } from '../../viewer/page/linkSteps.ts';
import { changeGroups } from '../../viewer/page/step/changeGroups.ts';
import { hashOfStep, stepOfHash } from '../../viewer/page/stepHash.ts';
import { shownSteps } from '../../viewer/page/story/shownSteps.ts';
import { cutText, laneStateText, messageText } from '../../viewer/page/timeline/describe.ts';
import { traceOf } from './traceOf.ts';

function step(action: string, params: TraceStep['params'] = {}): TraceStep {
  return { action, actor: 'a', params, fingerprint: '0'.repeat(16), changes: [] };
}

describe('the address of a step', () => {
  test('is read where it names one, never beyond the last', () => {
    expect(stepOfHash('#step=7', 11)).toBe(7);
    expect(stepOfHash('#step=99', 11)).toBe(11);
    expect(stepOfHash(hashOfStep(0), 11)).toBe(0);
  });

  test.each(['', '#', '#step=', '#step=-1', '#step=1e3', '#step=1x', '#other=1'])(
    'is none in %j',
    hash => {
      expect(stepOfHash(hash, 11)).toBeUndefined();
    },
  );
});

describe('the models of compared runs', () => {
  const model = { ...traceOf({ steps: [] }).model, config: { brokers: 3 }, bounds: { crashes: 1 } };

  test('differ in what is told, and in nothing else', () => {
    const other = { ...model, config: { brokers: 2, kafka: '4.0' }, defects: ['d'] };
    expect(modelDifferences([{ model }, { model: other }])).toEqual([
      { name: 'brokers', values: ['3', '2'] },
      { name: 'defects', values: [model.defects.join(', ') || 'none', 'd'] },
      { name: 'kafka', values: [undefined, '4.0'] },
    ]);
    expect(modelDifferences([{ model }, { model: { ...model } }])).toEqual([]);
  });
});

describe('links in a sentence', () => {
  const linked = (text: string, steps: readonly number[]): string =>
    linkSteps(text, steps)
      .map(piece => (piece.step === undefined ? piece.text : `<${piece.step}>`))
      .join('');

  test('are the steps that it names', () => {
    expect(linked('After step 3 it could; steps 4, 5 and 7 not.', [3, 4, 5, 7])).toBe(
      'After step <3> it could; steps <4>, <5> and <7> not.',
    );
    expect(linked('a fetches (2), then b fetches (3).', [2, 3])).toBe(
      'a fetches (<2>), then b fetches (<3>).',
    );
  });

  test('are not made of other numbers', () => {
    expect(linked('record 3 of epoch 4, 3 states, step 30 (4)', [3])).toBe(
      'record 3 of epoch 4, 3 states, step 30 (4)',
    );
  });
});

describe('the comparison of runs', () => {
  const run = (...steps: readonly TraceStep[]) => ({ steps: [...steps] });

  test('counts the steps that all begin with', () => {
    const [a, b, c] = [step('a'), step('b', { x: 1, y: 2 }), step('c')];
    expect(commonSteps([run(a, b), run(a, c)])).toBe(1);
    expect(commonSteps([run(a, b), run(a, step('b', { y: 2, x: 1 })), run(a, b, c)])).toBe(2);
    expect(commonSteps([run(a, b), run(a, step('b', { x: 1, y: 3 }))])).toBe(1);
    expect(commonSteps([run(a), run({ ...a, actor: 'z' })])).toBe(0);
    expect(commonSteps([])).toBe(0);
  });

  test('says from which step they differ', () => {
    const [a, b, c] = [step('a'), step('b'), step('c')];
    expect(differenceOf([run(a, b), run(a, c)])).toEqual({
      text: 'The first step is the same; the runs differ from step 2.',
      step: 2,
    });
    expect(differenceOf([run(a, b), run(a, b, c)]).text).toBe(
      'The first 2 steps are the same; the runs differ from step 3. The shortest ends with step 2.',
    );
    expect(differenceOf([run(a), run(b)])).toEqual({
      text: 'The runs differ from step 1.',
      step: 1,
    });
    expect(differenceOf([run(a), run(a)]).step).toBeUndefined();
  });
});

describe('the rows of the properties', () => {
  const history = (name: string, kind: 'invariant' | 'sometimes', truth: string) => ({
    name,
    kind,
    statement: `${name}.`,
    truth,
  });
  const rows = propertyRows(
    traceOf({
      steps: [],
      properties: [
        history('quiet', 'invariant', 'hhn'),
        history('goal', 'sometimes', 'nnr'),
        history('one-holder', 'invariant', 'hhv'),
      ],
    }),
  );

  test('begin with the property of the run, then those that are decided', () => {
    expect(rows.map(({ name, decided }) => [name, decided])).toEqual([
      ['one-holder', true],
      ['goal', true],
      ['quiet', false],
    ]);
  });

  test('are said in words', () => {
    expect(rows.map(rowText)).toEqual([
      'one-holder: holds in states 0 to 1, violated in state 2',
      'goal: has nothing to say in states 0 to 1, reached in state 2',
      'quiet: holds in states 0 to 1, has nothing to say in state 2',
    ]);
  });

  test('are none without a commentary', () => {
    expect(propertyRows(traceOf({ steps: [] }))).toEqual([]);
  });
});

describe('the texts of the page', () => {
  test('a step is its phrase, or who does what', () => {
    const trace = traceOf({ steps: [step('fetch', { from: 'b', n: null }), step('x')], kinds: [] });
    const [, second] = trace.commentary?.steps ?? [];
    if (second !== undefined) second.phrase = 'a does\u202e x';
    expect(stepText(trace, 0)).toBe('the initial state');
    expect(stepText(trace, 1)).toBe('a: fetch(from=b, n=none)');
    expect(stepText(trace, 2)).toBe('a does\\u202e x');
    expect([placeText(0, 4), placeText(3, 4)]).toEqual(['before step 1 of 4', 'step 3 of 4']);
  });

  test('a message says what it is and what became of it', () => {
    const sent = { name: 'fetch', from: 'a', to: 'b', content: 'from offset 0', sent: 2 };
    expect(messageText({ ...sent, left: 4, fate: 'lost' })).toBe(
      'fetch, a to b: from offset 0 (sent in step 2, lost in step 4)',
    );
    expect(messageText({ ...sent, content: '', sent: 0, fate: 'inFlight' })).toBe(
      'fetch, a to b (in flight from the beginning, still in flight at the end)',
    );
  });

  test('a cut says in which direction', () => {
    const span = { first: 0, last: 1 };
    expect(cutText('a', { ...span, to: ['b', 'c'], from: ['b', 'd'] })).toBe(
      'a is cut off from b; nothing from a reaches c; nothing from d reaches a',
    );
  });

  test('a stretch of a lane says what the node is', () => {
    expect(laneStateText({ condition: 'up', role: 'leading', epoch: 3, leads: true })).toBe(
      'up, leading, epoch 3',
    );
    expect(laneStateText({ condition: 'down', leads: true })).toBe('down, leads');
  });

  test('changes are told apart by the part of the state', () => {
    const change = (path: string) => ({ path, before: 1, after: 2 });
    const paths = ['budget.crashes', 'protocol.a.b', 'ghost.seen[0]', 'budgets.x'];
    expect(
      changeGroups(paths.map(change)).map(({ part, changes }) => [
        part,
        ...changes.map(({ path }) => path),
      ]),
    ).toEqual([
      ['protocol', 'a.b', 'budgets.x'],
      ['ghost', 'seen[0]'],
      ['budget', 'crashes'],
    ]);
  });

  test('a list of very many steps shows those around the one that is chosen', () => {
    expect(shownSteps(3, 11)).toEqual({ first: 1, last: 11 });
    expect(shownSteps(0, 2_000)).toEqual({ first: 1, last: 120 });
    expect(shownSteps(1_000, 2_000)).toEqual({ first: 921, last: 1_040 });
    expect(shownSteps(1_001, 2_000)).toEqual({ first: 961, last: 1_080 });
    expect(shownSteps(2_000, 2_000)).toEqual({ first: 1_881, last: 2_000 });
  });
});

import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../checker/core/errors.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { propertiesOf, temporalOf } from '../../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import type { AnyTemporalProperty } from '../../../checker/model/temporal.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { shrink } from '../../../checker/shrink/shrink.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const schema = defineSchema({ protocol: { n: int(0, 3) }, ghost: { n: int(0, 3) }, budget: {} });
const { invariant, stepProperty, sometimes } = propertiesOf(schema);
const { eventually, leadsTo } = temporalOf(schema);
const said = { name: 'p', statement: 'p holds' };

/** What a function returns that its type does not allow. */
type Wrong = () => never;
interface Functions {
  readonly enabled?: Wrong;
  readonly step?: Wrong;
  readonly due?: Wrong;
  readonly heldBack?: Wrong;
  readonly initial?: Wrong;
  readonly recorder?: Wrong;
}

function counting({ enabled, step, due, heldBack, initial, recorder }: Functions) {
  const recorders = { noted: recorder ?? (() => undefined) };
  const action = actionsOf(schema, recorders);
  return defineModel({
    ...toyModel,
    name: 'counting',
    schema,
    recorders,
    initialStates: [initial ?? (() => undefined)],
    actions: [
      action({
        name: 'count',
        kind: 'protocol',
        actor: 'counter',
        params: {},
        enabled: enabled ?? (({ protocol }) => protocol.n < 3),
        step({ protocol, record }) {
          record.noted();
          protocol.n++;
          return step?.();
        },
        ...(due === undefined ? {} : { due }),
        ...(heldBack === undefined ? {} : { heldBack }),
      }),
    ],
  });
}

type Engine = (
  functions: Functions,
  asked: { readonly property?: AnyProperty; readonly temporal?: AnyTemporalProperty },
) => Promise<unknown>;

const random = { seed: 1, runs: 20, maxSteps: 6 };
const goal = eventually({ ...said, name: 'counted', goal: ({ protocol }) => protocol.n === 3 });

const engines: readonly [string, Engine][] = [
  [
    'exhaustive search',
    (functions, { property }) =>
      exploreExhaustively(counting(functions), property === undefined ? [] : [property]),
  ],
  [
    'random runs',
    (functions, { property }) =>
      simulate(counting(functions), property === undefined ? [] : [property], random),
  ],
  [
    'liveness',
    (functions, { temporal }) => exploreLiveness(counting(functions), [temporal ?? goal]),
  ],
  [
    'liveness in random runs',
    (functions, { temporal }) =>
      simulateLiveness(counting(functions), [temporal ?? goal], { ...random, settleSteps: 3 }),
  ],
];
const [exhaustive, runs, fair, settling] = engines as [
  (typeof engines)[number],
  (typeof engines)[number],
  (typeof engines)[number],
  (typeof engines)[number],
];

async function messageOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  return 'no error';
}

const wrong =
  (value: unknown): Wrong =>
  () =>
    value as never;
/** A promise that is rejected: it must not end the process either. */
const rejected: Wrong = () => Promise.reject(new Error('too late')) as never;

describe.each(engines)('%s refuses', (_, run) => {
  const actionCases: [string, Functions, string][] = [
    ['a guard without return', { enabled: wrong(undefined) }, 'enabled() returned nothing'],
    ['a guard that is a number', { enabled: wrong(1) }, 'enabled() returned the number 1'],
    ['a guard of no words', { enabled: wrong('') }, 'enabled() returned an empty text'],
    ['a guard that comes later', { enabled: rejected }, 'enabled() returned a promise'],
    ['a step that goes on later', { step: rejected }, 'step() returned a promise'],
    ['a step that yields', { step: wrong(generated()) }, 'step() returned a generator'],
    ['a recorder that goes on later', { recorder: rejected }, 'record.noted() returned a promise'],
    ['an initial state that comes later', { initial: rejected }, 'initialStates[0]() returned'],
  ];
  test.each(actionCases)('%s', async (_name, functions, message) => {
    const text = await messageOf(run(functions, {}));
    expect(text).toContain(message);
    if (functions.initial === undefined) expect(text).toMatch(/^action count\(\): /);
    else expect(text).toMatch(/^the initial state: /);
    expect(text).toContain('expected');
  });
});

function* generated(): Generator<number> {
  yield 1;
}

describe.each([exhaustive, runs])('%s refuses', (_, run) => {
  const holds = () => true;
  const text = 'true, or false, or the clause that is false as a text';
  const cases: [string, AnyProperty, string][] = [
    [
      'an invariant without return',
      invariant({ ...said, holds: wrong(undefined) }),
      `holds() returned nothing (undefined): expected ${text}`,
    ],
    [
      'one that is a promise',
      invariant({ ...said, holds: rejected }),
      'holds() returned a promise',
    ],
    ['one that is null', invariant({ ...said, holds: wrong(null) }), 'holds() returned null'],
    ['one that is a list', invariant({ ...said, holds: wrong([]) }), 'holds() returned an object'],
    [
      'one without words',
      invariant({ ...said, holds: wrong('') }),
      'holds() returned an empty text',
    ],
    [
      'an antecedent without return',
      invariant({ ...said, when: wrong(undefined), holds }),
      'when() returned nothing (undefined): expected true or false',
    ],
    [
      'an antecedent in words',
      invariant({ ...said, when: wrong('always'), holds }),
      'when() returned the string always',
    ],
    [
      'a step property that is 0',
      stepProperty({ ...said, holds: wrong(0) }),
      'holds() returned the number 0',
    ],
    [
      'the antecedent of one',
      stepProperty({ ...said, when: wrong(undefined), holds }),
      'when() returned nothing',
    ],
    [
      'a goal that is a promise',
      sometimes({ ...said, reaches: rejected }),
      'reaches() returned a promise',
    ],
  ];
  test.each(cases)('%s', async (_name, property, message) => {
    expect(await messageOf(run({}, { property }))).toContain(`property "p": ${message}`);
  });
});

describe.each([fair, settling])('%s refuses', (_, run) => {
  const cases: [string, AnyTemporalProperty, string][] = [
    [
      'a goal without return',
      eventually({ ...said, goal: wrong(undefined) }),
      'goal() returned nothing',
    ],
    [
      'a beginning without return',
      leadsTo({ ...said, when: wrong(undefined), goal: () => true }),
      'when() returned nothing',
    ],
    [
      'a goal in words',
      leadsTo({ ...said, when: () => true, goal: wrong('yes') }),
      'goal() returned the string yes',
    ],
  ];
  test.each(cases)('%s', async (_name, temporal, message) => {
    expect(await messageOf(run({}, { temporal }))).toContain(`property "p": ${message}`);
  });

  test('what an action says of itself without return', async () => {
    expect(await messageOf(run({ due: wrong(undefined) }, {}))).toContain(
      'action count(): due() returned nothing',
    );
  });
});

test('what holds an action back says true or false', async () => {
  const held = { heldBack: wrong(undefined) };
  expect(await messageOf(exploreLiveness(counting(held), [goal]))).toContain(
    'action count(): heldBack() returned nothing',
  );
});

test('a goal is shortened only by what says true or false', async () => {
  const property = sometimes({ ...said, reaches: wrong(undefined) });
  const model = counting({});
  const steps = [{ name: 'count', actor: 'counter', params: {} }];
  expect(await shrink(model, property, { initialState: 0, steps })).toBeUndefined();
});

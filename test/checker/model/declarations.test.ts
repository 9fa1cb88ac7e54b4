import { describe, expect, test } from 'vitest';
import { DeclarationError } from '../../../checker/declarationError.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { extendModel } from '../../../checker/model/extendModel.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../../checker/model/params.ts';
import { propertiesOf, temporalOf } from '../../../checker/model/propertiesOf.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { flag, int, list, nodeSet, optional, perNode } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

const server = nodeType('server', 2);
const schema = defineSchema({
  protocol: { up: nodeSet(server), n: int(0, 3) },
  ghost: {},
  budget: { crashes: int(0, 2) },
});
const action = actionsOf(schema, {});
const { invariant, stepProperty, sometimes } = propertiesOf(schema);
const { eventually, leadsTo } = temporalOf(schema);

const crash = {
  name: 'crash',
  kind: 'fault',
  actor: 'server',
  params: { server: anyNode(server) },
  spends: 'crashes',
  enabled: () => true,
  step: () => undefined,
} as const;
const model = {
  name: 'servers',
  version: 1,
  config: {},
  bounds: { crashes: 2 },
  defects: [],
  schema,
  recorders: {},
  initialStates: [
    ({ budget }: { budget: { crashes: number } }) => {
      budget.crashes = 2;
    },
  ],
  actions: [action(crash)],
} as const;
const holds = () => true;
const said = { name: 'p', statement: 'p holds' };

/** What no type lets through, as it comes from JavaScript or by force. */
const wrong = (value: unknown): never => value as never;
const withAction = (changes: object) => () =>
  defineModel({ ...model, actions: [wrong({ ...crash, ...changes })] });
const withModel = (changes: object) => () => defineModel(wrong({ ...model, ...changes }));

type Case = readonly [name: string, declare: () => unknown, message: string];

const functions: readonly Case[] = [
  ['an async step', withAction({ step: async () => {} }), 'action "crash": step is async: write'],
  ['an async guard', withAction({ enabled: async () => true }), 'enabled is async'],
  ['a step that yields', withAction({ step: function* () {} }), 'step is a generator'],
  ['a guard that yields later', withAction({ enabled: async function* () {} }), 'enabled is async'],
  ['an async heldBack', withAction({ heldBack: async () => true }), 'heldBack is async'],
  ['an async due', withAction({ due: async () => true }), 'due is async'],
  ['no step', withAction({ step: undefined }), 'expected a function "step", found nothing'],
  ['no guard', withAction({ enabled: true }), 'expected a function "enabled", found true'],
  [
    'an async initial state',
    withModel({ initialStates: [async () => {}] }),
    'initialStates[0] is async',
  ],
  [
    'an async recorder',
    withModel({ recorders: { noted: async () => {} } }),
    'recorders.noted is async',
  ],
  ['async messages', withModel({ messages: async () => [] }), 'messages is async'],
  [
    'an async invariant',
    () => invariant({ ...said, holds: wrong(async () => true) }),
    'property "p": holds is async',
  ],
  [
    'an async antecedent',
    () => stepProperty({ ...said, when: wrong(async () => true), holds }),
    'when is async',
  ],
  [
    'an async goal',
    () => sometimes({ ...said, reaches: wrong(async () => true) }),
    'reaches is async',
  ],
  ['an async end', () => eventually({ ...said, goal: wrong(async () => true) }), 'goal is async'],
  [
    'an async beginning',
    () => leadsTo({ ...said, when: wrong(async () => true), goal: holds }),
    'when is async',
  ],
  [
    'an invariant of nothing',
    () => invariant(wrong(said)),
    'property "p": expected a function "holds", found nothing',
  ],
  ['a goal of nothing', () => sometimes(wrong(said)), 'expected a function "reaches"'],
  [
    'a beginning of nothing',
    () => leadsTo(wrong({ ...said, goal: holds })),
    'expected a function "when"',
  ],
  ['an end of nothing', () => eventually(wrong(said)), 'expected a function "goal"'],
];

const keys: readonly Case[] = [
  [
    'of an action',
    withAction({ enable: holds }),
    'action "crash": there is no "enable"; there are name, kind',
  ],
  ['of a model', withModel({ initialState: [] }), 'model "servers": there is no "initialState"'],
  [
    'of an invariant',
    () => invariant(wrong({ ...said, holds, goal: holds })),
    'property "p": there is no "goal"',
  ],
  [
    'of what happens at last',
    () => eventually(wrong({ ...said, goal: holds, when: holds })),
    'there is no "when"',
  ],
  [
    'of an extension',
    () => extendModel({ model: defineModel(model), properties: [] }, wrong({ action: [] })),
    'model "servers": extension: there is no "action"',
  ],
  [
    'of a schema',
    () => defineSchema(wrong({ protocol: {}, ghost: {}, budgets: {} })),
    'schema: there is no "budgets"',
  ],
  [
    'of a node type',
    () => nodeType('server', 2, wrong({ interchangable: false })),
    'nodeType("server"): there is no "interchangable"',
  ],
];

const names: readonly Case[] = [
  [
    'of a model',
    withModel({ name: 'my servers' }),
    'model: name: "my servers" is no name: write letters and digits, with "-", "." or "_" between them and no blanks, as in "my-servers"',
  ],
  ['of an action', withAction({ name: 'crash now' }), '"crash now" is no name'],
  [
    'of a parameter',
    withAction({ params: { 'which one': anyInt(0, 1) } }),
    'parameter "which one"',
  ],
  [
    'of a choice',
    withAction({ params: { how: anyOf('hard', 'very soft') } }),
    '"very soft" is no name',
  ],
  [
    'of a property',
    () => invariant({ ...said, name: 'never two', holds }),
    '"never two" is no name',
  ],
  ['of a temporal property', () => eventually({ ...said, name: '', goal: holds }), '"" is no name'],
  [
    'of a recorder',
    withModel({ recorders: { 'noted down': () => {} } }),
    '"noted down" is no name',
  ],
  ['of a bound', withModel({ bounds: { 'two crashes': 1 } }), '"two crashes" is no name'],
  ['of a setting', withModel({ config: { 'a=b': 1 } }), '"a=b" is no name'],
  ['of a defect', withModel({ defects: ['no fence'] }), '"no fence" is no name'],
  [
    'that is too long',
    withAction({ name: 'x'.repeat(101) }),
    'expected at most 100 letters, found 101',
  ],
  ['that is none', withAction({ name: 3 }), 'expected a name, found 3'],
];

const actors: readonly Case[] = [
  [
    'a number',
    withAction({ actor: 'n', params: { n: anyInt(0, 1) } }),
    'action "crash": actor: parameter "n" is no node, so that it has no lane',
  ],
  [
    'a choice',
    withAction({ actor: 'how', params: { how: anyOf('hard', 'soft') } }),
    'parameter "how" is no node',
  ],
  [
    'nobody',
    withAction({ actor: '' }),
    'expected the name of a node parameter, or a fixed word such as "controller", found ""',
  ],
  ['nothing', withAction({ actor: undefined }), 'found nothing'],
  ['a sign', withAction({ actor: '-> server' }), 'found "-> server"'],
  [
    'a misspelt parameter',
    withAction({ actor: 'sever' }),
    '"sever" is no parameter of it: did you mean "server"?',
  ],
  ['a parameter in capitals', withAction({ actor: 'Server' }), 'did you mean "server"?'],
];

const parts: readonly Case[] = [
  [
    'no action',
    withModel({ actions: [] }),
    'model "servers": actions: expected at least one action',
  ],
  [
    'two actions of one name',
    withModel({ actions: [crash, crash] }),
    'model "servers": two actions named "crash"',
  ],
  [
    'an action that is none',
    withModel({ actions: [undefined] }),
    'model "servers": action: expected an action, found nothing',
  ],
  [
    'a kind that there is not',
    withAction({ kind: 'failure' }),
    'expected one of protocol, client, fault, recovery, found "failure"',
  ],
  [
    'no parameters',
    withAction({ params: undefined }),
    'params: expected an object with the parameters, {} where there are none, found nothing',
  ],
  [
    'a parameter that is a type',
    withAction({ params: { server } }),
    'parameter "server": expected anyNode, anyNodeOrNone, anyInt, anyOf, anySubset, anyQuorum, anyElement, anyKey, anyIndex or anyRecord, found a node type: write anyNode(server)',
  ],
  ['a parameter that is a number', withAction({ params: { n: 3 } }), 'found 3'],
  ['a parameter that is a list', withAction({ params: { n: [1, 2] } }), 'found a list'],
  ['a parameter that is a field', withAction({ params: { n: flag() } }), 'found an object'],
  ['a choice of nothing', () => anyOf(), 'anyOf(): expected at least one name, each once'],
  ['a choice twice', () => anyOf('a', 'b', 'a'), 'anyOf(a, b, a): expected'],
  [
    'a choice of nothing by hand',
    withAction({ params: { how: { kind: 'choice', names: [] } } }),
    'anyOf() needs a name',
  ],
  [
    'a node of another type of that name',
    withAction({ params: { server: anyNode(nodeType('server', 3)) } }),
    'a node type "server" that is not the one of the schema',
  ],
  [
    'a budget that there is not',
    withAction({ spends: 'crash' }),
    'spends: there is no budget "crash"; the schema has crashes',
  ],
  [
    'a weight below nothing',
    withAction({ weight: -1 }),
    'weight: expected a finite number, 0 or more, found -1',
  ],
  ['a weight that is none', withAction({ weight: Number.NaN }), 'found NaN'],
  ['a weight without end', withAction({ weight: Number.POSITIVE_INFINITY }), 'found Infinity'],
  [
    'a fairness in words',
    withAction({ fair: 'yes' }),
    'fair: expected true, false or "strong", found "yes"',
  ],
  [
    'half a version',
    withModel({ version: 1.5 }),
    'model "servers": version: expected a whole number, 1 or more, found 1.5',
  ],
  ['a version that no trace can have', withModel({ version: 0 }), 'found 0'],
  [
    'a bound without a budget',
    withModel({ bounds: { crashes: 2, restarts: 1 } }),
    'bounds.restarts: there is no budget of this name',
  ],
  [
    'half a bound',
    withModel({ bounds: { crashes: 1.5 } }),
    'bounds.crashes: expected a whole number, 0 or more, found 1.5',
  ],
  [
    'a bound without end',
    withModel({ bounds: { crashes: Number.POSITIVE_INFINITY } }),
    'found Infinity',
  ],
  [
    'a setting that is a function',
    withModel({ config: { size: () => 3 } }),
    'config.size: a trace cannot hold a function',
  ],
  [
    'a setting that is a date',
    withModel({ config: { at: [new Date(0)] } }),
    'config.at: a trace cannot hold a list',
  ],
  [
    'a setting that is no number',
    withModel({ config: { size: Number.NaN } }),
    'config.size: a trace cannot hold NaN',
  ],
  [
    'no schema',
    withModel({ schema: { protocol: {} } }),
    'schema: expected what defineSchema returns, found an object',
  ],
  [
    'a property of no kind',
    () => exploreExhaustively(defineModel(model), [wrong({ ...said, holds })]),
    'property "p": it is of no kind',
  ],
  [
    'a statement that is none',
    () => invariant({ ...said, statement: wrong(3), holds }),
    'statement: expected what is claimed, in one sentence, found 3',
  ],
];

const fields: readonly Case[] = [
  [
    'no ghost',
    () => defineSchema(wrong({ protocol: {}, budget: {} })),
    'ghost: expected an object of fields, {} if there are none',
  ],
  [
    'a number',
    () => defineSchema({ protocol: { n: wrong(3) }, ghost: {}, budget: {} }),
    'protocol.n: expected int, flag',
  ],
  [
    'a node type',
    () => defineSchema({ protocol: { one: wrong(server) }, ghost: {}, budget: {} }),
    'protocol.one: expected int, flag, enumeration, node, optional, lifecycle, nodeSet, record, list, set, map, perNode or links, found a node type: write node(server)',
  ],
  [
    'a list of lists',
    () =>
      defineSchema({ protocol: { rows: list(wrong(list(flag(), 2)), 2) }, ghost: {}, budget: {} }),
    'protocol.rows: a list cannot hold a list: put it into a record',
  ],
  [
    'an optional set',
    () =>
      defineSchema({ protocol: { some: optional(wrong(nodeSet(server))) }, ghost: {}, budget: {} }),
    'protocol.some: a optional cannot hold a nodeSet',
  ],
  [
    'one for each of nothing',
    () =>
      defineSchema({ protocol: { each: perNode(wrong('server'), flag()) }, ghost: {}, budget: {} }),
    'protocol.each: expected a node type, found "server"',
  ],
  [
    'a budget in words',
    () => defineSchema({ protocol: {}, ghost: {}, budget: { crashes: wrong(flag()) } }),
    'budget.crashes: expected int(0, most)',
  ],
  [
    'a budget that begins at one',
    () => defineSchema({ protocol: {}, ghost: {}, budget: { crashes: int(1, 3) } }),
    'budget.crashes: expected int(0, most)',
  ],
];

describe.each([
  ['a function', functions],
  ['a key', keys],
  ['a name', names],
  ['an actor', actors],
  ['a model', parts],
  ['a field', fields],
])('%s is refused where it is declared:', (_, cases) => {
  test.each(cases)('%s', async (_name, declare, message) => {
    const declared = (async () => declare())();
    await expect(declared).rejects.toThrow(message);
    await expect(declared).rejects.toBeInstanceOf(DeclarationError);
  });
});

test('what is right is taken', () => {
  expect(() => defineModel(model)).not.toThrow();
  expect(withAction({ actor: 'transaction manager' })).not.toThrow();
  expect(withAction({ actor: 'node', params: { node1: anyNode(server) } })).not.toThrow();
  expect(withModel({ config: { sizes: [1, 2], on: true, of: { depth: null } } })).not.toThrow();
});

describe('what only a run can show is refused before it begins:', () => {
  const engines: readonly [string, (model: AnyModel) => Promise<unknown>][] = [
    ['exhaustive search', given => exploreExhaustively(given, [])],
    ['random runs', given => simulate(given, [], { seed: 1, runs: 1, maxSteps: 1 })],
    ['liveness', given => exploreLiveness(given, [])],
    [
      'liveness in random runs',
      given => simulateLiveness(given, [], { seed: 1, runs: 1, maxSteps: 1, settleSteps: 1 }),
    ],
  ];
  const cases: readonly [string, object, string][] = [
    [
      'a budget that no initial state fills',
      { initialStates: [() => undefined] },
      'model "servers": budget "crashes": its bound is 2, but every initial state leaves it empty: ' +
        'set it there (budget.crashes = 2), or write bounds: { crashes: 0 }',
    ],
    [
      'a budget that is larger than its bound',
      { bounds: { crashes: 1 } },
      'its bound is 1, but the fullest initial state begins with 2: write bounds: { crashes: 2 }',
    ],
    ['a bound of 0 that is none', { bounds: { crashes: 0 } }, 'its bound is 0'],
    [
      'no initial state',
      { initialStates: [] },
      'model "servers": initialStates: expected at least one',
    ],
    [
      'an action that was put in later',
      { actions: [{ ...crash, step: async () => {} }] },
      'step is async',
    ],
  ];
  describe.each(engines)('%s', (_, run) => {
    test.each(cases)('%s', async (_name, changes, message) => {
      const given = { ...defineModel(model), ...changes } as AnyModel;
      const outcome = run(given);
      await expect(outcome).rejects.toThrow(message);
      await expect(outcome).rejects.toBeInstanceOf(DeclarationError);
    });
  });
  test('two properties of one name', async () => {
    const twice = [invariant({ ...said, holds }), sometimes({ ...said, reaches: holds })];
    await expect(exploreExhaustively(defineModel(model), twice)).rejects.toThrow(
      'model "servers": two properties named "p"',
    );
  });
});

describe('an option of an engine is refused', () => {
  const whole = defineModel(model);
  const random = { seed: 1, runs: 1, maxSteps: 1 };
  test.each<[string, () => Promise<unknown>, string]>([
    [
      'unknown',
      () => exploreExhaustively(whole, [], wrong({ maxState: 3 })),
      'exploreExhaustively: there is no "maxState"; there are symmetry',
    ],
    [
      'of another engine',
      () => simulate(whole, [], wrong({ ...random, maxStates: 3 })),
      'simulate: there is no "maxStates"',
    ],
    [
      'left out',
      () => simulate(whole, [], wrong({ seed: 1, runs: 1 })),
      'simulate: maxSteps: expected a whole number, 0 or more, found nothing',
    ],
    [
      'in halves',
      () => simulate(whole, [], { ...random, seed: 0.5 }),
      'simulate: seed: expected a whole number',
    ],
    [
      'unknown to liveness',
      () => exploreLiveness(whole, [], wrong({ symmetry: true })),
      'exploreLiveness: there is no "symmetry"',
    ],
    [
      'with no number',
      () => exploreExhaustively(whole, [], { maxStates: Number.NaN }),
      'exploreExhaustively: maxStates: expected a whole number, 0 or more, found NaN',
    ],
    [
      'with a number below zero',
      () => exploreExhaustively(whole, [], { maxSteps: -1 }),
      'exploreExhaustively: maxSteps: expected a whole number, 0 or more, found -1',
    ],
    [
      'that is no flag',
      () => exploreExhaustively(whole, [], wrong({ symmetry: 'no' })),
      'exploreExhaustively: symmetry: expected true or false, found "no"',
    ],
    [
      'that names no action',
      () => exploreExhaustively(whole, [], { actions: new Set(['crush']) }),
      'exploreExhaustively: actions: there is no "crush"; there are crash',
    ],
    [
      'that lists actions',
      () => exploreExhaustively(whole, [], wrong({ actions: ['crash'] })),
      'exploreExhaustively: actions: expected a Set of names, found a list',
    ],
    [
      'of a part that there is not',
      () => simulate(whole, [], { ...random, shard: { index: 2, count: 2 } }),
      'simulate: shard.index: expected a whole number, from 0 to 1, found 2',
    ],
    [
      'of a search for fair runs',
      () => exploreLiveness(whole, [], { maxStates: Number.NaN }),
      'exploreLiveness: maxStates: expected a whole number, 0 or more, found NaN',
    ],
    [
      'that is none',
      () => exploreExhaustively(whole, [], wrong(3)),
      'expected an object of options, found 3',
    ],
  ])('%s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});

describe('a property that an engine cannot judge is refused, not passed over', () => {
  const whole = defineModel(model);
  const temporal = wrong([eventually({ ...said, goal: () => false })]);
  const others = wrong([invariant({ ...said, holds })]);
  const random = { seed: 1, runs: 1, maxSteps: 1 };
  test.each<[string, () => Promise<unknown>, string]>([
    [
      'what must happen, by a search for what must not',
      () => exploreExhaustively(whole, temporal),
      'property "p": it is temporal: list it as "temporal"',
    ],
    [
      'the same at random',
      () => simulate(whole, temporal, random),
      'property "p": it is temporal: list it as "temporal"',
    ],
    [
      'what must not happen, among fair runs',
      () => exploreLiveness(whole, others),
      'property "p": it is not temporal: list it as one of the "properties"',
    ],
    [
      'the same at random',
      () => simulateLiveness(whole, others, { ...random, settleSteps: 1 }),
      'property "p": it is not temporal: list it as one of the "properties"',
    ],
    [
      'no list',
      () => exploreExhaustively(whole, wrong(undefined)),
      'model "servers": expected a list of properties, found nothing',
    ],
  ])('%s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});

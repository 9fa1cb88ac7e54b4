import { describe, expect, test } from 'vitest';
import { asymmetryOf } from '../../../checker/explore/asymmetric.ts';
import { exploreExhaustively } from '../../../checker/explore/exhaustive.ts';
import {
  type AnyAction,
  type AnyModel,
  actionsOf,
  defineModel,
} from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { int, node, nodeSet, optional } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { manifest as kraftScopes } from '../../models/kraft/manifest.ts';
import { kraftIn } from '../../models/kraft/scope.ts';
import { manifest as replicationScopes } from '../../models/replication/manifest.ts';
import { replicationIn } from '../../models/replication/scope.ts';
import { invariant, sometimes, stepProperty, toyModel } from './toys.ts';

const server = nodeType('server', 3);
const [first, second] = server.all;
const schema = defineSchema({
  protocol: {
    chosen: optional(node(server)),
    ready: nodeSet(server),
    lowest: int(0, 7),
  },
  ghost: {},
  budget: {},
});
type State = Pick<ReturnType<typeof schema.create>, 'protocol'>;
const action = actionsOf(schema, {});
const params = { server: anyNode(server) };
const becomeReady = action({
  name: 'becomeReady',
  kind: 'protocol',
  actor: 'server',
  params,
  enabled: ({ protocol }, { server: each }) => !protocol.ready.has(each),
  step: ({ protocol }, { server: each }) => protocol.ready.add(each),
});
const choose = action({
  name: 'choose',
  kind: 'protocol',
  actor: 'server',
  params,
  enabled: ({ protocol }, { server: each }) =>
    protocol.chosen === undefined && protocol.ready.has(each),
  step({ protocol }, { server: each }) {
    protocol.chosen = each;
  },
});
/** Of those that are ready, the one with the least number. */
const chooseLowest = action({
  name: 'chooseLowest',
  kind: 'protocol',
  actor: 'nobody',
  params: {},
  enabled: ({ protocol }) => protocol.chosen === undefined && protocol.ready.size > 1,
  step({ protocol }) {
    protocol.chosen = server.all.find(each => protocol.ready.has(each));
  },
});
/** Keeps the number of a server as if it were a number. */
const noteNumber = action({
  name: 'noteNumber',
  kind: 'protocol',
  actor: 'server',
  params,
  enabled: ({ protocol }, { server: each }) => protocol.chosen === each,
  step({ protocol }, { server: each }) {
    protocol.lowest = each;
  },
});
const onlySecond = action({
  ...actionText('onlySecond'),
  params,
  enabled: ({ protocol }, { server: each }) =>
    protocol.ready.size === 3 && each === second ? true : 'it is not the second',
  step: ({ protocol }) => protocol.ready.clear(),
});

function actionText(name: string) {
  return { name, kind: 'protocol', actor: 'server' } as const;
}

function modelWith(
  actions: readonly AnyAction[],
  start: (state: State) => void = () => undefined,
): AnyModel {
  return defineModel({
    ...toyModel,
    name: 'servers',
    schema,
    initialStates: [start],
    actions: [becomeReady, ...actions],
  });
}

const readyIsChosen = invariant(schema, 'ready-is-chosen', {
  when: ({ protocol }) => protocol.chosen !== undefined,
  holds({ protocol }) {
    const { chosen } = protocol;
    if (chosen === undefined || protocol.ready.has(chosen)) return true;
    return `${server.nameOf(chosen)} is not ready`;
  },
});
const choosesReady = stepProperty(schema, 'chooses-ready', {
  when: (_before, _after, { name }) => name === 'choose',
  holds: ({ protocol }, _after, taken) =>
    protocol.ready.some(each => server.nameOf(each) === taken.actor),
});
const symmetric = [
  readyIsChosen,
  choosesReady,
  // It breaks in every state, each time with another name: what it says is the same.
  invariant(schema, 'nobody-is-ready', {
    holds: ({ protocol }) =>
      protocol.ready.isEmpty || `${server.all.filter(each => protocol.ready.has(each))} are ready`,
  }),
  sometimes(schema, 'some-are-ready', (_, { protocol }) => protocol.ready.size > 1),
];
const firstIsNotChosen = invariant(schema, 'first-is-not-chosen', {
  holds: ({ protocol }) => protocol.chosen !== first,
});

describe('what treats all nodes alike', () => {
  test('is found to do so', () => {
    expect(asymmetryOf(modelWith([choose]), anyProperties(symmetric))).toBeUndefined();
  });

  test('does so wherever it begins', () => {
    const model = modelWith([choose], ({ protocol }) => protocol.ready.add(second as never));
    expect(asymmetryOf(model, anyProperties(symmetric))).toBeUndefined();
  });
});

describe('a property that names a node is found:', () => {
  test.each([
    ['an invariant', firstIsNotChosen],
    [
      'an antecedent',
      invariant(schema, 'says-nothing-of-the-first', {
        when: ({ protocol }) => protocol.chosen === first,
        holds: () => true,
      }),
    ],
    [
      'a property of steps',
      stepProperty(schema, 'first-is-never-unchosen', {
        holds: ({ protocol }, after) =>
          after.protocol.chosen === protocol.chosen || after.protocol.chosen !== first,
      }),
    ],
    [
      'a property of actions',
      stepProperty(schema, 'server-2-acts', {
        when: (_before, _after, taken) => taken.actor === 'server-2',
        holds: () => true,
      }),
    ],
    ['a goal', sometimes(schema, 'first-chosen', (_, { protocol }) => protocol.chosen === first)],
  ])('%s', (_, property) => {
    const properties = anyProperties([...symmetric, property]);
    expect(asymmetryOf(modelWith([choose]), properties)).toMatchObject({
      kind: 'property',
      name: property.name,
    });
  });

  test('with the nodes that it tells apart', () => {
    const found = asymmetryOf(modelWith([choose]), anyProperties([firstIsNotChosen]));
    expect(found?.nodes).toContain('server-1');
  });

  test('but not if it does not apply', () => {
    const idle = { ...firstIsNotChosen, notApplicable: 'there is no choice' };
    expect(asymmetryOf(modelWith([choose]), anyProperties([idle]))).toBeUndefined();
  });
});

describe('an action that prefers a node is found:', () => {
  test.each([chooseLowest, noteNumber, onlySecond])('$name', preferring => {
    const model = modelWith([choose, preferring]);
    expect(asymmetryOf(model, anyProperties(symmetric))).toMatchObject({
      kind: 'action',
      name: preferring.name,
    });
  });
});

test('symmetry would hide what is found', async () => {
  const model = modelWith([chooseLowest]);
  const lastIsNotChosen = invariant(schema, 'second-is-not-chosen', {
    holds: ({ protocol }) => protocol.chosen !== second,
  });
  const properties = anyProperties([lastIsNotChosen]);
  const verdicts = await Promise.all(
    ([false, 'trusted', true] as const).map(async symmetry => {
      const result = await exploreExhaustively(model, properties, { symmetry });
      return [result.verdict, result.symmetry];
    }),
  );
  expect(verdicts).toEqual([
    ['violated', false],
    ['holds', true],
    // It is noticed, and symmetry is left aside.
    ['violated', false],
  ]);
  expect(asymmetryOf(model, properties)).toBeDefined();
});

const isLong = process.env['HIGHWATER_LONG'] !== undefined;
describe('the models of this project treat nodes alike', () => {
  const few = <Scope>(scopes: readonly Scope[]): readonly Scope[] =>
    isLong ? scopes : scopes.filter((_, index) => index % 5 === 0);

  test.each(few(replicationScopes))('replication, $name', ({ scope }) => {
    const { model, properties } = replicationIn(scope);
    expect(asymmetryOf(model, properties)).toBeUndefined();
  });

  test.each(few(kraftScopes))('the quorum, $name', ({ scope }) => {
    const { model, properties } = kraftIn(scope);
    expect(asymmetryOf(model, properties)).toBeUndefined();
  });
});

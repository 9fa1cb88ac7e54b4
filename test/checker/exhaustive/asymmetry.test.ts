import { describe, expect, test } from 'vitest';
import type { Asymmetry } from '../../../checker/core/asymmetry.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import {
  type AnyAction,
  type AnyModel,
  actionsOf,
  defineModel,
} from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { propertiesOf } from '../../../checker/model/propertiesOf.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { int, node, nodeSet, optional, perNode } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { permutationsOf } from '../../../checker/state/permutation.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { isLong } from '../../long.ts';
import { manifest as kraftScopes } from '../../models/kraft/manifest.ts';
import { kraftIn } from '../../models/kraft/scope.ts';
import { manifest as replicationScopes } from '../../models/replication/manifest.ts';
import { replicationIn } from '../../models/replication/scope.ts';
import { invariant, sometimes, stepProperty, toyModel } from '../subjects/toys.ts';

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
/** What a search with symmetry meets that treats nodes differently. */
async function asymmetryOf(
  model: AnyModel,
  properties: readonly AnyProperty[],
): Promise<Asymmetry | undefined> {
  const limits = { keepGoing: true, maxStates: 3_000 };
  return (await exploreExhaustively(model, properties, { symmetry: true, ...limits })).asymmetry;
}

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
  test('is found to do so', async () => {
    expect(await asymmetryOf(modelWith([choose]), anyProperties(symmetric))).toBeUndefined();
  });

  test('does so wherever it begins', async () => {
    const model = modelWith([choose], ({ protocol }) => protocol.ready.add(second as never));
    expect(await asymmetryOf(model, anyProperties(symmetric))).toBeUndefined();
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
  ])('%s', async (_, property) => {
    const properties = anyProperties([...symmetric, property]);
    expect(await asymmetryOf(modelWith([choose]), properties)).toMatchObject({
      kind: 'property',
      name: property.name,
    });
  });

  test('with the nodes that it tells apart', async () => {
    const found = await asymmetryOf(modelWith([choose]), anyProperties([firstIsNotChosen]));
    expect(found?.nodes).toContain('server-1');
  });

  test('but not if it does not apply', async () => {
    const idle = { ...firstIsNotChosen, notApplicable: 'there is no choice' };
    expect(await asymmetryOf(modelWith([choose]), anyProperties([idle]))).toBeUndefined();
  });
});

describe('an action that prefers a node is found:', () => {
  test.each([chooseLowest, noteNumber, onlySecond])('$name', async preferring => {
    const model = modelWith([choose, preferring]);
    expect(await asymmetryOf(model, anyProperties(symmetric))).toMatchObject({
      kind: 'action',
      name: preferring.name,
    });
  });
});

describe('what names a node far from the start', () => {
  const most = 12;
  /** Servers that work, and what must not come about of what they have done. */
  const working = (isBad: (done: readonly number[]) => boolean) => {
    const each = perNode(server, int(0, most));
    const own = defineSchema({ protocol: { done: each }, ghost: {}, budget: {} });
    const work = actionsOf(
      own,
      {},
    )({
      ...actionText('work'),
      params,
      enabled: ({ protocol }, { server: one }) => protocol.done.get(one) < most,
      step: ({ protocol }, { server: one }) => protocol.done.set(one, protocol.done.get(one) + 1),
    });
    const model = defineModel({
      ...toyModel,
      name: 'work',
      schema: own,
      initialStates: [() => undefined],
      actions: [work],
    });
    const property = propertiesOf(own).invariant({
      name: 'not-so',
      statement: 'it is not so',
      holds: ({ protocol }) => !isBad(server.all.map(one => protocol.done.get(one))),
    });
    return exploreExhaustively(model, [property], { symmetry: true });
  };

  test.each([0, 1, 2])('is violated, and told with the steps of that node: %d', async which => {
    const result = await working(done =>
      done.every((times, one) => times === (one === which ? most : 0)),
    );
    expect(result).toMatchObject({
      verdict: 'violated',
      symmetry: false,
      asymmetry: { kind: 'property', name: 'not-so' },
    });
    const actors = new Set(result.violations[0]?.steps.map(({ actor }) => actor));
    expect([...actors]).toEqual([`server-${which + 1}`]);
    expect(result.violations[0]?.steps).toHaveLength(most);
  });

  // Of the six renamings of a state one breaks it: two of them are no exchange of two nodes away.
  test.each(permutationsOf([0, 3, 7]))('is violated in the order %d, %d, %d', async (...order) => {
    const result = await working(done => done.join() === order.join());
    expect(result).toMatchObject({ verdict: 'violated', symmetry: false });
    expect(result.violations[0]?.steps).toHaveLength(10);
  });
});

test('a search whose nodes are too many for all renamings says with how many it compared', async () => {
  const many = nodeType('server', 6);
  const own = defineSchema({ protocol: { ready: nodeSet(many) }, ghost: {}, budget: {} });
  const model = defineModel({
    ...toyModel,
    name: 'many',
    schema: own,
    initialStates: [() => undefined],
    actions: [
      actionsOf(
        own,
        {},
      )({
        ...actionText('becomeReady'),
        params: { server: anyNode(many) },
        enabled: ({ protocol }, { server: one }) => !protocol.ready.has(one),
        step: ({ protocol }, { server: one }) => protocol.ready.add(one),
      }),
    ],
  });
  const result = await exploreExhaustively(model, [], { symmetry: true });
  expect(result.distinctStates).toBe(7);
  expect(result.symmetryCheck).toMatchObject({ of: 720, unchecked: 0 });
  expect(result.symmetryCheck?.renamings).toBeGreaterThan(16);
});

describe('the models of this project treat nodes alike', () => {
  const few = <Scope>(scopes: readonly Scope[]): readonly Scope[] =>
    isLong ? scopes : scopes.filter((_, index) => index % 10 === 0);

  test.each(few(replicationScopes))('replication, $name', async ({ scope }) => {
    const { model, properties } = replicationIn(scope);
    expect(await asymmetryOf(model, properties)).toBeUndefined();
  });

  test.each(few(kraftScopes))('the quorum, $name', async ({ scope }) => {
    const { model, properties } = kraftIn(scope);
    expect(await asymmetryOf(model, properties)).toBeUndefined();
  });
});

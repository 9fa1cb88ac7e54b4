import { expect, test } from 'vitest';
import { StateTable } from '../../../checker/core/stateTable.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { MOST_TABLE_SLOTS } from '../../../checker/limits.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt } from '../../../checker/model/params.ts';
import { propertiesOf } from '../../../checker/model/propertiesOf.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

/** More than a table has slots at first, and than two bytes can count. */
const MANY = 70_000;

const schema = defineSchema({
  protocol: { high: int(0, MANY / 1000), low: int(0, 1000) },
  ghost: {},
  budget: {},
});
const pick = actionsOf(
  schema,
  {},
)({
  name: 'pick',
  kind: 'protocol',
  actor: 'someone',
  params: { n: anyInt(1, MANY) },
  enabled: ({ protocol }) => protocol.low + protocol.high === 0,
  step({ protocol }, { n }) {
    protocol.high = Math.floor(n / 1000);
    protocol.low = n % 1000;
  },
});
const model = defineModel({
  ...toyModel,
  name: 'wide',
  schema,
  initialStates: [() => undefined],
  actions: [pick],
});

test('a state with more successors than the first table has slots is expanded', async () => {
  const { distinctStates } = await exploreExhaustively(model, [], { maxSteps: 1 });
  expect(distinctStates).toBe(MANY + 1);
});

test('a step of which the number takes three bytes is told from others', async () => {
  const last = propertiesOf(schema).stepProperty({
    name: 'never-the-last',
    statement: 'the last number is not picked',
    holds: (_before, _after, { params }) => params['n'] !== MANY,
  });
  const { violations } = await exploreExhaustively(model, [last], { maxSteps: 1 });
  expect(violations[0]?.steps).toEqual([{ name: 'pick', actor: 'someone', params: { n: MANY } }]);
});

test('more initial states than the first table has slots are all there', async () => {
  const initialStates = Array.from({ length: MANY }, (_, n) => {
    return ({ protocol }: { protocol: { high: number; low: number } }): void => {
      protocol.high = Math.floor(n / 1000);
      protocol.low = n % 1000;
    };
  });
  const many = defineModel({ ...toyModel, name: 'many', schema, initialStates, actions: [pick] });
  const { distinctStates } = await exploreExhaustively(many, [], { maxSteps: 0 });
  expect(distinctStates).toBe(MANY);
});

test('a table grows as far as it may be counted, and not by half beyond that', () => {
  const slots = 500_000_000;
  // Only its length is asked for: the memory itself would be six gigabytes.
  const memory = { length: 3 * slots } as Int32Array;
  const table = new StateTable({ slots: memory, size: new Int32Array(1), room: 0 });
  expect(table.isLargest).toBe(false);
  expect(table.largerBytes).toBe(MOST_TABLE_SLOTS * 12);
});

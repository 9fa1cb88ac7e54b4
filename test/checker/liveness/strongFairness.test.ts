import { expect, test } from 'vitest';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { flag } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const schema = defineSchema({
  protocol: { inFlight: flag(), arrived: flag() },
  ghost: {},
  budget: {},
});

/** A sender that repeats its message over a channel that may lose it: the example of docs/liveness.md. */
function channel(fair: boolean | 'strong'): AnyModel {
  const action = actionsOf(schema, {});
  return defineModel({
    ...toyModel,
    name: 'channel',
    schema,
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'send',
        kind: 'protocol',
        actor: 'sender',
        params: {},
        enabled: ({ protocol }) => !protocol.inFlight && !protocol.arrived,
        step({ protocol }) {
          protocol.inFlight = true;
        },
      }),
      action({
        name: 'lose',
        kind: 'fault',
        actor: 'channel',
        params: {},
        enabled: ({ protocol }) => protocol.inFlight,
        step({ protocol }) {
          protocol.inFlight = false;
        },
      }),
      action({
        name: 'receive',
        kind: 'protocol',
        actor: 'receiver',
        params: {},
        fair,
        enabled: ({ protocol }) => protocol.inFlight,
        step({ protocol }) {
          protocol.inFlight = false;
          protocol.arrived = true;
        },
      }),
    ],
  });
}

const arrives = temporalOf(schema).eventually({
  name: 'arrives',
  statement: 'The message arrives.',
  goal: ({ protocol }) => protocol.arrived,
});

test('a message that is sent again and again arrives under strong fairness alone', async () => {
  const verdicts = await Promise.all(
    ([false, true, 'strong'] as const).map(
      async fair => (await exploreLiveness(channel(fair), [arrives])).verdict,
    ),
  );
  expect(verdicts).toEqual(['violated', 'violated', 'holds']);
  const settled = { seed: 1, runs: 20, maxSteps: 10, settleSteps: 20 };
  const { verdict } = await simulateLiveness(channel('strong'), [arrives], settled);
  expect(verdict).toBe('nothing found');
});

test('a loop that strong fairness forbids is fixed', async () => {
  const { violations } = await exploreLiveness(channel(true), [arrives]);
  const [violation] = violations;
  if (violation?.loop === undefined) return expect.fail('there is no loop');
  expect(violation.steps.map(({ name }) => name)).toEqual(['send', 'lose']);
  const explored = {
    engine: 'exhaustive',
    distinctStates: 3,
    generatedStates: 4,
    depth: 3,
    shortest: false,
  } as const;
  const trace = recordTrace(channel(true), { ...violation, property: arrives }, explored);
  expect(replay(channel(true), [arrives], trace)).toMatchObject({ word: 'reproduced' });
  expect(replay(channel('strong'), [arrives], trace)).toMatchObject({
    word: 'fixed',
    reason: 'it cannot go on so for ever: receive() would have to happen',
  });
});

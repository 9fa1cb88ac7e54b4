import { setup } from 'xstate';
import { compileLifecycle } from '../../../checker/model/compileLifecycle.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import type { Specification } from '../../../checker/model/specification.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { flag, int, lifecycle, links, perNode, record } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { invariant, sometimes, toyModel } from '../subjects/toys.ts';

const clerkMachine = setup({
  types: { events: {} as { type: 'doze' } | { type: 'wake' } },
}).createMachine({
  id: 'clerk',
  initial: 'awake',
  states: { awake: { on: { doze: 'asleep' } }, asleep: { on: { wake: 'awake' } } },
});
const clerkLifecycle = compileLifecycle(clerkMachine);

const clerk = nodeType('clerk', 3);
const schema = defineSchema({
  protocol: {
    clerks: perNode(clerk, record({ state: lifecycle(clerkLifecycle), best: int(0, 3) })),
    letters: links(clerk, record({ inFlight: flag(), stamp: int(0, 3) })),
  },
  ghost: {},
  budget: { stamps: int(0, 3), naps: int(0, 2), losses: int(0, 1) },
});
const action = actionsOf(schema, {});

/**
 * A post office: clerks draw stamps, `clerk-1` writes the best that it has to the others, and whoever
 * gets a letter with a better one keeps it. Clerks may doze off, and letters may be lost.
 */
function postOffice(): AnyModel {
  return defineModel({
    ...toyModel,
    name: 'post',
    schema,
    recorders: {},
    messages: ({ letters }) =>
      clerk.all.flatMap(from =>
        clerk.all
          .filter(to => to !== from && letters.get(from, to).inFlight)
          .map(to => ({
            name: 'letter',
            from: clerk.nameOf(from),
            to: clerk.nameOf(to),
            content: `stamp ${letters.get(from, to).stamp}`,
          })),
      ),
    initialStates: [
      ({ budget }) => {
        budget.stamps = 3;
        budget.naps = 2;
        budget.losses = 1;
      },
    ],
    actions: [
      action({
        name: 'draw',
        kind: 'client',
        actor: 'clerk',
        params: { clerk: anyNode(clerk) },
        phrase: '{clerk} draws a stamp',
        spends: 'stamps',
        enabled: () => true,
        step({ protocol }, { clerk: by }) {
          protocol.clerks.get(by).best++;
        },
      }),
      action({
        name: 'write',
        kind: 'protocol',
        actor: 'from',
        params: { from: anyNode(clerk), to: anyNode(clerk) },
        enabled({ protocol }, { from, to }) {
          if (clerk.nameOf(from) !== 'clerk-1' || from === to) return 'only clerk-1 writes';
          return !protocol.letters.get(from, to).inFlight || 'a letter is on its way';
        },
        step({ protocol }, { from, to }) {
          const letter = protocol.letters.get(from, to);
          letter.inFlight = true;
          letter.stamp = protocol.clerks.get(from).best;
        },
      }),
      action({
        name: 'read',
        kind: 'protocol',
        actor: 'to',
        params: { from: anyNode(clerk), to: anyNode(clerk) },
        enabled({ protocol }, { from, to }) {
          if (from === to || !protocol.letters.get(from, to).inFlight) return 'no letter';
          return protocol.clerks.get(to).state.state === 'awake' || 'the clerk is asleep';
        },
        step({ protocol }, { from, to }) {
          const { stamp } = protocol.letters.get(from, to);
          protocol.letters.clear(from, to);
          const reader = protocol.clerks.get(to);
          if (stamp > reader.best) reader.best = stamp;
        },
      }),
      action({
        name: 'lose',
        kind: 'fault',
        actor: 'rain',
        params: { from: anyNode(clerk), to: anyNode(clerk) },
        spends: 'losses',
        enabled: ({ protocol }, { from, to }) =>
          from !== to && protocol.letters.get(from, to).inFlight,
        step: ({ protocol }, { from, to }) => protocol.letters.clear(from, to),
      }),
      action({
        name: 'doze',
        kind: 'fault',
        actor: 'clerk',
        params: { clerk: anyNode(clerk) },
        spends: 'naps',
        enabled: ({ protocol }, { clerk: by }) => protocol.clerks.get(by).state.state === 'awake',
        step: ({ protocol }, { clerk: by }) => protocol.clerks.get(by).state.send('doze', {}, {}),
      }),
      action({
        name: 'wake',
        kind: 'recovery',
        actor: 'clerk',
        params: { clerk: anyNode(clerk) },
        enabled: ({ protocol }, { clerk: by }) => protocol.clerks.get(by).state.state === 'asleep',
        step: ({ protocol }, { clerk: by }) => protocol.clerks.get(by).state.send('wake', {}, {}),
      }),
    ],
  });
}

const third = clerk.all[2] as (typeof clerk.all)[number];
const second = clerk.all[1] as (typeof clerk.all)[number];
const first = clerk.all[0] as (typeof clerk.all)[number];

/** What may be asked of the post office. */
const postProperties: readonly AnyProperty[] = anyProperties([
  invariant(schema, 'third-is-poor', {
    holds: ({ protocol }) => protocol.clerks.get(third).best < 2 || 'clerk-3 has two stamps',
  }),
  invariant(schema, 'no-mail-for-sleepers', {
    when: ({ protocol }) => protocol.clerks.get(third).state.state === 'asleep',
    holds: ({ protocol }) => !protocol.letters.get(first, third).inFlight || 'clerk-3 has mail',
  }),
  invariant(schema, 'second-gets-no-mail', {
    holds: ({ protocol }) => !protocol.letters.get(first, second).inFlight || 'clerk-2 has mail',
  }),
  sometimes(
    schema,
    'third-learns',
    (before, after) =>
      before.protocol.clerks.get(third).best < after.protocol.clerks.get(third).best,
  ),
]);

export const postSpecification: Specification = {
  model: postOffice(),
  properties: postProperties,
};

/** A trace of the post office: steps as `write clerk-1 clerk-3`. */
export function postTrace(property: string, steps: readonly string[]): TraceFile {
  const claim = postProperties.find(({ name }) => name === property) as AnyProperty;
  const taken = steps.map(step => {
    const [name = '', one = '', two] = step.split(' ');
    const params = two === undefined ? { clerk: one } : { from: one, to: two };
    const actor = name === 'lose' ? 'rain' : name === 'read' ? (two as string) : one;
    return { name, actor, params };
  });
  const run = { property: claim, clause: 'it is so', initialState: 0, steps: taken };
  const counts = { distinctStates: 1, generatedStates: 1, depth: 1 };
  return recordTrace(postOffice(), run, { engine: 'script', ...counts, shortest: false });
}

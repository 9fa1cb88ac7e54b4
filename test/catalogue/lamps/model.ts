import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { counted } from '../../../checker/results/numbers.ts';
import { int, nodeSet } from '../../../checker/state/fields.ts';
import { type Node, nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { type MainJob, plannerFor } from '../../../models/description/mainJob.ts';
import type { BoundTable, SettingTable } from '../../../models/description/settings.ts';
import { invariant, sometimes } from '../../checker/subjects/toys.ts';

/* A model as a folder of `models/` has it: state, actions, a fault and a defect, words and main job. */

export interface LampConfig {
  readonly lamps: number;
  readonly wiring: 'series' | 'parallel';
}

export interface LampBounds {
  readonly failures: number;
}

export class LampConfigError extends Error {}

export const defaultConfig: LampConfig = { lamps: 2, wiring: 'parallel' };
export const quietScope: LampBounds = { failures: 0 };
export const smallScope: LampBounds = { failures: 1 };
export const largeScope: LampBounds = { failures: 3 };

export const settingWords: SettingTable<LampConfig> = {
  lamps: { meaning: 'lamps (1 to 4)', inWords: lamps => counted(lamps, 'lamp') },
  wiring: {
    meaning: 'series: one lamp that fails puts all out',
    inWords: wiring => `wired in ${wiring}`,
    choices: ['series', 'parallel'],
  },
};

export const boundWords: BoundTable<LampBounds> = {
  failures: { meaning: 'lamps that fail', one: 'failed lamp', several: 'failed lamps' },
};

const { covering, random } = plannerFor<LampConfig, LampBounds>(largeScope);

export const lampMainJob: MainJob = {
  title: 'Lamps in parallel',
  plans: [
    covering('one fails', { failures: 1 }),
    covering('in series', { failures: 1 }, { wiring: 'series' }),
    random('at random'),
  ],
};

export interface LampDefect {
  readonly name: string;
  readonly statement: string;
  readonly source: string;
  readonly caughtBy: string;
  readonly bounds?: Partial<LampBounds>;
}

export const lampDefects: readonly LampDefect[] = [
  {
    name: 'failed-lamp-switched-on',
    statement: 'A lamp that has failed can be switched on.',
    source: 'these tests',
    caughtBy: 'failed-lamps-are-dark',
    bounds: { failures: 1 },
  },
];

function schemaOf(lamps: number, failures: number) {
  const lamp = nodeType('lamp', lamps);
  const schema = defineSchema({
    protocol: { on: nodeSet(lamp), failed: nodeSet(lamp) },
    ghost: {},
    budget: { failures: int(0, failures) },
  });
  return { lamp, schema };
}

export function lampModel(
  config: LampConfig,
  bounds: LampBounds,
  defects: readonly LampDefect[],
): AnyModel {
  if (config.lamps < 1 || config.lamps > 4) throw new LampConfigError('lamps: expected 1 to 4');
  const { lamp, schema } = schemaOf(config.lamps, bounds.failures);
  const action = actionsOf(schema, {});
  const looks = defects.length === 0;
  const putOut = (on: { delete(one: Node<'lamp'>): void }, failed: Node<'lamp'>): void => {
    for (const one of config.wiring === 'series' ? lamp.all : [failed]) on.delete(one);
  };
  return defineModel({
    name: 'lamps',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(({ name }) => name),
    schema,
    recorders: {},
    initialStates: [({ budget }) => void Object.assign(budget, bounds)],
    actions: [
      action({
        name: 'switchOn',
        kind: 'client',
        actor: 'lamp',
        params: { lamp: anyNode(lamp) },
        enabled: ({ protocol }, { lamp: one }) =>
          !protocol.on.has(one) && !(looks && protocol.failed.has(one)),
        step: ({ protocol }, { lamp: one }) => protocol.on.add(one),
      }),
      action({
        name: 'fail',
        kind: 'fault',
        actor: 'lamp',
        params: { lamp: anyNode(lamp) },
        spends: 'failures',
        enabled: ({ protocol }, { lamp: one }) => !protocol.failed.has(one),
        step({ protocol }, { lamp: one }) {
          protocol.failed.add(one);
          putOut(protocol.on, one);
        },
      }),
    ],
  });
}

export function lampProperties(
  { lamps }: LampConfig,
  { failures }: LampBounds,
): readonly AnyProperty[] {
  const { lamp, schema } = schemaOf(lamps, failures);
  return anyProperties([
    invariant(schema, 'failed-lamps-are-dark', {
      holds: ({ protocol: { on, failed } }) =>
        !lamp.all.some(one => on.has(one) && failed.has(one)),
    }),
    sometimes(schema, 'a-lamp-burns', (_, { protocol }) => !protocol.on.isEmpty),
  ]);
}

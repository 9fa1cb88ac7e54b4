import { actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyOf } from '../../checker/model/params.ts';
import { enumeration, list } from '../../checker/state/fields.ts';
import { defineSchema } from '../../checker/state/schema.ts';

/** What a place in an abstract log reads as whose entry is not there any more. No action writes it. */
export const LOST = 'lost';

/**
 * A log that loses nothing: what is committed stands behind what was committed before, and stays there for ever.
 *
 * @param entries - What may be committed.
 * @param length - The most entries.
 */
export function committedLog(entries: readonly [string, ...string[]], length: number) {
  const entry = enumeration(LOST, ...entries);
  const schema = defineSchema({
    protocol: { log: list(entry, Math.max(1, length)) },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const model = defineModel({
    name: 'committed-log',
    version: 1,
    config: {},
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'commit',
        kind: 'protocol',
        actor: 'log',
        phrase: 'the log commits {entry}',
        params: { entry: anyOf(...entries) },
        enabled: ({ protocol: { log } }) => log.length < log.capacity || 'the log is full',
        step: ({ protocol: { log } }, { entry: next }) => void log.push(next),
      }),
    ],
  });
  return { model, schema };
}

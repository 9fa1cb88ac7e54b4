import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { enumeration, flag, nodeSet, perNode } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { invariant } from './toys.ts';

/**
 * Two-phase commit as in the TLA+ examples (specifications/transaction_commit/TwoPhase.tla): the
 * reference for the engine's counts, written with the public API.
 */
export function twoPhaseCommit(managers: number): AnyModel {
  const manager = nodeType('manager', managers);
  const schema = defineSchema({
    protocol: {
      resources: perNode(manager, enumeration('working', 'prepared', 'committed', 'aborted')),
      transaction: enumeration('init', 'committed', 'aborted'),
      prepared: nodeSet(manager),
      preparedMessages: nodeSet(manager),
      commitMessage: flag(),
      abortMessage: flag(),
    },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const params = { resource: anyNode(manager) };
  return defineModel({
    name: 'two-phase-commit',
    version: 1,
    config: { managers },
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'commit',
        kind: 'protocol',
        actor: 'transaction manager',
        params: {},
        enabled: ({ protocol }) =>
          protocol.transaction === 'init' && protocol.prepared.size === managers,
        step: ({ protocol }) => {
          protocol.transaction = 'committed';
          protocol.commitMessage = true;
        },
      }),
      action({
        name: 'abort',
        kind: 'protocol',
        actor: 'transaction manager',
        params: {},
        enabled: ({ protocol }) => protocol.transaction === 'init',
        step: ({ protocol }) => {
          protocol.transaction = 'aborted';
          protocol.abortMessage = true;
        },
      }),
      action({
        name: 'receivePrepared',
        kind: 'protocol',
        actor: 'transaction manager',
        params,
        enabled: ({ protocol }, { resource }) =>
          protocol.transaction === 'init' && protocol.preparedMessages.has(resource),
        step: ({ protocol }, { resource }) => protocol.prepared.add(resource),
      }),
      action({
        name: 'prepare',
        kind: 'protocol',
        actor: 'resource',
        params,
        enabled: ({ protocol }, { resource }) => protocol.resources.get(resource) === 'working',
        step: ({ protocol }, { resource }) => {
          protocol.resources.set(resource, 'prepared');
          protocol.preparedMessages.add(resource);
        },
      }),
      action({
        name: 'chooseToAbort',
        kind: 'protocol',
        actor: 'resource',
        params,
        enabled: ({ protocol }, { resource }) => protocol.resources.get(resource) === 'working',
        step: ({ protocol }, { resource }) => protocol.resources.set(resource, 'aborted'),
      }),
      action({
        name: 'receiveCommit',
        kind: 'protocol',
        actor: 'resource',
        params,
        enabled: ({ protocol }) => protocol.commitMessage,
        step: ({ protocol }, { resource }) => protocol.resources.set(resource, 'committed'),
      }),
      action({
        name: 'receiveAbort',
        kind: 'protocol',
        actor: 'resource',
        params,
        enabled: ({ protocol }) => protocol.abortMessage,
        step: ({ protocol }, { resource }) => protocol.resources.set(resource, 'aborted'),
      }),
    ],
  });
}

/** No resource has aborted while another has committed (TCConsistent in TCommit.tla). */
export function consistent(managers: number): readonly AnyProperty[] {
  const manager = nodeType('manager', managers);
  const seen = defineSchema({
    protocol: {
      resources: perNode(manager, enumeration('working', 'prepared', 'committed', 'aborted')),
    },
    ghost: {},
    budget: {},
  });
  const property = invariant(seen, 'consistent', {
    holds: ({ protocol }) => {
      const states = manager.all.map(each => protocol.resources.get(each));
      return !(states.includes('aborted') && states.includes('committed')) || states.join(', ');
    },
  });
  return anyProperties([property]);
}

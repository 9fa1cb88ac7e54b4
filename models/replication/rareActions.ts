import type { ReplicationBounds } from './config.ts';

type Bound = Extract<
  keyof ReplicationBounds,
  'elrEnablings' | 'unregistrations' | 'replacedReassignments' | 'uncleanSettingChanges'
>;

/** What operators do now and then, by the bound that lets it happen. */
const boundOf = new Map<string, Bound>([
  ['enableEligibleLeaderReplicas', 'elrEnablings'],
  ['unregister', 'unregistrations'],
  ['replaceReassignment', 'replacedReassignments'],
  ['changeUncleanSetting', 'uncleanSettingChanges'],
  ['electUncleanlyAsSet', 'uncleanSettingChanges'],
]);

/**
 * Whether an action is in the model of a scope. What is rare is left out where its bound is 0: there it cannot
 * happen, and random runs draw from fewer actions.
 */
export function isInModel(bounds: Pick<ReplicationBounds, Bound>, action: string): boolean {
  const bound = boundOf.get(action);
  return bound === undefined || bounds[bound] > 0;
}

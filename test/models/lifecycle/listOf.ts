import { transitionsOf } from '../../../checker/results/result.ts';
import type { LifecycleTable } from '../../../checker/state/lifecycleTable.ts';

/** Every transition with its effects, as `idle -lead-> leading: forgetRemoteReplicas, startEpoch`. */
export function listOf(table: LifecycleTable<string, string, string>): string[] {
  return transitionsOf(table).map(({ name, entry }) => {
    const effects = table.effects[entry] ?? [];
    const move = name.replace(`${table.name}: `, '');
    return effects.length === 0 ? move : `${move}: ${effects.join(', ')}`;
  });
}

import type { Shard } from '../../checker/random/walkArbitrary.ts';
import type { Scope } from './scope.ts';

/**
 * The scopes that a shard works on: the exhaustive ones are dealt out in turn, the random ones are in
 * every shard, each with its part of the runs.
 */
export function scopesOfShard<Each extends Pick<Scope, 'task'>>(
  scopes: readonly Each[],
  shard: Shard | undefined,
): Each[] {
  if (shard === undefined) return [...scopes];
  let exhaustive = 0;
  return scopes.filter(
    ({ task }) => task.engine.kind === 'simulate' || exhaustive++ % shard.count === shard.index,
  );
}

import { InvalidArgumentError } from 'commander';
import type { Shard } from '../../checker/random/walkArbitrary.ts';

const MOST_SHARDS = 1000;

/** Reads `2/4`: the second of four. */
export function shardOf(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new InvalidArgumentError('Expected <i>/<n>, for instance 2/4.');
  }
  if (count > MOST_SHARDS)
    throw new InvalidArgumentError(`Expected at most ${MOST_SHARDS} shards.`);
  return { index: index - 1, count };
}

/** The shard as it is given: `2/4`. */
export function shardText({ index, count }: Shard): string {
  return `${index + 1}/${count}`;
}

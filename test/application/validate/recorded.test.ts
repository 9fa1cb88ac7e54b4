import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ValidatedPart, validateLogs } from '../../../application/validate/validateLogs.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import { isLong } from '../../long.ts';
import { type Mutant, type Mutation, mutate } from './mutateDump.ts';

/*
 * Metadata logs of real clusters that went through failures: `highwater live failover-4.3.1-<n> --out <dir>` and the
 * stories, each trimmed to what is read of it.
 */
const folder = new URL('./recorded/', import.meta.url);
const recorded = readdirSync(folder).map(name => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));

function validated(text: string): ValidatedPart[] {
  const request = { models: [], kafka: undefined, mostStates: 10_000 };
  return validateLogs([{ path: 'dump', kind: 'dump', text }], request);
}

describe('a real failover', () => {
  test.each(recorded)('is explained: $name', ({ text }) => {
    const parts = validated(text);
    expect(parts.map(({ name, verdict, unexplained }) => ({ name, verdict, unexplained }))).toEqual(
      parts.map(({ name }) => ({ name, verdict: 'explained', unexplained: [] })),
    );
    expect(parts.reduce((sum, { constraints }) => sum + constraints.fields, 0)).toBeGreaterThan(30);
  });
});

/** So many logs, each with one event that is dropped, swapped or altered. */
function mutants(count: number): Mutant[] {
  const mutations: readonly Mutation[] = ['dropped', 'swapped', 'altered'];
  return Array.from({ length: count }, (_, index) => {
    const { text } = recorded[index % recorded.length] as (typeof recorded)[number];
    const mutation = mutations[Math.floor(index / recorded.length) % 3] as Mutation;
    return mutate(text, mutation, new RandomSource(index), false);
  }).filter(mutant => mutant !== undefined);
}

describe('a failover with one event dropped, swapped or altered', () => {
  test('is refused, nearly always', () => {
    const all = mutants(isLong ? 1000 : 3 * recorded.length);
    const refused = all.filter(({ text }) =>
      validated(text).some(({ verdict }) => verdict === 'unexplained'),
    );
    const rate = refused.length / all.length;
    if (isLong) process.stdout.write(`refused: ${refused.length} of ${all.length}\n`);
    expect(rate).toBeGreaterThanOrEqual(isLong ? 0.9 : 0.85);
    // Of two events that do not depend on each other Kafka could have written the other first: that is in order.
    const left = all.filter(mutant => !refused.includes(mutant));
    expect(left.filter(({ mutation }) => mutation === 'dropped')).toEqual([]);
    expect(left.filter(({ mutation }) => mutation === 'altered').length).toBeLessThanOrEqual(1);
  });
});

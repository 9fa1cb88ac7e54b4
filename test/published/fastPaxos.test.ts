import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { isLong } from '../long.ts';
import { fastPaxos } from './fastPaxos.ts';

/** specifications/SimplifiedFastPaxos/manifest.json of the TLA+ examples, at 32a32c7: of FastPaxos.cfg. */
const countedByTlc = { distinctStates: 25_617, generatedStates: 320_053, depth: 22 };

describe.runIf(isLong)('Fast Paxos as published', () => {
  test('has the states that TLC counts', async () => {
    const { model, properties } = fastPaxos();
    const result = await exploreExhaustively(model, properties, { symmetry: true });
    expect(result).toMatchObject({ ...countedByTlc, verdict: 'holds', symmetry: true });
  });

  test('decides twice if the coordinator does not count votes', async () => {
    const { model, properties } = fastPaxos(true);
    const { violations } = await exploreExhaustively(model, properties, { symmetry: true });
    expect(violations[0]).toMatchObject({ property: 'paxos-consistency' });
    expect(violations[0]?.steps.map(({ name }) => name)).toHaveLength(11);
  });
});

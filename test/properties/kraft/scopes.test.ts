import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { type KraftBounds, type KraftConfig, quietScope } from '../../../models/kraft/config.ts';
import { everyFew, isLong } from '../../long.ts';
import { kraftIn, type Scope } from '../../models/kraft/scope.ts';

/** What an exploration finds that must not be: violations, and claims that are never put to use. */
async function findingsIn(scope: Scope): Promise<string[]> {
  const { model, properties } = kraftIn(scope);
  const result = await exploreExhaustively(model, properties, { keepGoing: true, symmetry: true });
  return result.properties
    .filter(({ elsewhere }) => elsewhere !== true)
    .filter(({ verdict }) => ['violated', 'vacuous', 'unreached'].includes(verdict))
    .map(({ name, verdict }) => `${name}: ${verdict}`);
}

const rounds = { transport: 'rounds' } as const;
const old = { ...rounds, kafka: '3.9' } as const;
/** What the protocol rests on; see below. */
const hazards = ['quorumStateLosses', 'diskLosses'];
const bounds = Object.keys(quietScope).filter(name => !['epochs', ...hazards].includes(name));

/** A quorum between the two is in the long runs. */
const releases = isLong ? (['3.9', 'upgrading', '4.x'] as const) : (['3.9', '4.x'] as const);

describe.each(releases)('every claim holds and is used: %s', release => {
  test.each(isLong ? [1, 2, 3] : [1, 2])('where nothing happens, with %i voters', async voters => {
    const config = { ...rounds, release, voters };
    for (const epochs of [1, 2]) {
      expect([epochs, await findingsIn({ config, bounds: { epochs } })]).toEqual([epochs, []]);
    }
  });

  test.each(everyFew(bounds, 3))('with %s=1', async bound => {
    for (const voters of [1, 2]) {
      const config = { release, voters, dynamicVoters: bound === 'voterChanges' };
      const scope = { config, bounds: { [bound]: 1 } };
      expect([voters, await findingsIn(scope)]).toEqual([voters, []]);
    }
  });

  // With pre-votes these take long.
  const few = isLong || release === '3.9' ? everyFew(bounds, 3) : [];
  test.each(few)('with %s=1 and three voters', async bound => {
    const config = { ...rounds, release, dynamicVoters: bound === 'voterChanges' };
    const epochs = isLong ? 2 : 1;
    expect(await findingsIn({ config, bounds: { epochs, [bound]: 1 } })).toEqual([]);
  });
});

const joining = { ...rounds, observers: 1, bootstrapFetch: true, dynamicVoters: true } as const;

describe('every claim holds and is used', () => {
  const scopes: readonly (readonly [string, Partial<KraftConfig>, Partial<KraftBounds>])[] = [
    ['an observer joins', { ...joining, voters: 1 }, { voterChanges: 1, epochs: 2 }],
    ['an observer joins and another leaves', { ...joining, voters: 1 }, { voterChanges: 2 }],
    ['an observer asks to join', { ...joining, voters: 1, autoJoin: true }, { voterChanges: 2 }],
    ['an observer takes a snapshot', { ...joining, voters: 2 }, { snapshots: 1 }],
    [
      'a voter joins while a leader may crash',
      { ...joining, voters: 1, lateFlush: true, repairs: ['replacing-voters-not-read'] },
      { voterChanges: 1, crashes: 1, epochs: 2 },
    ],
    ['a leader flushes late and crashes', { ...old, lateFlush: true }, { crashes: 1, records: 1 }],
    [
      'a crash takes what a snapshot covers',
      { ...old, lateFlush: true },
      { crashes: 1, snapshots: 1 },
    ],
    ['two snapshots are taken', old, { snapshots: 2, records: 1 }],
    ['controllers apply late', { ...old, slowListeners: true }, { records: 1 }],
  ];
  test.each(everyFew(scopes, 4))('when %s', async (_, config, allowed) => {
    expect(await findingsIn({ config, bounds: allowed })).toEqual([]);
  });
});

describe('without what the protocol rests on', () => {
  test.each<[string, Partial<KraftBounds>]>([
    ['a quorum-state file', { quorumStateLosses: 1, crashes: 1 }],
    ['the disk of a static voter', { diskLosses: 1 }],
  ])('election safety is lost: %s', async (_, allowed) => {
    const findings = await findingsIn({ config: old, bounds: allowed });
    expect(findings).toContain('one-leader-per-epoch: violated');
    expect(findings).toContain('one-vote-per-epoch: violated');
  });
});

import { exploreExhaustively, nodeType } from 'highwater';
import { modelTest } from 'highwater/vitest';
import { expect, test } from 'vitest';
import { lock } from '../lock/lock.ts';
import { leaseService } from './leaseService.ts';

modelTest('a lock', lock(nodeType('client', 3)));
modelTest('a lease service with clocks that agree is a lock', leaseService());

test('a lease service whose clock is fast is none', async () => {
  const { model, properties } = leaseService({ drifts: 1 });
  const { violations } = await exploreExhaustively(model, properties, { symmetry: true });
  const [violation] = violations;
  expect(violation?.property).toBe('lease-is-a-lock');
  expect(violation?.steps.map(({ name }) => name)).toEqual([
    'grant',
    'learn',
    'expireEarly',
    'grant',
    'learn',
  ]);
  expect(violation?.clause).toMatch(
    /^no step of lock changes holders: \["client-\d"\] -> \["client-\d","client-\d"\]; tried acquire: somebody has the lock; release/,
  );
});

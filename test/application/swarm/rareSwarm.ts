import type { Swarm } from '../../../application/swarm/swarm.ts';

/** Two clients may hold the lock: runs of four steps seldom show it. */
export const rare: Swarm = {
  model: 'lock',
  request: { config: { checked: false }, bounds: { records: 0, expiries: 2 }, defects: [] },
  properties: ['held-by-few'],
  seeds: { first: 1, count: 12 },
  runs: 1,
  maxSteps: 4,
  keepGoing: false,
};

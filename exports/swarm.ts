/*
 * `highwater/swarm`: random runs on a fleet. The queue is loaded by the functions that need it: install `bullmq` and
 * `ioredis` beside this package.
 */

export { loadProject } from '../application/project/loadProject.ts';
export { type ModelSource, plainProject } from '../application/project/project.ts';
export type { SwarmResult, SwarmViolation } from '../application/swarm/conclude.ts';
export { Interrupted, type SeedProgress } from '../application/swarm/playSeeds.ts';
export type { QueuePlace } from '../application/swarm/queue/library.ts';
export {
  type QueueStatus,
  type ResultOptions,
  type SwarmStatus,
  swarmResult,
  swarmStatus,
} from '../application/swarm/queue/status.ts';
export {
  type SubmitOptions,
  type Submitted,
  submitSwarm,
} from '../application/swarm/queue/submit.ts';
export { type WorkOptions, workOnSwarms } from '../application/swarm/queue/work.ts';
export { runSwarm, type SwarmHooks } from '../application/swarm/runSwarm.ts';
export type { SeedRange, Swarm } from '../application/swarm/swarm.ts';
export type { Tally } from '../application/swarm/tally.ts';
export { InterruptFlag } from '../application/tasks/interrupt.ts';

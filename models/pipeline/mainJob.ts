import { column, type MainJob, plannerFor, type ScopePlan } from '../description/mainJob.ts';
import { largeScope, type PipelineBounds, type PipelineConfig } from './config.ts';

const { covering, random } = plannerFor<PipelineConfig, PipelineBounds>(largeScope, {
  repairs: ['all'],
});

const alone = { members: 1, brokers: 2 } as const;
const long = (plan: ScopePlan): ScopePlan => ({ ...plan, isLong: true });

/** Everything together at random, and completely where little happens. Known bugs are repaired. */
export const pipelineMainJob: MainJob = {
  title: 'A pipeline of two topics, with known mistakes repaired',
  isOfParts: true,
  // It takes a JoinGroup that is lost with its coordinator: one run in thousands.
  untaken: ['joinWithoutRebalance'],
  plans: [
    ...column('one process', [
      covering('a process dies', { outputs: 2, crashes: 1 }, alone),
      long(covering('a broker dies', { brokerCrashes: 1 }, alone)),
    ]),
    ...column('two processes', [
      long(covering('nothing fails', {}, { brokers: 2 })),
      random('at random', {}),
      {
        ...random('at random, failovers', {}),
        // So many that the offsets move while a transaction is open and the group rebalances.
        bounds: { ...largeScope, failovers: 4 },
      },
      random('at random, KIP-848', { protocol: 'consumer' }),
      {
        ...random('at random, version 1', { transactionVersion: '1' }),
        bounds: { ...largeScope, expiries: 1 },
      },
    ]),
  ],
};

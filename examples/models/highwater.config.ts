import { defineConfig, nodeType } from 'highwater';
import { boundedBuffer } from './boundedBuffer/boundedBuffer.ts';
import { leaseService } from './leaseService/leaseService.ts';
import { lock } from './lock/lock.ts';
import { outbox } from './outbox/outbox.ts';
import { paxos } from './paxos/paxos.ts';
import { raftElection } from './raftElection/raftElection.ts';
import { transactionCommit } from './transactionCommit/transactionCommit.ts';
import { twoPhaseCommit } from './twoPhaseCommit/twoPhaseCommit.ts';

export default defineConfig({
  models: [
    boundedBuffer({ producers: 2, consumers: 1, capacity: 1 }),
    lock(nodeType('client', 3)),
    leaseService({ drifts: 1 }),
    outbox(),
    raftElection({ crashes: 1 }),
    paxos({ values: 2, ballots: 2 }),
    transactionCommit(nodeType('manager', 3)),
    twoPhaseCommit({ managers: 3 }),
  ],
});

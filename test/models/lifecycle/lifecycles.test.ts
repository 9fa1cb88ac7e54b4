import { describe, expect, test } from 'vitest';
import { batchLifecycle, batchMachine } from '../../../models/lifecycle/batch.ts';
import { brokerLifecycle, brokerMachine } from '../../../models/lifecycle/broker.ts';
import { consumerLifecycle, consumerMachine } from '../../../models/lifecycle/consumer.ts';
import { positionLifecycle, positionMachine } from '../../../models/lifecycle/position.ts';
import { producerLifecycle, producerMachine } from '../../../models/lifecycle/producer.ts';
import {
  registrationLifecycle,
  registrationMachine,
} from '../../../models/lifecycle/registration.ts';
import { replicaLifecycle, replicaMachine } from '../../../models/lifecycle/replica.ts';
import { transactionLifecycle, transactionMachine } from '../../../models/lifecycle/transaction.ts';
import {
  transactionalProducerLifecycle,
  transactionalProducerMachine,
} from '../../../models/lifecycle/transactionalProducer.ts';
import { expectTableEqualsMachine } from '../../checker/model/lifecycleEquivalence.ts';
import { listOf } from './listOf.ts';

describe('the lifecycle of a broker', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(brokerMachine, brokerLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(brokerLifecycle)).toEqual([
      'notRunning -start-> starting: readCleanShutdownFile',
      'notRunning -loseDisk-> notRunning: loseDisk',
      'notRunning -losePower-> notRunning: loseUnflushedTail',
      'starting -loseDisk-> notRunning: loseMemory, loseDisk',
      'starting -losePower-> notRunning: loseMemory, loseUnflushedTail',
      'starting -catchUp-> recovery: loadLog',
      'starting -crash-> notRunning: loseMemory',
      'recovery -loseDisk-> notRunning: loseMemory, loseDisk',
      'recovery -losePower-> notRunning: loseMemory, loseUnflushedTail',
      'recovery -crash-> notRunning: loseMemory',
      'recovery -unfence-> running: openRequestProcessing',
      'running -loseDisk-> notRunning: loseMemory, loseDisk',
      'running -losePower-> notRunning: loseMemory, loseUnflushedTail',
      'running -crash-> notRunning: loseMemory',
      'running -beginControlledShutdown-> pendingControlledShutdown',
      'pendingControlledShutdown -loseDisk-> notRunning: loseMemory, loseDisk',
      'pendingControlledShutdown -losePower-> notRunning: loseMemory, loseUnflushedTail',
      'pendingControlledShutdown -crash-> notRunning: loseMemory',
      'pendingControlledShutdown -stop-> notRunning: flushAndCheckpoint, loseMemory',
    ]);
  });
});

describe("the lifecycle of a broker's registration", () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(registrationMachine, registrationLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(registrationLifecycle)).toEqual([
      'unregistered -register-> fenced: cleanUpPredecessor',
      'fenced -register-> fenced: cleanUpPredecessor',
      'fenced -unfence-> unfenced: electWhereLeaderless',
      'fenced -shutDown-> fenced',
      'fenced -unregister-> unregistered: giveUp',
      'unfenced -register-> fenced: cleanUpPredecessor',
      'unfenced -shutDown-> fenced: leavePartition',
      'unfenced -unregister-> unregistered: giveUp',
      'unfenced -fence-> fenced: leavePartition',
      'unfenced -beginControlledShutdown-> controlledShutdown: leavePartition',
      'controlledShutdown -register-> fenced: cleanUpPredecessor',
      'controlledShutdown -shutDown-> fenced: leavePartition',
      'controlledShutdown -unregister-> unregistered: giveUp',
      'controlledShutdown -fence-> fenced: leavePartition',
    ]);
  });
});

describe('the lifecycle of a replica', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(replicaMachine, replicaLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(replicaLifecycle)).toEqual([
      'offline -load-> idle',
      'absent -assign-> idle',
      'absent -stop-> offline',
      'idle -stop-> offline',
      'idle -lead-> leading: forgetRemoteReplicas, startEpoch',
      'idle -follow-> following: startFetching',
      'idle -truncate-> truncating',
      'idle -loseLeader-> idle',
      'idle -remove-> absent: deleteLog',
      'truncating -stop-> offline',
      'truncating -lead-> leading: forgetRemoteReplicas, startEpoch',
      'truncating -truncate-> truncating',
      'truncating -loseLeader-> idle',
      'truncating -remove-> absent: deleteLog',
      'truncating -agree-> following',
      'following -stop-> offline',
      'following -lead-> leading: forgetRemoteReplicas, startEpoch',
      'following -follow-> following: startFetching',
      'following -truncate-> truncating',
      'following -loseLeader-> idle',
      'following -remove-> absent: deleteLog',
      'leading -stop-> offline',
      'leading -lead-> leading: startEpoch',
      'leading -follow-> following: failWaitingProduce, startFetching',
      'leading -truncate-> truncating: failWaitingProduce',
      'leading -loseLeader-> idle: failWaitingProduce',
      'leading -remove-> absent: failWaitingProduce, deleteLog',
    ]);
  });
});

describe('the lifecycle of a producer', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(producerMachine, producerLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(producerLifecycle)).toEqual([
      'uninitialized -obtainId-> ready',
      'uninitialized -goWithoutId-> ready',
      'uninitialized -restart-> uninitialized: abandonBatches, forgetSequences',
      'ready -restart-> uninitialized: abandonBatches, forgetSequences',
      'ready -loseId-> uninitialized: forgetSequences',
    ]);
  });
});

describe('the lifecycle of a batch', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(batchMachine, batchLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(batchLifecycle)).toEqual([
      'queued -drain-> inFlight',
      'queued -fail-> failed',
      'queued -abandon-> abandoned',
      'inFlight -fail-> failed',
      'inFlight -abandon-> abandoned',
      'inFlight -requeue-> queued',
      'inFlight -succeed-> succeeded',
    ]);
  });
});

describe('the lifecycle of a consumer', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(consumerMachine, consumerLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(consumerLifecycle)).toEqual([
      'stopped -start-> running',
      'running -close-> stopped: commitPositions, loseMemory',
      'running -crash-> stopped: loseMemory',
    ]);
  });
});

describe('the lifecycle of a position', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(positionMachine, positionLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(positionLifecycle)).toEqual([
      'initializing -begin-> fetching',
      'initializing -validate-> awaitValidation',
      'initializing -lose-> awaitReset',
      'initializing -stop-> initializing',
      'awaitReset -stop-> initializing',
      'awaitReset -reset-> fetching',
      'awaitValidation -stop-> initializing',
      'awaitValidation -confirm-> fetching',
      'awaitValidation -fail-> failed',
      'fetching -validate-> awaitValidation',
      'fetching -lose-> awaitReset',
      'fetching -stop-> initializing',
      'fetching -fail-> failed',
      'failed -stop-> initializing',
    ]);
  });
});

describe('the lifecycle of a transaction', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(transactionMachine, transactionLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(transactionLifecycle)).toEqual([
      'dead -unload-> dead',
      'dead -initialize-> empty',
      'dead -loadOngoing-> ongoing',
      'dead -loadPrepareCommit-> prepareCommit',
      'dead -loadPrepareAbort-> prepareAbort',
      'dead -loadCompleteCommit-> completeCommit',
      'dead -loadCompleteAbort-> completeAbort',
      'empty -unload-> dead',
      'empty -initialize-> empty',
      'empty -add-> ongoing',
      'empty -prepareAbort-> prepareAbort',
      'ongoing -unload-> dead',
      'ongoing -add-> ongoing',
      'ongoing -prepareAbort-> prepareAbort',
      'ongoing -fence-> prepareEpochFence',
      'ongoing -prepareCommit-> prepareCommit',
      'prepareEpochFence -unload-> dead',
      'prepareEpochFence -prepareAbort-> prepareAbort',
      'prepareEpochFence -unfence-> ongoing',
      'prepareCommit -unload-> dead',
      'prepareCommit -complete-> completeCommit',
      'prepareAbort -unload-> dead',
      'prepareAbort -complete-> completeAbort',
      'completeCommit -unload-> dead',
      'completeCommit -initialize-> empty',
      'completeCommit -add-> ongoing',
      'completeCommit -prepareAbort-> prepareAbort',
      'completeAbort -unload-> dead',
      'completeAbort -initialize-> empty',
      'completeAbort -add-> ongoing',
      'completeAbort -prepareAbort-> prepareAbort',
    ]);
  });
});

describe('the lifecycle of a producer with transactions', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(transactionalProducerMachine, transactionalProducerLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(transactionalProducerLifecycle)).toEqual([
      'uninitialized -start-> initializing',
      'initializing -initialized-> ready',
      'initializing -fail-> fatalError',
      'initializing -crash-> uninitialized',
      'ready -crash-> uninitialized',
      'ready -begin-> inTransaction',
      'inTransaction -fail-> fatalError',
      'inTransaction -crash-> uninitialized',
      'inTransaction -commit-> committing',
      'inTransaction -abort-> aborting',
      'inTransaction -failAbortably-> abortableError',
      'committing -fail-> fatalError',
      'committing -crash-> uninitialized',
      'committing -failAbortably-> abortableError',
      'committing -ended-> ready',
      'aborting -fail-> fatalError',
      'aborting -crash-> uninitialized',
      'aborting -ended-> ready',
      'aborting -bump-> initializing',
      'abortableError -fail-> fatalError',
      'abortableError -crash-> uninitialized',
      'abortableError -abort-> aborting',
      'fatalError -crash-> uninitialized',
    ]);
  });
});

import type { PipelineDefect } from './defect.ts';

const large = { records: 2, outputs: 6 } as const;

/**
 * Rules of the parts that more than their part hangs on, each noticed by a property of the whole. That they are found
 * and recorded where they are smallest is for the models of the parts.
 */
export const pipelineDefects: readonly PipelineDefect[] = [
  {
    name: 'offsets-of-stranger-committed',
    statement: 'A process that its group has given up commits its output and its offset.',
    source: 'before KIP-447',
    caughtBy: 'offsets-come-from-members',
    bounds: { ...large, missedSessions: 1 },
    transactions: { fencesGenerations: false },
  },
  {
    name: 'pending-offsets-not-awaited',
    statement:
      'A member begins at an offset that a transaction of its predecessor is about to replace.',
    source: 'before KIP-447 (requireStable)',
    caughtBy: 'records-come-to-one-output',
    bounds: { ...large, crashes: 1, missedSessions: 1 },
    transactions: { fetchesStable: false },
  },
  {
    name: 'sent-again-and-appended',
    statement:
      'The leader of the topic appends again what its producer sends again, and the group processes both.',
    source: 'KIP-98',
    caughtBy: 'records-come-to-one-output',
    bounds: { ...large, disconnects: 1 },
    clients: { recognisesDuplicates: false, checksSequences: false },
  },
  {
    name: 'offset-before-its-transaction',
    statement:
      'The offset of a transaction counts before it is committed, and the transaction is aborted.',
    source: 'KIP-98',
    caughtBy: 'acknowledged-records-come-to-outputs',
    bounds: { ...large, aborts: 1, crashes: 1 },
    transactions: { offsetsWait: false, fetchesStable: false },
  },
];

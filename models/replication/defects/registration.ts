import type { ReplicationDefect } from '../rules.ts';

/** A broker that is back before its session ends keeps ISR and leadership, and has lost records. */
const unnoticedBounce: ReplicationDefect = {
  name: 'unnoticed-bounce',
  statement: 'A broker that restarts at once keeps its place in the ISR and its leadership.',
  source: 'KIP-380, KAFKA-1120, KAFKA-7235 (fixed in 2.2.0)',
  rules: { unfencedPredecessor: 'overlooked' },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { powerLosses: 1 },
};

/** A disk instead of one of several log directories: the model has one directory a broker. */
const failedDirectoryReplaced: ReplicationDefect = {
  name: 'failed-directory-replaced',
  statement:
    'A replica whose log directory has failed is created anew, empty, and is still in sync.',
  source: 'KAFKA-16234 (fixed in 3.7.1); KIP-858',
  releases: '3.7.0 (KRaft, several log directories)',
  rules: { unfencedPredecessor: 'overlooked' },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { diskLosses: 1 },
};

const answerOfEarlierRegistration: ReplicationDefect = {
  name: 'answer-of-earlier-registration',
  statement:
    'A broker takes the answer to the registration of its earlier incarnation for its own, and never registers.',
  source: 'KIP-631, incarnation id; Vanlightly/kafka-tlaplus, registration',
  rules: { registrationNamesIncarnation: false },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { lostMessages: 1, powerLosses: 1 },
};

/** No rule is broken: more copies are lost at once than the protocol promises to survive. */
const correlatedPowerLoss: ReplicationDefect = {
  name: 'correlated-power-loss',
  statement: 'As many brokers lose power as min.insync.replicas has, and nothing was flushed.',
  source: 'KIP-966 (promises one less); Kafka documentation, flush.messages',
  releases: '0.10 to 4.4',
  rules: {},
  caughtBy: 'acknowledged-records-survive',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { powerLosses: 2 },
};

export const registrationDefects: readonly ReplicationDefect[] = [
  unnoticedBounce,
  failedDirectoryReplaced,
  answerOfEarlierRegistration,
  correlatedPowerLoss,
];

import { fixed, uniform } from '../../../checker/timed/duration.ts';
import type { Moment, Schedule, Ticker, Timing } from '../../../checker/timed/schedule.ts';
import { timing } from '../../../checker/timed/schedule.ts';
import { quorumSchedule } from '../../kraft/timing/schedule.ts';
import { sendsHeartbeats } from '../../replication/actions/fencing.ts';
import { reachesController } from '../../replication/network.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ClusterContext } from '../context.ts';
import { quorumPart } from '../recorders.ts';
import type { ReadonlyProtocol } from '../schema.ts';
import { CHECKS_PER_SESSION, type ClusterTimers } from './timers.ts';

type Now = Moment<ReadonlyProtocol>;
type At = Timing<ReadonlyProtocol, never>;

/** A broker in controlled shutdown asks again after so many milliseconds (BrokerLifecycleManager). */
const ASKED_AGAIN = 50;
/** It stops without leave after so many (BrokerServer). */
const PATIENCE = 300_000;

/* Marks: when the controller has heard of a broker, and since when it looks for sessions that are over. */
const heard = (broker: Broker): string => `heard ${broker}`;
const checks = 'checks';

/** What is scheduled on request only. */
export interface Unscheduled {
  /** Whether a broker that stands still goes on after `pauseLength`; for good it stands still otherwise. */
  readonly resumes?: boolean;
}

/**
 * When a cluster does what it does by itself: its quorum by the timers of that, and beside it the sessions of brokers
 * with the controller, its decisions, what brokers replay, and fetches.
 *
 * A heartbeat that arrives changes nothing in the model: it is a ticker. A controller that becomes active gives every
 * broker a whole session from then on, and looks for those that are over eight times in the length of one.
 *
 * Left out: how long the controller has other things to do; the order of brokers whose sessions end together.
 *
 * Source: BrokerHeartbeatManager, BrokerHeartbeatTracker, ClusterControlManager.activate,
 * QuorumController (maybeFenceStaleBroker), BrokerLifecycleManager; KIP-631.
 */
export function clusterSchedule(
  context: ClusterContext,
  timers: ClusterTimers,
  { resumes = false }: Unscheduled = {},
): Schedule<ReadonlyProtocol> {
  const quorum = liftedQuorum(context, timers);
  const { latency, pauseLength } = timers;
  const atOnce: At = timing({ due: (now: Now) => now.now });
  const onItsWay: At = timing({ due: (now: Now) => now.now + now.draw('latency', latency) });
  const asked: At = timing({
    due: (now: Now) => written(now, now.now + now.draw('latency', latency), timers),
  });
  return {
    actions: {
      ...quorum.actions,
      applyCommitted: atOnce,
      replayMetadata: timing({
        due: (now: Now, { records }: { readonly records: number }) =>
          records === 1 ? now.now : undefined,
      }),
      applyConfiguration: atOnce,
      fence: fencing(timers),
      unfence: asked,
      register: asked,
      receiveRegistrationAnswer: onItsWay,
      openForRequests: onItsWay,
      handleAlterPartition: asked,
      receiveAlterPartitionAnswer: onItsWay,
      enterControlledShutdown: asked,
      stopCleanly: stopping(timers),
      fetch: onItsWay,
      receiveFetchResponse: onItsWay,
      ...(resumes
        ? { resume: timing({ due: (now: Now) => now.now + now.draw('pause', pauseLength) }) }
        : {}),
    },
    tickers: [
      ...quorum.tickers,
      ...context.hosts.broker.all.map(broker => heartbeat(broker, timers)),
    ],
    observe(before, now, taken) {
      quorum.observe?.(before, now, taken);
      // Heartbeats that were due meanwhile are sent at once.
      for (const broker of context.hosts.broker.all) {
        const { brokers } = before.partition;
        if (brokers.get(broker).paused && !now.protocol.partition.brokers.get(broker).paused)
          sendHeartbeat(now, broker, timers);
      }
      const { controller } = now.protocol;
      if (controller === undefined || controller === before.controller) return;
      now.mark(checks);
      for (const broker of context.hosts.broker.all) now.mark(heard(broker));
    },
  };
}

/** When a decision that is taken then is in the log of the leader, to be fetched. */
function written(now: Now, decided: number, { appendLinger, flush }: ClusterTimers): number {
  return decided + appendLinger + now.draw('flush', flush);
}

/** With leave at the next heartbeat, which is soon after the one before; without it after five minutes. */
function stopping(timers: ClusterTimers): At {
  return timing<ReadonlyProtocol, { readonly leave: 'granted' | 'notGranted' }>({
    due: (now, { leave }) =>
      leave === 'granted' ? written(now, now.now + ASKED_AGAIN, timers) : now.now + PATIENCE,
  });
}

function fencing(timers: ClusterTimers): At {
  const { sessionTimeout } = timers;
  const every = sessionTimeout / CHECKS_PER_SESSION;
  return timing<ReadonlyProtocol, { readonly broker: Broker }>({
    marks: ({ broker }) => [heard(broker)],
    due(now, { broker }) {
      const since = now.markOf(checks) ?? now.now;
      const over = (now.markOf(heard(broker)) ?? now.now) + sessionTimeout;
      // A session that ends just when somebody looks is over: looking takes time, too.
      const looks = Math.ceil((Math.max(over, now.now) - since) / every - 1e-6);
      const looked = since + looks * every;
      return written(now, looked, timers);
    },
  });
}

function heartbeat(broker: Broker, timers: ClusterTimers): Ticker<ReadonlyProtocol> {
  const { heartbeatInterval } = timers;
  return {
    name: `heartbeat ${broker}`,
    first: uniform(0, heartbeatInterval),
    every: fixed(heartbeatInterval),
    tick: now => sendHeartbeat(now, broker, timers),
  };
}

function sendHeartbeat(now: Now, broker: Broker, { latency }: ClusterTimers): void {
  const { partition } = now.protocol;
  if (!sendsHeartbeats(partition, broker) || !reachesController(partition, broker)) return;
  now.mark(heard(broker), now.now + now.draw('latency', latency));
}

/** The schedule of the quorum as one of the cluster. */
function liftedQuorum(
  { quorum: context }: ClusterContext,
  timers: ClusterTimers,
): Schedule<ReadonlyProtocol> {
  const { actions, tickers, observe } = quorumSchedule(context, timers);
  const own = (now: Now) => momentOf(now);
  const lifted = Object.entries(actions).map(([name, { due, marks }]): [string, At] => [
    quorumPart.nameOf(name),
    {
      due: (now, values) => due(own(now), values),
      ...(marks === undefined ? {} : { marks }),
    },
  ]);
  return {
    actions: Object.fromEntries(lifted),
    tickers: tickers.map(ticker => ({ ...ticker, tick: now => ticker.tick(own(now)) })),
    observe: (before, now, taken) => observe?.(before.quorum, own(now), taken),
  };
}

/** What the schedule of the quorum sees of a cluster. */
function momentOf(now: Now) {
  return {
    get now() {
      return now.now;
    },
    get protocol() {
      return now.protocol.quorum;
    },
    draw: now.draw,
    markOf: now.markOf,
    mark: now.mark,
  };
}

import { fixed, uniform } from '../../../checker/timed/duration.ts';
import {
  type Moment,
  type Schedule,
  type Ticker,
  type Timing,
  timing,
} from '../../../checker/timed/schedule.ts';
import { isResponsive } from '../../replication/metadata.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ZooKeeperContext } from '../context.ts';
import type { ReadonlyProtocol } from '../schema.ts';
import { grantedSession, pingInterval, type ZooKeeperTimers } from './timers.ts';

type Now = Moment<ReadonlyProtocol>;
type At = Timing<ReadonlyProtocol, never>;

/** So many times a broker that wants to stop asks before it stops without leave (`controlled.shutdown.max.retries`). */
const SHUTDOWN_TRIES = 3;
/**
 * What a controller that was elected asks ZooKeeper one after the other where there is one topic: notifications, who is
 * alive, topics, replicas, states, topics to delete, reassignments.
 * Source: KafkaController.onControllerFailover, initializeControllerContext.
 */
const READS_OF_NEW_CONTROLLER = 7;

/* A mark: when the ensemble has heard of the session of a broker. */
const heard = (broker: Broker): string => `heard ${broker}`;

/**
 * When brokers with ZooKeeper do what they do by themselves: sessions end by the clock of the ensemble, a watch tells
 * of it, and whoever is controller reads, writes and tells.
 *
 * A session ends at the first multiple of `tickTime` after its timeout has passed since the ensemble heard of it. Pings
 * change nothing in the model: they are a ticker.
 *
 * Left out: elections of the ensemble, and that a server which does not lead it tells of the pings it got only every
 * half tick; what takes the longer the more partitions there are; retries over a connection that hangs; ISR that
 * leaders write, which wait 5 to 60 seconds until the controller is told (before 2.7).
 *
 * Source: ZooKeeper's ClientCnxn, SessionTrackerImpl, ExpiryQueue; KafkaController, ControllerChannelManager,
 * KafkaServer.controlledShutdown.
 */
export function zooKeeperSchedule(
  context: ZooKeeperContext,
  timers: ZooKeeperTimers,
): Schedule<ReadonlyProtocol> {
  const after = (length: (now: Now) => number): At =>
    timing({ due: (now: Now) => now.now + length(now) });
  const { read, write, oneWay } = lengthsOf(timers);
  return {
    actions: {
      expireOrphan: expiry(timers),
      registerBroker: after(write),
      reopenSession: after(read),
      electController: after(now => oneWay(now) + write(now)),
      readState: after(now => sum(READS_OF_NEW_CONTROLLER, () => read(now))),
      startController: after(write),
      handleBrokerChange: after(now => oneWay(now) + read(now) + write(now)),
      handleIsrChange: after(now => oneWay(now) + read(now)),
      handleAlterPartition: after(now => oneWay(now) + write(now)),
      receiveAlterPartitionAnswer: after(oneWay),
      resendAlterPartition: after(oneWay),
      letLeave: after(now => oneWay(now) + write(now)),
      stopCleanly: stopping(timers),
      deliver: after(oneWay),
      dropLate: after(oneWay),
      fetch: after(oneWay),
      receiveFetchResponse: after(oneWay),
      queryEpochEnd: after(oneWay),
    },
    tickers: context.broker.all.map(broker => ping(broker, timers)),
  };
}

/** How long it takes to ask ZooKeeper, to have it write, and to send something. */
function lengthsOf({ latency, flush }: ZooKeeperTimers) {
  const oneWay = (now: Now): number => now.draw('latency', latency);
  const read = (now: Now): number => oneWay(now) + oneWay(now);
  // The server that is asked asks its leader, which waits for a majority that has it on disk.
  const write = (now: Now): number => sum(6, () => oneWay(now)) + now.draw('flush', flush);
  return { oneWay, read, write };
}

function sum(count: number, length: () => number): number {
  let all = 0;
  for (let left = count; left > 0; left--) all += length();
  return all;
}

function expiry(timers: ZooKeeperTimers): At {
  const session = grantedSession(timers);
  const { tickTime } = timers;
  return timing<ReadonlyProtocol, { readonly broker: Broker }>({
    marks: ({ broker }) => [heard(broker)],
    due(now, { broker }) {
      const over = (now.markOf(heard(broker)) ?? 0) + session;
      return (Math.floor(over / tickTime) + 1) * tickTime;
    },
  });
}

/** With leave as soon as it has heard so; without it when it has asked three times. */
function stopping({ latency, shutdownBackoff }: ZooKeeperTimers): At {
  return timing<ReadonlyProtocol, { readonly leave: 'granted' | 'notGranted' }>({
    due: (now, { leave }) =>
      now.now +
      (leave === 'granted' ? now.draw('latency', latency) : SHUTDOWN_TRIES * shutdownBackoff),
  });
}

function ping(broker: Broker, timers: ZooKeeperTimers): Ticker<ReadonlyProtocol> {
  const interval = pingInterval(timers);
  return {
    name: `ping ${broker}`,
    first: uniform(0, interval),
    every: fixed(interval),
    tick(now) {
      const { sessions, partition } = now.protocol;
      if (!isResponsive(partition, broker) || sessions.get(broker).state.state !== 'open') return;
      now.mark(heard(broker), now.now + now.draw('latency', timers.latency));
    },
  };
}

import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { type BrokerChange, brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { partitionsIn } from '../partitionScope.ts';

/**
 * losePower: a broker's machine loses power (or its kernel crashes).
 *
 * Who: the environment. Limited by `powerLosses`. Changes: as a process crash, and the log keeps
 * only its first `kept` records. Kafka does not flush on append by default, so any tail that has
 * not been flushed may be lost; with `flush.messages=1` none is, and the fault does not exist apart
 * from a crash. Of several partitions each log is cut there.
 *
 * Left out: records flushed at a segment roll (the log is one segment); logs of several partitions
 * that are cut at different offsets.
 *
 * Source: UnifiedLog.flush, LogLoader; `log.flush.interval.messages`.
 */
export function losePower(context: ReplicationContext): AnyAction {
  const { logLength } = context.limits;
  return context.action({
    name: 'losePower',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} loses power; its log keeps offsets below {kept}',
    params: { broker: anyNode(context.broker), kept: anyInt(0, logLength) },
    spends: 'powerLosses',
    weight: 0.1,
    enabled({ protocol }, { broker, kept }) {
      if (context.config.flushEveryRecord) return 'every record is flushed';
      if (protocol.brokers.get(broker).process.state === 'notRunning') {
        return 'the broker is down already';
      }
      const replicas = partitionsIn(context, protocol).map(each => each.replicas.get(broker));
      if (replicas.every(({ flushedOffset }) => kept < flushedOffset)) {
        return 'these records are flushed';
      }
      const loses = replicas.some(
        ({ flushedOffset, log }) => flushedOffset <= kept && kept < log.length,
      );
      return loses || 'no record is lost';
    },
    step({ protocol }, { broker, kept }) {
      losePowerOf({ context, protocol, broker, keptOf: () => kept });
    },
  });
}

/** A broker's machine loses power. */
export function losePowerOf(change: BrokerChange): void {
  change.protocol.brokers.get(change.broker).process.send('losePower', brokerEffects, change);
}

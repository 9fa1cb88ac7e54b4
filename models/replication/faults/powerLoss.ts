import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';

/**
 * losePower: a broker's machine loses power (or its kernel crashes).
 *
 * Who: the environment. Limited by `powerLosses`. Changes: as a process crash, and the log keeps
 * only its first `kept` records. Kafka does not flush on append by default, so any tail that has
 * not been flushed may be lost; with `flush.messages=1` none is, and the fault does not exist apart
 * from a crash.
 *
 * Left out: records flushed at a segment roll (the log is one segment).
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
      const { process, log, flushedOffset } = protocol.brokers.get(broker);
      if (process.state === 'notRunning') return 'the broker is down already';
      if (kept < flushedOffset) return 'these records are flushed';
      return kept < log.length || 'no record is lost';
    },
    step({ protocol }, { broker, kept }) {
      const { process } = protocol.brokers.get(broker);
      process.send('losePower', brokerEffects, { context, protocol, broker, kept });
    },
  });
}

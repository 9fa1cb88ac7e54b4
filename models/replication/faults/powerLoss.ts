import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { type BrokerChange, brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { endAfterPowerLoss, losesRecord } from '../disk.ts';
import { partitionsIn } from '../partitionScope.ts';

/**
 * losePower: a broker's machine loses power (or its kernel crashes), while its process runs or after it
 * has stopped: what it has written is in the page cache, and on disk what it has flushed.
 *
 * Who: the environment. Limited by `powerLosses`. Changes: a process that runs ends as in a crash, and the log
 * keeps only its first `kept` records. After a crash or another power loss it is not looked at once more: nobody
 * reads the log of a process that is gone, so the same was lost when it went. Kafka does not flush on append by
 * default, so any tail that has not been flushed may be lost; with `flush.messages=1` none is, and the fault does
 * not exist apart from a crash. Of several partitions each log is cut there.
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
      const { process, cleanShutdownFile } = protocol.brokers.get(broker);
      if (process.state === 'notRunning' && cleanShutdownFile === undefined) {
        return 'it might as well have lost power when its process died';
      }
      const replicas = partitionsIn(context, protocol).map(each => each.replicas.get(broker));
      if (replicas.some(each => losesRecord(each, kept))) return true;
      const isFlushed = replicas.every(each => endAfterPowerLoss(each, kept) > kept);
      return isFlushed ? 'these records are flushed' : 'no record is lost';
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

import { crash as crashNode, restart as restartNode } from '../faults/kraft/crash.ts';
import { replaceDisk as replaceNodeDisk } from '../faults/kraft/diskLoss.ts';
import { cutLink as cutNodes, healNetwork as healNodes } from '../faults/kraft/network.ts';
import { replaceDisk as replaceBrokerDisk } from '../faults/replication/diskLoss.ts';
import {
  cutLink as cutBrokers,
  healNetwork as healBrokers,
} from '../faults/replication/networkPartition.ts';
import { losePower } from '../faults/replication/powerLoss.ts';
import { crash as crashBroker } from '../faults/replication/processCrash.ts';
import { restart as restartBroker } from '../faults/replication/restart.ts';
import { append } from '../kraft/actions/log.ts';
import type { KraftContext } from '../kraft/context.ts';
import { stopCleanly } from '../replication/actions/controlledShutdown.ts';
import type { ReplicationContext } from '../replication/context.ts';

/** The actions of the parts of which actions of the cluster are made. */
export function partActionsOf(quorum: KraftContext, partition: ReplicationContext) {
  return {
    node: {
      append: append(quorum),
      crash: crashNode(quorum),
      restart: restartNode(quorum),
      replaceDisk: replaceNodeDisk(quorum),
      cutLink: cutNodes(quorum),
      healNetwork: healNodes(quorum),
    },
    broker: {
      stop: stopCleanly(partition),
      crash: crashBroker(partition),
      losePower: losePower(partition),
      restart: restartBroker(partition),
      replaceDisk: replaceBrokerDisk(partition),
      cutLink: cutBrokers(partition),
      healNetwork: healBrokers(partition),
    },
  };
}

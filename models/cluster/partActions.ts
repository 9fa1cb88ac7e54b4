import { append } from '../kraft/actions/log.ts';
import type { KraftContext } from '../kraft/context.ts';
import { crash as crashNode, restart as restartNode } from '../kraft/faults/crash.ts';
import { replaceDisk as replaceNodeDisk } from '../kraft/faults/diskLoss.ts';
import { cutLink as cutNodes, healNetwork as healNodes } from '../kraft/faults/network.ts';
import { stopCleanly } from '../replication/actions/controlledShutdown.ts';
import type { ReplicationContext } from '../replication/context.ts';
import { replaceDisk as replaceBrokerDisk } from '../replication/faults/diskLoss.ts';
import {
  cutLink as cutBrokers,
  healNetwork as healBrokers,
} from '../replication/faults/networkPartition.ts';
import { crash as crashBroker } from '../replication/faults/processCrash.ts';
import { restart as restartBroker } from '../replication/faults/restart.ts';

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
      restart: restartBroker(partition),
      replaceDisk: replaceBrokerDisk(partition),
      cutLink: cutBrokers(partition),
      healNetwork: healBrokers(partition),
    },
  };
}
